"""What one browser tab remembers."""

from dataclasses import dataclass, field

import streamlit as st

from index_store.errors import ArticleQAError
from qa import reading
from qa.answer import Answer
from qa.citation import CitedSpan
from qa.errors import UnansweredError
from qa.stream import AnswerStream
from ui.holdings import Holdings

_KEY = "chat"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or an expected fault's one line with what was found until then."""

    question: str
    holdings: Holdings  # what was searched; the index may have grown since
    answer: Answer | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """A question whose answer is on its way."""

    question: str
    holdings: Holdings
    stream: AnswerStream


@dataclass(slots=True)
class ChatState:
    """The conversation, oldest turn first."""

    turns: list[Turn] = field(default_factory=list)
    coming: Coming | None = None

    def settle(self) -> None:
        """Keep what came of the question that was asked last; where it is still on its way, it ends where it is.

        A click while an answer comes begins another run beside the one that waits for it, and must find it here.
        """
        coming, self.coming = self.coming, None
        if coming is None:
            return
        coming.stream.stop()
        try:
            turn = Turn(coming.question, coming.holdings, coming.stream.answer)
        except UnansweredError as error:
            turn = Turn(coming.question, coming.holdings, error.answer, error=str(error))
        except ArticleQAError as error:
            turn = Turn(coming.question, coming.holdings, error=str(error))
        self.turns.append(turn)

    @property
    def history(self) -> tuple[reading.Turn, ...]:
        """What was asked with what was answered, oldest first: what a follow-up question leans on.

        A refusal answers nothing; a question that met a fault is left out.
        """
        answered = [(turn.question, turn.answer) for turn in self.turns if turn.answer and not turn.error]
        return tuple(
            reading.Turn(question, " ".join(statement.text for statement in answer.statements), _spans(answer))
            for question, answer in answered
        )

    def clear(self) -> None:
        """Forget the conversation."""
        self.turns.clear()


def _spans(answer: Answer) -> tuple[CitedSpan, ...]:
    return tuple(citation.span for citation in answer.citations)


def get_state() -> ChatState:
    """This tab's state, new in a new tab."""
    state = st.session_state.setdefault(_KEY, ChatState())
    if not isinstance(state, ChatState):
        raise TypeError(f"the session holds {type(state).__name__} where the chat belongs")
    return state
