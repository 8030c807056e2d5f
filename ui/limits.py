"""The limits of a question: which articles may answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ui.holdings import count_of, day

_PILLS = 5  # of outlets; more would cover the page, and are one pill


@dataclass(frozen=True, slots=True)
class Pill:
    """One limit as the page shows it."""

    name: str  # of the field
    words: str
    outlet: str = ""  # which of several; empty for all of them


@dataclass(frozen=True, slots=True)
class Limits:
    """What narrows the articles that are asked; empty narrows nothing."""

    since: date | None = None  # published on that day or later
    until: date | None = None  # published on that day or earlier
    as_of: date | None = None  # as if asked on that day, when nothing later was known
    sources: tuple[str, ...] = ()  # outlets

    @property
    def options(self) -> Mapping[str, Any]:
        """The keywords of `engine.stream`, those left out that narrow nothing."""
        named = {"since": self.since, "until": self.until, "as_of": self.as_of, "sources": self.sources}
        return {name: value for name, value in named.items() if value}

    @property
    def are_possible(self) -> bool:
        """Whether any day is within them."""
        last = min((each for each in (self.until, self.as_of) if each), default=None)
        return not (self.since and last and self.since > last)

    @property
    def pills(self) -> tuple[Pill, ...]:
        """Each limit in words; empty where there is none."""
        days = (
            ("since", "From", self.since),
            ("until", "Until", self.until),
            ("as_of", "As of", self.as_of),
        )
        dated = tuple(Pill(name, f"{word} {day(value)}") for name, word, value in days if value)
        if len(self.sources) > _PILLS:
            return (*dated, Pill("sources", count_of(len(self.sources), "outlet")))
        return dated + tuple(Pill("sources", outlet, outlet) for outlet in self.sources)

    @property
    def words(self) -> str:
        """Such as "From 3 January 2025 · The Orrin Post"; empty where nothing is narrowed."""
        return " · ".join([*(pill.words for pill in self.pills if pill.name != "sources"), *self.sources])

    def without(self, pill: Pill) -> "Limits":
        """The limits without that one."""
        if pill.outlet:
            return replace(self, sources=tuple(outlet for outlet in self.sources if outlet != pill.outlet))
        return Limits(**{name: value for name, value in self.options.items() if name != pill.name})
