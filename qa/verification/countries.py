"""Countries with their adjectives and peoples: "Israel" and "Israeli" are one name."""

import re
from functools import cache
from importlib.resources import files


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    """The entries of each country as they are written."""
    text = files("qa.lexicon").joinpath("nationalities.txt").read_text(encoding="utf-8")
    rows = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(entry.strip() for entry in row.split(",")) for row in rows)


@cache
def _countries() -> dict[str, int]:
    return {entry: number for number, row in enumerate(_lines()) for entry in row}


def country_of(name: str) -> int | None:
    """A number for the country that a name, an adjective or a people belongs to; None for any other word."""
    return _countries().get(name)


def mentions_country(text: str, country: int) -> bool:
    """Whether a text has any word for the country."""
    return _pattern(country).search(text) is not None


@cache
def _pattern(country: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(entry) for entry in _lines()[country])})(?!\w)")
