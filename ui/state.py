"""What one browser tab remembers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

import streamlit as st

from index_store.errors import ArticleQAError
from qa import reading
from qa.answer import Answer
from qa.citation import CitedSpan
from qa.errors import UnansweredError
from qa.stream import AnswerStream
from ui.holdings import Holdings
from ui.limits import Limits
from ui.losses import Loss
from ui.rating import Rating

_KEY = "chat"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or an expected fault's one line with what was found until then."""

    question: str
    holdings: Holdings  # what was searched; the index may have grown since
    answer: Answer | None = None
    error: str = ""
    limits: Limits = field(default_factory=Limits)
    asked_at: datetime | None = None  # with its time zone; None where it is not known
    losses: tuple[Loss, ...] = ()  # citations that do not stand in the index any more as they were given
    rating: Rating | None = None
    instead: tuple[str, ...] = ()  # what may be asked in the place of a question that was refused

    @property
    def linked_question(self) -> str:
        """The question as a link asks it: so that it can be understood alone."""
        return (self.answer.understood if self.answer else "") or self.question

    @property
    def period(self) -> reading.Period | None:
        """The days that the question names, as they were read on the day of asking."""
        asked = self.limits.as_of or (self.asked_at.date() if self.asked_at else None)
        return reading.read_period(self.linked_question, asked) if asked else None

    @property
    def distance(self) -> str:
        """That the days the question names lie before or after all articles; empty where they do not."""
        if self.period is None or self.holdings.dates is None:
            return ""
        first, last = self.holdings.dates
        side = "before the first" if self.period.end < first else "after the last" if self.period.start > last else ""
        return f"“{self.period.words}” lies {side} article." if side else ""


@dataclass(frozen=True, slots=True)
class Coming:
    """A question whose answer is on its way."""

    question: str
    holdings: Holdings
    limits: Limits
    stream: AnswerStream
    asked_at: datetime = field(default_factory=lambda: datetime.now().astimezone())


@dataclass(slots=True)
class ChatState:
    """The conversation, oldest turn first."""

    turns: list[Turn] = field(default_factory=list)
    coming: Coming | None = None
    limits: Limits = field(default_factory=Limits)  # of the next question
    drawn: int = 0  # how many times the fields of the limits were drawn anew
    draft: str = ""  # to be put where the question is typed
    pending: str = ""  # to be asked as soon as the page is drawn
    notes: tuple[str, ...] = ()  # to be said once
    opened: bool = False  # whether the address was read
    conversation: str = field(default_factory=lambda: uuid4().hex)  # its id among those that are kept
    name: str = ""  # that its reader has given it
    kept: int = 0  # how many of the turns are kept as they are now

    def settle(self) -> None:
        """Keep what came of the question that was asked last; where it is still on its way, it ends where it is.

        A click while an answer comes begins another run beside the one that waits for it, and must find it here.
        """
        coming, self.coming = self.coming, None
        if coming is None:
            return
        coming.stream.stop()
        answer, fault = None, ""
        try:
            answer = coming.stream.answer
        except UnansweredError as error:
            answer, fault = error.answer, str(error)
        except ArticleQAError as error:
            fault = str(error)
        self.turns.append(Turn(coming.question, coming.holdings, answer, fault, coming.limits, coming.asked_at))

    @property
    def history(self) -> tuple[reading.Turn, ...]:
        """What was asked with what was answered, oldest first: what a follow-up question leans on.

        A refusal answers nothing; a question that met a fault is left out.
        """
        return self.history_before(len(self.turns))

    def history_before(self, number: int) -> tuple[reading.Turn, ...]:
        """The history as it was when that turn was asked."""
        answered = [(turn, turn.answer) for turn in self.turns[:number] if turn.answer and not turn.error]
        return tuple(
            reading.Turn(
                turn.question, " ".join(statement.text for statement in answer.statements), _spans(answer, turn.losses)
            )
            for turn, answer in answered
        )

    def limit(self, limits: Limits) -> None:
        """Set the limits from elsewhere than their fields, which are drawn anew: a closed one would restore its own."""
        self.limits = limits
        self.drawn += 1

    def suggest(self, questions: Sequence[str]) -> None:
        """Name what may be asked in the place of the last question."""
        self.turns[-1] = replace(self.turns[-1], instead=tuple(questions))

    def rate(self, number: int, rating: Rating | None) -> None:
        """Rate a turn, which is to be kept with it."""
        self.turns[number] = replace(self.turns[number], rating=rating)
        self.kept = min(self.kept, number)

    def told(self) -> tuple[str, ...]:
        """The notes, which are not said again."""
        told, self.notes = self.notes, ()
        return told

    def edit(self, turn: Turn) -> None:
        """Put a turn's question where it is typed, as it was understood and under the limits it was asked with."""
        self.draft = turn.linked_question
        self.limit(turn.limits)

    def take_draft(self) -> str:
        """What is to be put where the question is typed, once."""
        draft, self.draft = self.draft, ""
        return draft

    def take_pending(self) -> str:
        """What is to be asked without being typed, once."""
        pending, self.pending = self.pending, ""
        return pending

    def clear(self) -> None:
        """Begin another conversation, under the same limits."""
        self.resume(uuid4().hex, "", ())

    def resume(self, conversation: str, name: str, turns: Iterable[Turn]) -> None:
        """Go on with a conversation that was kept."""
        self.conversation, self.name = conversation, name
        self.turns = list(turns)
        self.kept = len(self.turns)


def _spans(answer: Answer, losses: tuple[Loss, ...]) -> tuple[CitedSpan, ...]:
    lost = {loss.span.number: loss.span for loss in losses}
    return tuple(lost.get(citation.number, citation.span) for citation in answer.citations)


def get_state() -> ChatState:
    """This tab's state, new in a new tab."""
    state = st.session_state.setdefault(_KEY, ChatState())
    if not isinstance(state, ChatState):
        raise TypeError(f"the session holds {type(state).__name__} where the chat belongs")
    return state
