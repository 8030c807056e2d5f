"""What those who watch are told: LlamaIndex's events for each stage, and one log line for each question."""

import json
import logging
from collections.abc import Generator
from typing import Any

from llama_index.core.instrumentation.events import BaseEvent
from llama_index.core.instrumentation.events.query import QueryEndEvent, QueryStartEvent
from llama_index.core.instrumentation.events.synthesis import SynthesizeEndEvent, SynthesizeStartEvent
from llama_index_instrumentation import get_dispatcher

from index_store.errors import ArticleQAError
from qa.answer import Answer, Statement
from qa.request import Request

_dispatcher = get_dispatcher(__name__)
_log = logging.getLogger(__name__)


class StatementCheckedEvent(BaseEvent):
    """A statement that a model wrote was checked against the passages it cites."""

    text: str
    citations: tuple[int, ...]
    problems: tuple[str, ...]  # each a sentence; none: it is verified
    support: float | None

    @classmethod
    def class_name(cls) -> str:
        """What handlers know it by."""
        return "StatementCheckedEvent"


def checked(statement: Statement) -> None:
    """Tells of a checked statement."""
    problems = tuple(map(str, statement.problems))
    _dispatcher.event(
        StatementCheckedEvent(
            text=statement.text, citations=statement.citations, problems=problems, support=statement.support
        )
    )


def watched_query(asked: Request, steps: Generator[Statement, None, Answer]) -> Generator[Statement, None, Answer]:
    """The same steps, told as the query that LlamaIndex's own engine tells where it is not streamed."""
    _dispatcher.event(QueryStartEvent(query=asked.question))
    answer = yield from watched(asked, steps)
    _dispatcher.event(QueryEndEvent(query=asked.question, response=answer))
    return answer


def watched(asked: Request, steps: Generator[Statement, None, Answer]) -> Generator[Statement, None, Answer]:
    """The same steps; their beginning and end are told, and one line of the outcome is logged."""
    _dispatcher.event(SynthesizeStartEvent(query=asked.question))
    try:
        answer = yield from steps
    except ArticleQAError as error:
        _log.info("%s", json.dumps({"event": "question", "error": type(error).__name__} | _question(asked)))
        raise
    except GeneratorExit:
        _log.info("%s", json.dumps({"event": "question", "abandoned": True} | _question(asked)))
        raise
    _dispatcher.event(SynthesizeEndEvent(query=asked.question, response=answer))
    _log.info("%s", json.dumps(_outcome(answer) | _question(asked)))
    return answer


def _question(asked: Request) -> dict[str, str]:
    """What was asked, where the log shows everything: a question can be as secret as a source."""
    return {"question": asked.question} if _log.isEnabledFor(logging.DEBUG) else {}


def _outcome(answer: Answer) -> dict[str, Any]:
    return {
        "event": "question",
        "mode": answer.mode,
        "refused": answer.refused,
        "incomplete": answer.incomplete,
        "fell_back": answer.mode == "extractive" and answer.usage.requests > 0,
        "statements": len(answer.statements),
        "unverified": sum(bool(statement.problems) for statement in answer.statements),
        "citations": len(answer.citations),
        "passages": len(answer.retrieved),
        "requests": answer.usage.requests,
        "prompt_tokens": answer.usage.prompt_tokens,
        "completion_tokens": answer.usage.completion_tokens,
        "timings_ms": {stage: round(value, 1) for stage, value in answer.timings_ms.items()},
    }
