"""What those who watch an engine are told, and what never leaves it."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events import BaseEvent
from llama_index.core.instrumentation.events.query import QueryEndEvent, QueryStartEvent
from llama_index.core.instrumentation.events.retrieval import RetrievalEndEvent, RetrievalStartEvent
from llama_index.core.instrumentation.events.synthesis import SynthesizeEndEvent, SynthesizeStartEvent
from llama_index_instrumentation import get_dispatcher

from qa.answer import Answer
from qa.instrumentation import StatementCheckedEvent
from tests.qa.conftest import REPORT
from tests.qa.generative.conftest import QUESTION, Writes
from tests.qa.generative.test_generative_answers import CLOSED, citing
from tests.scripted_server import error


class Watcher(BaseEventHandler):
    """Keeps the events that it is told, as Phoenix or Langfuse would."""

    seen: list[BaseEvent] = []  # noqa: RUF012 - a pydantic field, copied per instance

    @classmethod
    def class_name(cls) -> str:
        return "Watcher"

    def handle(self, event: BaseEvent, **_: Any) -> None:
        self.seen.append(event)


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    handler, root = Watcher(), get_dispatcher()
    root.add_event_handler(handler)
    yield handler
    root.event_handlers.remove(handler)


def test_each_stage_is_told_as_llama_index_tells_it(watcher: Watcher, writes: Writes) -> None:
    writes(citing(f"{CLOSED} [{{n}}]. Olof Stenmark left [{{n}}].")).query()

    ours = (QueryStartEvent, RetrievalStartEvent, RetrievalEndEvent, SynthesizeStartEvent, SynthesizeEndEvent)
    kinds = [type(event) for event in watcher.seen if isinstance(event, (*ours, QueryEndEvent, StatementCheckedEvent))]
    assert kinds == [
        QueryStartEvent,
        SynthesizeStartEvent,
        RetrievalStartEvent,
        RetrievalEndEvent,
        StatementCheckedEvent,
        StatementCheckedEvent,
        SynthesizeEndEvent,
        QueryEndEvent,
    ]
    checked = [event for event in watcher.seen if isinstance(event, StatementCheckedEvent)]
    assert [bool(event.problems) for event in checked] == [False, True]
    ended = next(event for event in watcher.seen if isinstance(event, SynthesizeEndEvent))
    assert isinstance(ended.response, Answer)


def test_a_stream_is_told_as_a_query_too(watcher: Watcher, writes: Writes) -> None:
    writes(error(401)).stream().answer  # noqa: B018 - reading it is what is told

    kinds = [type(event) for event in watcher.seen]
    assert kinds[0] is QueryStartEvent
    assert kinds[-1] is QueryEndEvent


def test_a_question_is_one_log_line_without_its_words(writes: Writes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        writes(citing(f"{CLOSED} [{{n}}].")).query()

    lines = [record.getMessage() for record in caplog.records if record.name == "qa.instrumentation"]
    line = json.loads(lines[0])
    assert len(lines) == 1
    assert (line["mode"], line["statements"], line["unverified"], line["prompt_tokens"]) == ("generative", 1, 0, 7)
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert "Brask" not in logged
    assert REPORT.text[:40] not in logged


def test_a_failed_question_is_logged_with_the_kind_of_its_fault(
    writes: Writes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="qa.instrumentation"), pytest.raises(Exception, match="OPENAI_API_KEY"):
        writes(error(401)).query(mode="generative")

    line = json.loads(caplog.records[-1].getMessage())
    assert line == {"event": "question", "error": "UnansweredError", "question": QUESTION}
