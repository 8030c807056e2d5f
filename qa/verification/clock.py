"""Times of day, in minutes after midnight."""

import re
from collections.abc import Iterator

from qa.numbers import read_numbers
from qa.verification.units import CLOCK, Unit

Reading = tuple[int, int, tuple[tuple[float, Unit], ...]]

_HALF_DAY = 720  # minutes
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TWELVE = re.compile(
    rf"\b(?:(?P<step>half\spast|(?:a\s)?quarter\s(?:past|to))\s)?(?P<hour>\d{{1,2}}|{_HOURS})(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?|\s(?:o[’']clock\s)?(?:in\sthe\s(?P<part>morning|afternoon|evening)|(?P<night>at\snight))"
    r"|\s(?P<open>o[’']clock))",
    re.IGNORECASE,
)
_TWENTY_FOUR = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])(?!\s?[ap]\.?m)", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?P<name>noon|midday|midnight)\b", re.IGNORECASE)


def _step(words: str) -> int:
    """Minutes after the hour that "half past" and "a quarter to" mean."""
    if not words:
        return 0
    return 30 if words.lower().startswith("half") else -15 if words.lower().endswith("to") else 15


def read_clock(text: str) -> Iterator[Reading]:
    """Times of day with what they can mean; one without its half of the day means either."""
    for match in _TWELVE.finditer(text):
        hour = int(read_numbers(match["hour"])[0].values[0])
        minutes = float(hour % 12 * 60 + int(match["minute"] or 0) + _step(match["step"] or ""))
        if match["open"]:
            yield *match.span(), ((minutes, CLOCK), (minutes + _HALF_DAY, CLOCK))
        elif hour <= 24:
            late = (match["half"] or "").lower() == "p" or (match["part"] or "").lower() in ("afternoon", "evening")
            late = late or (bool(match["night"]) and 5 < hour < 12)
            yield *match.span(), ((minutes + _HALF_DAY * late if hour <= 12 else float(hour * 60), CLOCK),)
    for match in _TWENTY_FOUR.finditer(text):
        minutes = float(int(match["hour"]) * 60 + int(match["minute"]))
        either = ((minutes + _HALF_DAY, CLOCK),) if 0 < int(match["hour"]) < 12 and match["hour"][0] != "0" else ()
        yield *match.span(), ((minutes, CLOCK), *either)
    for match in _NAMED.finditer(text):
        yield *match.span(), ((0.0 if match["name"].lower() == "midnight" else float(_HALF_DAY), CLOCK),)
