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
_DRAWN = 10  # turns at least, and up to as many more: what is drawn moves on by so many at once, not at every question
_EARLIER = 20  # more of them each time they are asked for
_LEFT = "the page was closed or loaded anew before this was answered; ask again"


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
    instead: tuple[str, ...] | None = None  # what may be asked in the place of one that was refused; None: not sought

    @property
    def linked_question(self) -> str:
        """The question as a link asks it: so that it can be understood alone."""
        return (self.answer.understood if self.answer else "") or self.question

    @property
    def is_refused(self) -> bool:
        """Whether the articles were found not to say; one that was stopped was not."""
        return bool(self.answer and self.answer.refused and not self.answer.incomplete and not self.error)

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

    def ended(self, answer: Answer | None, fault: str) -> Turn:
        """The turn that it became."""
        return Turn(self.question, self.holdings, answer, fault, self.limits, self.asked_at)


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
    earlier: int = 0  # how many turns are drawn that usually are not any more
    conversation: str = field(default_factory=lambda: uuid4().hex)  # its id among those that are kept
    name: str = ""  # that its reader has given it
    kept: int = 0  # how many of the turns are kept as they are now
    is_stored: bool = False  # whether any was ever kept
    is_tried: bool = True  # whether keeping the rest was tried

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
        self.turns.append(coming.ended(answer, fault))
        self.is_tried = False

    def begin(self, coming: Coming) -> None:
        """Wait for an answer."""
        self.coming, self.is_tried = coming, False

    @property
    def unkept(self) -> tuple[Turn, ...]:
        """What is to be kept; a question on its way as what it is when the page is left now."""
        return (*self.turns[self.kept :], *((self.coming.ended(None, _LEFT),) if self.coming else ()))

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

    @property
    def is_begun(self) -> bool:
        """Whether anything was asked."""
        return bool(self.turns or self.coming)

    @property
    def newest(self) -> range:
        """The turns that are always drawn: a page that draws hundreds is slow."""
        return range(max(0, len(self.turns) - _DRAWN) // _DRAWN * _DRAWN, len(self.turns))

    @property
    def reopened(self) -> range:
        """The turns before the newest that are drawn as well."""
        return range(max(0, self.newest.start - self.earlier), self.newest.start)

    def show_earlier(self) -> None:
        """Draw some more of the earlier turns."""
        self.earlier += _EARLIER

    @property
    def linked_question(self) -> str:
        """The question that a link to this page asks."""
        if self.coming:
            return self.coming.question
        return self.turns[-1].linked_question if self.turns else self.pending

    @property
    def is_seeking(self) -> bool:
        """Whether the last question was refused, and what may be asked in its place is still to be found."""
        return bool(self.turns) and self.turns[-1].is_refused and self.turns[-1].instead is None

    def limit(self, limits: Limits) -> None:
        """Set the limits from elsewhere than their fields, which are drawn anew: a closed one would restore its own."""
        self.limits = limits
        self.drawn += 1

    def suggest(self, questions: Sequence[str]) -> None:
        """Name what may be asked in the place of the last question."""
        self.turns[-1] = replace(self.turns[-1], instead=tuple(questions))
        self._changed(len(self.turns) - 1)

    def rate(self, number: int, rating: Rating | None) -> None:
        """Rate a turn, which is to be kept with it."""
        self.turns[number] = replace(self.turns[number], rating=rating)
        self._changed(number)

    def _changed(self, number: int) -> None:
        self.kept, self.is_tried = min(self.kept, number), False

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
        self._begin_anew(())

    def part(self) -> None:
        """Go on as another conversation, without what was kept of this one."""
        self._begin_anew(self.turns[self.kept :])
        self.kept, self.is_tried = 0, False

    def _begin_anew(self, turns: Iterable[Turn]) -> None:
        self.resume(uuid4().hex, "", turns)
        self.is_stored = False

    def resume(self, conversation: str, name: str, turns: Iterable[Turn]) -> None:
        """Go on with a conversation that was kept."""
        self.conversation, self.name = conversation, name
        self.turns, self.earlier = list(turns), 0
        self.kept, self.is_stored, self.is_tried = len(self.turns), True, True


def _spans(answer: Answer, losses: tuple[Loss, ...]) -> tuple[CitedSpan, ...]:
    lost = {loss.span.number: loss.span for loss in losses}
    return tuple(lost.get(citation.number, citation.span) for citation in answer.citations)


def get_state() -> ChatState:
    """This tab's state, new in a new tab."""
    state = st.session_state.setdefault(_KEY, ChatState())
    if not isinstance(state, ChatState):
        raise TypeError(f"the session holds {type(state).__name__} where the chat belongs")
    return state
