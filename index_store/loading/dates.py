"""Dates: the day an article says it was published."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil import parser

_YEARS = range(1500, 2201)  # before newspapers, or after a slip of the keyboard
_MAX_CHARS = 100  # longer is prose, not a date
_MAX_NUMBER = 10**14  # 20250615120000 is below it, what is neither a day nor Unix time above; JSON has infinity too
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s,])", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1)
# dateutil takes what a text leaves out from a default day and reads 03/04 as it is told. A date that is whole
# and has one reading comes out the same under all four.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2003, 7, 15))
_DAY_FIRST = (False, True)


def read_day(value: object) -> date | None:
    """The day as written, with no conversion between time zones; None if it is not one plausible, whole day.

    Understood are ISO 8601, RFC 2822, days in English words, `20250615`, Unix time in seconds or milliseconds
    (the day in UTC), and numeric days whose order is plain: `15/06/2025` is, `03/04/2025` is two days to two
    readers and so none. Nothing is filled in: neither "June 2025" nor "15 June" is a day.
    """
    if isinstance(value, str):
        day = _read_string(value.strip())
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        day = _read_digits(str(int(value))) if abs(value) < _MAX_NUMBER else None
    else:
        day = None
    return day if day and day.year in _YEARS else None


def _read_string(value: str) -> date | None:
    if value.isascii() and value.isdigit():
        return _read_digits(value)
    if match := _ISO.match(value):
        return _build(match[1], match[3], match[4])
    return _read_words(value) if len(value) <= _MAX_CHARS else None


def _read_digits(digits: str) -> date | None:
    match len(digits):
        case 8 | 14:
            return _build(digits[:4], digits[4:6], digits[6:8])
        case 9 | 10:
            return (_EPOCH + timedelta(seconds=int(digits))).date()
        case 12 | 13:
            return (_EPOCH + timedelta(milliseconds=int(digits))).date()
    return None


def _build(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=4096)  # four readings of one string; the articles of a day share it
def _read_words(value: str) -> date | None:
    try:
        days = {
            parser.parse(value, default=default, dayfirst=day_first, ignoretz=True).date()
            for default in _DEFAULTS
            for day_first in _DAY_FIRST
        }
    except (ValueError, OverflowError):
        return None
    day = days.pop()
    # a year of two digits would be given its century by today's date
    return day if not days and f"{day.year:04d}" in value else None
