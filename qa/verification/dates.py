"""Dates as statements and articles write them, as the days they can mean."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa.reading import calendar_words as cal
from qa.reading.calendar_words import Span
from qa.verification.date_forms import FORMS, Named

_VERBS = ("may", "march", "mar")  # in small letters no months
_HALF_A_YEAR = 183  # days


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: `text[start:end]`, and the spans of days it can mean in an article of a given day."""

    start: int
    end: int
    words: str  # folded
    spans: tuple[Span, ...]
    annual: tuple[int, int] = (0, 0)  # month and day (0: the month alone) of one written without its year
    weekday: int = -1  # 0 is Monday
    explicit_year: bool = False

    def is_held(self, others: Iterable["When"]) -> bool:
        """Whether one of the others is the same date, or lies within this one."""
        return any(self._holds(other) for other in others)

    def _holds(self, other: "When") -> bool:
        if self.words == other.words:
            return True
        if self.annual[0] and self._same_day_of_year(other):
            return True
        if self.weekday >= 0 and any(s.start == s.end and s.start.weekday() == self.weekday for s in other.spans):
            return True
        return any(mine.start <= their.start and their.end <= mine.end for mine in self.spans for their in other.spans)

    def _same_day_of_year(self, other: "When") -> bool:
        """Whether the other is that day, or in that month, of whatever year."""
        month, day = self.annual
        found = other.annual if other.annual[0] else (0, 0)
        if not found[0] and other.spans:
            first, last = other.spans[0].start, other.spans[0].end
            found = (first.month, first.day if first == last else 0) if first.month == last.month else (0, 0)
        return found[0] == month and day in (0, found[1])


def read_dates(text: str, published: date | None) -> tuple[When, ...]:
    """The dates of a text, in order; relative ones are read from the day of publication, and mean nothing without."""
    taken: list[tuple[int, int]] = []
    found: list[When] = []
    for kind, pattern in FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            named = Named(match)
            if named["month"] in _VERBS:
                continue
            read = list(_READERS[kind](named, published))
            if read:
                taken.append(match.span())
                found += read
    return tuple(sorted(found, key=lambda when: when.start))


def _when(named: Named, spans: Iterable[Span], **more: object) -> When:
    words = " ".join(named.match[0].casefold().split())
    return When(named.match.start(), named.match.end(), words, tuple(spans), **more)  # type: ignore[arg-type]


def _days(named: Named, published: date | None) -> Iterator[When]:
    """A day of a month, or the first and the last of several."""
    month = cal.month_number(named["month"])
    year = int(named["year"]) if named["year"] else 0
    if not year and named["past"] and published:
        year = published.year - 1
    for number in (named["day"], named["last"]):
        if number:
            yield from _day(named, month, int(number), (year, published))


def _day(named: Named, month: int, day: int, known: tuple[int, date | None]) -> Iterator[When]:
    year, published = known
    if named["week"]:
        yield from (_when(named, (cal.week_of(found),)) for found in _dates(year, month, day, published))
    elif year:
        spans = [Span(found, found) for found in _dates(year, month, day, published)]
        yield _when(named, spans, explicit_year=True)
    elif 1 <= day <= 31:
        spans = [Span(found, found) for found in _dates(year, month, day, published)]
        yield _when(named, spans, annual=(month, day))


def _dates(year: int, month: int, day: int, published: date | None) -> Iterator[date]:
    """The day in its year, or else the one nearest to the day of publication."""
    years = (year,) if year else tuple(published.year + step for step in (-1, 0, 1)) if published else ()
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year or (published and abs((found - published).days) <= _HALF_A_YEAR):
            yield found


def _numeric(named: Named, _: date | None) -> Iterator[When]:
    first, second, year = int(named["first"]), int(named["second"]), int(named["year"])
    orders = ((second, first),) if len(named["year_first"] or "") else ((first, second), (second, first))
    spans = [Span(found, found) for day, month in orders for found in _dates(year, month, day, None)]
    if spans:
        yield _when(named, spans, explicit_year=True)


