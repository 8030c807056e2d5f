"""The request: a question with what limits and dates it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from index_store.scope import Scope


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it was asked."""

    question: str
    asked_on: date = field(default_factory=date.today)  # what "last week" is relative to
    scope: Scope = field(default_factory=Scope)
    history: tuple[str, ...] = ()  # the questions asked before, oldest first

    @classmethod
    def of(  # noqa: PLR0913 - these are the public options of every way to ask
        cls,
        question: str,
        *,
        asked_on: date | None = None,
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        sources: Iterable[str] = (),
        history: Iterable[str] = (),
    ) -> "Request":
        """A request from the public options of `query`, `retrieve` and the command line.

        `as_of` is hard: only what was published up to that day may answer. It is also the day of asking when no
        other is given.
        """
        last = min((day for day in (as_of, until) if day), default=None)
        scope = Scope(since, last, tuple(sources))
        return cls(question.strip(), asked_on or as_of or date.today(), scope, tuple(history))
