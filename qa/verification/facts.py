"""The numbers and dates of a statement, and which of them a passage holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from qa.reading.calendar_words import Span, month_span, year_span
from qa.verification.dates import When, read_dates
from qa.verification.passages import CitedPassage
from qa.verification.problems import Problem, ProblemKind
from qa.verification.quantities import Quantity, read_quantities
from qa.verification.units import BARE, Unit

_REPORTS = re.compile(
    r"\b(?:report\w*|publish\w*|article|wrote|writes|story|stories|dated|issued|as of|carried)\b", re.I
)
_CLAUSE_END = re.compile(r"\s*(?:[.,;]|$)")
_YEAR = re.compile(r"\d{4}$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a statement says in numbers; `text` is the statement with all that is not to be read blanked out."""

    text: str
    is_english: bool

    @property
    def unnumbered(self) -> str:
        """The statement with its numbers and dates blanked out too: a month is no name."""
        read = _read(self.text, None)
        return _blanked(
            self.text, [*((d.start, d.end) for d in read.dates), *((q.start, q.end) for q in read.quantities)]
        )

    def problems(self, passages: Sequence[CitedPassage]) -> tuple[Problem, ...]:
        """The numbers and dates that none of the passages holds, in order."""
        held = frozenset().union(*(self.held_by(p.text + "\n" + p.heading, p.article.published) for p in passages))
        missing = [place for place in range(len(self._spans(None))) if place not in held]
        spans = self._spans(passages[0].article.published if passages else None)
        return tuple(_problem(self.text[spans[place][0] : spans[place][1]], spans[place][2]) for place in missing)

    def held_by(self, text: str, published: date | None) -> frozenset[int]:
        """Which of the statement's numbers and dates a text of that day holds, by their place in it."""
        if not self.is_english:
            known = loose_values(text, published)
            return frozenset(
                place
                for place, quantity in enumerate(_numbers(self.text))
                if any(value in known for value, _ in quantity.readings)
            )
        mine = _read(self.text, published)
        theirs = _read(text, published)
        dates = (*theirs.dates, *_years_beside(theirs.dates), *self._published(published, theirs.dates))
        quantities = (*theirs.quantities, *_years_as_numbers(theirs.dates))
        held = [when.is_held(dates) or _is_number(when, quantities) for when in mine.dates]
        places = [place for place in range(len(held)) if held[place] and not _clashes(mine.dates, place)]
        offset = len(mine.dates)
        sharing = _sharing(self.text, published)
        # A number may recur often
        judged = {meaning: each.is_held(quantities) for meaning, each in {q.meaning: q for q in sharing}.items()}
        places += [
            place + offset
            for place, quantity in enumerate(sharing)
            if not mine.quantities[place].counted or judged[quantity.meaning]
        ]
        return frozenset(places)

    def _published(self, published: date | None, dates: Iterable[When]) -> tuple[When, ...]:
        """The day of publication as a statement may speak of it: its month and year, or as the report's own day."""
        if published is None:
            return ()
        if _REPORTS.search(self.text):
            return (When(0, 0, "", (Span(published, published),)),)
        if any(when.explicit_year for when in dates):
            return ()
        return (
            When(0, 0, "", (month_span(published.year, published.month),)),
            When(0, 0, "", (year_span(published.year),)),
        )

    def _spans(self, published: date | None) -> tuple[tuple[int, int, ProblemKind], ...]:
        if not self.is_english:
            return tuple((q.start, q.end, ProblemKind.NUMBER) for q in _numbers(self.text))
        read = _read(self.text, published)
        return (
            *((when.start, when.end, ProblemKind.DATE) for when in read.dates),
            *((quantity.start, quantity.end, ProblemKind.NUMBER) for quantity in read.quantities),
        )


@dataclass(frozen=True, slots=True)
class _Read:
    dates: tuple[When, ...]
    quantities: tuple[Quantity, ...]


@lru_cache(maxsize=512)
def _read(text: str, published: date | None) -> _Read:
    dates = read_dates(text, published)
    return _Read(dates, read_quantities(_blanked(text, [(when.start, when.end) for when in dates])))


@lru_cache(maxsize=512)
def _sharing(text: str, published: date | None) -> tuple[Quantity, ...]:
    """The numbers of a text, those that end a clause with the hard units of the others too."""
    quantities = _read(text, published).quantities
    units = frozenset(unit for each in quantities for _, unit in each.readings if unit.is_hard)
    return tuple(_with_shared_units(quantity, units, text) for quantity in quantities)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "\x01" * (end - start)
    return "".join(characters)


def _clashes(dates: Sequence[When], place: int) -> bool:
    """Whether a weekday does not fall on the date that is written behind it."""
    if dates[place].weekday < 0 or place + 1 == len(dates) or not 0 <= dates[place + 1].start - dates[place].end <= 2:
        return False
    days = [span.start for span in dates[place + 1].spans if span.start == span.end]
    return bool(days) and all(day.weekday() != dates[place].weekday for day in days)


def _with_shared_units(quantity: Quantity, units: frozenset[Unit], text: str) -> Quantity:
    """A number that ends a clause, with the hard units of the others too: "they offer 4 percent and we want 7"."""
    if any(unit.kind for _, unit in quantity.readings) or not _CLAUSE_END.match(text, quantity.end):
        return quantity
    added = tuple((value, unit) for value, _ in quantity.readings for unit in units)
    return replace(quantity, readings=(*quantity.readings, *added))


def _problem(words: str, kind: ProblemKind) -> Problem:
    return Problem(kind, " ".join(words.split()))


def _numbers(text: str) -> tuple[Quantity, ...]:
    return tuple(
        quantity for quantity in read_quantities(text) if re.search(r"\d", text[quantity.start : quantity.end])
    )


def _years_beside(dates: Sequence[When]) -> tuple[When, ...]:
    """Days and months written without a year, in the years that the text names elsewhere."""
    years = {span.start.year for when in dates if when.explicit_year for span in when.spans}
    found = []
    for when in dates:
        month, day = when.annual
        for year in years if month else ():
            span = _span(year, month, day)
            if span:
                found.append(When(when.start, when.end, "", (span,)))
    return tuple(found)


def _span(year: int, month: int, day: int) -> Span | None:
    if not day:
        return month_span(year, month)
    try:
        return Span(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def _years_as_numbers(dates: Iterable[When]) -> tuple[Quantity, ...]:
    years = (float(when.words) for when in dates if _YEAR.fullmatch(when.words))
    return tuple(Quantity(0, 0, ((year, BARE),)) for year in years)


def _is_number(when: When, quantities: Iterable[Quantity]) -> bool:
    """Whether what looks like a year is a plain number of the passage: "2000 people"."""
    if not _YEAR.fullmatch(when.words):
        return False
    return Quantity(when.start, when.end, ((float(when.words), BARE),)).is_held(quantities)


def loose_values(text: str, published: date | None) -> frozenset[float]:
    """Every number in a text whatever it counts, those of its dates and times of day included."""
    read = _read(text, published)
    values = {value for quantity in read_quantities(text) for value, _ in quantity.readings}
    values |= {value for quantity in read.quantities for value, _ in quantity.readings}
    values |= {value / 60 for quantity in read.quantities for value, unit in quantity.readings if unit.kind == "clock"}
    days = [day for when in read.dates for span in when.spans for day in (span.start, span.end)]
    for day in [*days, *([published] if published else [])]:
        values |= {float(day.day), float(day.month), float(day.year)}
    return frozenset(values)