def _month(named: Named, published: date | None) -> Iterator[When]:
    month = cal.month_number(named["month"])
    if named["year"]:
        yield _when(named, (cal.month_span(int(named["year"]), month),), explicit_year=True)
        return
    spans: tuple[Span, ...] = ()
    if published:
        lead = (named["lead"] or "").lower()
        years = {
            "last": (published.year - (month >= published.month),),
            "next": (published.year + (month <= published.month),),
        }
        months = [
            cal.month_span(year, month) for year in years.get(lead, range(published.year - 1, published.year + 2))
        ]
        spans = tuple(s for s in months if lead in years or abs((s.start - published).days) <= _HALF_A_YEAR + 31)
        if named["past"]:
            spans = (cal.month_span(published.year - 1, month),)
    yield _when(named, spans, annual=(month, 0))


def _year(named: Named, _: date | None) -> Iterator[When]:
    first = int(named["year"])
    yield _when(named, (cal.year_span(first),), explicit_year=True)
    if named["second"]:
        last = int(named["year"][: -len(named["second"])] + named["second"])
        yield _when(named, (cal.year_span(last),), explicit_year=True)


def _decade(named: Named, _: date | None) -> Iterator[When]:
    written = named["decade"] or str(1920 + 10 * DECADES.index((named["word"] or "twenties").lower()))
    first = int(written) if len(written) == 4 else (2000 if written in ("00", "10") else 1900) + int(written)
    yield _when(named, (Span(date(first, 1, 1), date(first + 9, 12, 31)),))


DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _weekday(named: Named, published: date | None) -> Iterator[When]:
    number = [name.lower() for name in cal_days()].index(named["weekday"].lower())
    if published is None:
        yield _when(named, (), weekday=number)
        return
    back = (published.weekday() - number) % 7
    before, after = published - timedelta(days=back), published + timedelta(days=7 - back)
    lead = (named["lead"] or "").lower()
    days = {"next": (after, after + timedelta(days=7)), "last": (before, before - timedelta(days=7))}.get(
        lead, (before, after)
    )
    yield _when(named, (Span(day, day) for day in days), weekday=number)


def cal_days() -> tuple[str, ...]:
    """The days of the week from Monday on."""
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _near(named: Named, published: date | None) -> Iterator[When]:
    said = " ".join(named["near"].lower().split())
    steps = {"yesterday": (-1,), "tomorrow": (1,), "last night": (-1, 0), "overnight": (-1, 0)}.get(said, (0,))
    days = [published + timedelta(days=step) for step in steps] if published else []
    yield _when(named, (Span(day, day) for day in days))


def _unit(named: Named, published: date | None) -> Iterator[When]:
    """A week, a month, a weekend or a year by its distance: "last week", "next year"."""
    if published is None:
        yield _when(named, ())
        return
    which = named["which"].lower()
    step = -1 if which in ("last", "previous", "past") else 1 if which in ("next", "coming", "following") else 0
    unit = named["unit"].lower()
    if unit == "week":
        span = cal.week_of(published + timedelta(days=7 * step))
    elif unit == "weekend":
        monday = cal.week_of(published + timedelta(days=7 * step)).start
        span = Span(monday + timedelta(days=5), monday + timedelta(days=6))
    elif unit == "month":
        months = published.year * 12 + published.month - 1 + step
        span = cal.month_span(months // 12, months % 12 + 1)
    else:
        span = cal.year_span(published.year + step)
    yield _when(named, (span,))


def _ago(named: Named, published: date | None) -> Iterator[When]:
    count, unit = cal.number(named["count"]), named["unit"].lower()
    if published is None or count > 500:
        yield _when(named, ())
    elif unit == "year":
        yield _when(named, (cal.year_span(published.year - count),))
    elif unit == "month":
        months = published.year * 12 + published.month - 1 - count
        yield _when(named, (cal.month_span(months // 12, months % 12 + 1),))
    else:
        day = published - timedelta(days=count * (7 if unit == "week" else 1))
        yield _when(named, (Span(day, day) if unit == "day" else cal.week_of(day),))


_READERS: dict[str, Callable[[Named, date | None], Iterator[When]]] = {
    "days": _days,
    "numeric": _numeric,
    "month": _month,
    "year": _year,
    "decade": _decade,
    "weekday": _weekday,
    "near": _near,
    "unit": _unit,
    "ago": _ago,
}
