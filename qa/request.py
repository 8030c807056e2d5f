"""The request: a question with what limits and dates it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from index_store.scope import Scope
from qa.errors import RequestError
from qa.reading import Turn, resolve_followup
from qa.settings import MODES, AskedMode


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it was asked."""

    question: str
    asked_on: date = field(default_factory=date.today)  # what "last week" is relative to
    scope: Scope = field(default_factory=Scope)
    history: tuple[Turn, ...] = ()  # oldest first
    mode: AskedMode | None = None  # None: that of the settings

    @classmethod
    def of(  # noqa: PLR0913 - these are the public options of every way to ask
        cls,
        question: str,
        *,
        asked_on: date | str | None = None,
        as_of: date | str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        sources: str | Iterable[str] = (),
        history: Iterable[str | Turn] = (),
        mode: AskedMode | None = None,
    ) -> "Request":
        """A request from the public options of `query`, `retrieve` and the command line.

        `as_of` is hard: only what was published up to that day may answer. It is also the day of asking when no
        other is given. `sources` is one outlet or several. `history` holds the questions asked before, with their
        answers where there were any. `mode` is that of `QASettings`, whose own it overrides. Days are dates, or
        written like 2025-06-30.

        Raises:
            RequestError: the first day lies after the last, a day is none, or the mode is none.
        """
        asked_on, as_of, since, until = map(_day, (asked_on, as_of, since, until))
        if mode is not None and mode not in MODES:
            raise RequestError(f"no mode {mode!r}; there are {', '.join(MODES)}")
        last = min((day for day in (as_of, until) if day), default=None)
        if since and last and since > last:
            raise RequestError(f"nothing is both since {since} and until {last}; swap the dates")
        scope = Scope(since, last, (sources,) if isinstance(sources, str) else tuple(sources))
        turns = tuple(turn if isinstance(turn, Turn) else Turn(turn) for turn in history)
        asked = question.encode("utf-8", "replace").decode("utf-8").strip()  # an argument may hold stray bytes
        return cls(asked, asked_on or as_of or date.today(), scope, turns, mode)

    @property
    def limits(self) -> str:
        """The scope in words, to end a sentence with; empty when nothing is limited."""
        return "" if self.scope.is_everything else " within the dates and outlets that were asked for"

    def understood(self) -> "Request":
        """The request with its question put so that it can be understood alone."""
        return self.reworded(resolve_followup(self.question, self.history).question)

    def reworded(self, question: str) -> "Request":
        """The request with its question in other words."""
        return replace(self, question=question)


def _day(given: date | str | None) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise RequestError(f"no day {given!r}; write one like 2025-06-30") from None
