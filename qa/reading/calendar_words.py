"""Days and months as questions write them, as the days they can mean."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_VAGUE = {"a": 1, "an": 1, "couple": 2, "a couple of": 2, "couple of": 2, "few": 4, "a few": 4, "several": 6}
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, 1)} | _VAGUE

# Patterns for re.IGNORECASE | re.VERBOSE.
MONTH = rf"(?:(?:{'|'.join(_MONTHS)}|{'|'.join(_SHORT)})\b\.?)"
WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True)).replace(' ', chr(92) + 's')})"
YEAR = r"(?:(?:1[89]|20)\d\d(?!\d|[.,]\d))"
ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)?(?![\d%]|[.,:]\d))"
_IN_YEAR = rf"(?:,?\s{YEAR})?"
_DAY_FIRST = rf"(?:the\s)?{ORDINAL}\s(?:of\s)?{MONTH}{_IN_YEAR}"
_MONTH_FIRST = rf"{MONTH}\s(?:the\s)?{ORDINAL}(?!\w){_IN_YEAR}"
DAY = rf"(?:20\d\d-\d\d-\d\d|{_DAY_FIRST}|{_MONTH_FIRST})"


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    start: date
    end: date

    def widened(self, before: int, after: int) -> "Span":
        """The span with days added on either side; it stops where the calendar does."""
        first = max(self.start.toordinal() - before, date.min.toordinal())
        last = min(self.end.toordinal() + after, date.max.toordinal())
        return Span(date.fromordinal(first), date.fromordinal(last))


def day_written(text: str, today: date, *, year: int | None = None, ahead: bool = False) -> date | None:
    """The day written as `DAY`; None where no calendar has it.

    Without a year in the text it is that day of `year`, or else the last one up to `today`, or with `ahead` the next.
    """
    if text[:4].isdigit():
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    month, day = month_number(text), int(re.findall(r"\b(\d{1,2})(?!\d)", text)[0])
    own_year = re.search(YEAR, text)
    if own_year or year:
        return _day_of(int(own_year[0]) if own_year else year or 0, month, day)
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)  # for a 29 February
    days = (_day_of(each, month, day) for each in years)
    return next((found for found in days if found and (found >= today if ahead else found <= today)), None)


def _day_of(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def month_number(text: str) -> int:
    """1 to 12, of the first month named in the text, in full or abbreviated."""
    name = re.findall(MONTH, text, re.IGNORECASE | re.VERBOSE)[0].lower().rstrip(".")
    return _MONTHS.get(name) or _SHORT[name]


def month_span(year: int, month: int) -> Span:
    """The days of a month."""
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def year_span(year: int) -> Span:
    """The days of a year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def week_of(day: date) -> Span:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def days_since(weekday: str, today: date) -> int:
    """Days from the last such weekday up to today, 0 to 6."""
    return (today.weekday() - _WEEKDAYS.index(weekday.lower())) % 7


def number(text: str) -> int:
    """What "3", "three" or "a few" counts; the vague ones generously."""
    return int(text) if text.isdigit() else _NUMBERS[" ".join(text.lower().split())]
