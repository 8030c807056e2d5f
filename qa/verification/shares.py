"""Shares and ranks: "half of", "two-thirds", "one in five", "3rd"."""

import re
from collections.abc import Iterator

from qa.numbers import read_numbers
from qa.verification.units import MINUTES, ORDINAL, PERCENT, Unit

Reading = tuple[int, int, tuple[tuple[float, Unit], ...]]

_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "tenth": 10,
}
_COUNT = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = rf"\d{{1,3}}|ten|{_COUNT}"
_FRACTION = re.compile(
    rf"\b(?:(?P<count>{_COUNT})[\s-](?P<parts>{'|'.join(_PARTS)})s?\b(?!\s+(?:time|place))"
    rf"|(?:an?|one)\s(?P<part>{'|'.join(_PARTS)})(?=\sof\b)(?!\sof\s(?:an?|the)\s(?:hour|century|season|year)\b)"
    r"|(?P<half>half)(?=\s(?:of|the|its|his|her|their|all|as)\b))",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    rf"\b(?P<some>{_NUMBER})\s(?:in|out\sof)\s(?:every\s)?(?P<all>{_NUMBER})\b(?!\s?(?:percent|%))", re.IGNORECASE
)
_PART_OF_HOUR = re.compile(
    r"\b(?:(?P<half>half(?:\s(?:an|of\san)|-an)[\s-]hour|half-hour)|(?:a\s)?quarter\sof\san\shour)\b", re.I
)
_RANKS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_RANK = re.compile(rf"\b(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(_RANKS[2:])}))\b", re.IGNORECASE)
_NOT_A_RANK = re.compile(r"\b(?:one|two|three|four|five|six|seven|a)[\s-]$", re.IGNORECASE)


def read_shares(text: str) -> Iterator[Reading]:
    """Shares as percentages, and parts of an hour as minutes."""
    for match in _FRACTION.finditer(text):
        count = read_numbers(match["count"])[0].values[0] if match["count"] else 1.0
        part = _PARTS[(match["parts"] or match["part"] or "half").lower()]
        if count < part:
            yield *match.span(), ((100 * count / part, PERCENT), *_decimals(100 * count / part))
    for match in _ONE_IN.finditer(text):
        some, whole = (read_numbers(match[name])[0].values[0] for name in ("some", "all"))
        if some < whole <= 100:
            yield *match.span(), ((100 * some / whole, PERCENT), *_decimals(100 * some / whole))
    for match in _PART_OF_HOUR.finditer(text):
        yield *match.span(), ((30.0 if match["half"] else 15.0, MINUTES),)


def _decimals(percentage: float) -> tuple[tuple[float, Unit], ...]:
    """The percentage as it is written: a third is 33 percent or 33.3."""
    return tuple((round(percentage, digits), PERCENT) for digits in (0, 1))


def read_ordinals(text: str) -> Iterator[Reading]:
    """Ranks from the third; "first" and "second" are words of other senses too often."""
    for match in _RANK.finditer(text):
        if match["digits"]:
            yield *match.span(), ((float(match["digits"]), ORDINAL),)
        elif not _NOT_A_RANK.search(text[: match.start()]) or match["word"].lower() not in _PARTS:
            yield *match.span(), ((float(_RANKS.index(match["word"].lower()) + 1), ORDINAL),)
