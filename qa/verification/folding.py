"""Folding: text with what typesetting changes levelled, and the way back to its own characters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from qa.verification.marks import ALL_MARKS, INVISIBLE

MARKS = ALL_MARKS
_DASHES = frozenset("-‐‑‒–—―−")
_REOPENED = re.compile(r"\n\s*(?=[\"“„«]|``|'')")  # a quotation that runs on opens every paragraph anew


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origins[i]` is where its character `i` stands in the original, one more for the end."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters that a stretch of the folded text stands for."""
        return self.origins[start], self.origins[end - 1] + 1

    def position(self, origin: int) -> int:
        """The first folded character at or after a place of the original."""
        return next((i for i, place in enumerate(self.origins) if place >= origin), len(self.text))


@lru_cache(maxsize=256)
def fold(text: str) -> Folded:
    """The text with one form for marks, dashes, spaces and ellipses; letters keep their case and accents.

    Quotation marks and apostrophes of every kind become `'`, two single ones too; dashes become `-`, without the
    spaces beside them; every run of white space becomes one space; three dots become `…`; invisible characters and a
    mark that reopens a quotation at the beginning of a paragraph go; composed letters are written one way.
    """
    out: list[str] = []
    origins: list[int] = []
    reopening = {match.end() for match in _REOPENED.finditer(text)}
    position = 0
    while position < len(text):
        symbol, length = _symbol(text, position, reopens=position in reopening)
        _append(out, origins, symbol, position)
        position += length
    return Folded("".join(out), (*origins, len(text)))


def _symbol(text: str, position: int, *, reopens: bool) -> tuple[str, int]:
    """What stands for the characters at a position, and how many they are."""
    character = text[position]
    if character in MARKS:
        length = 2 if text[position : position + 2] in ("''", "``", "’’", "‘‘") else 1
        return ("" if reopens else "'"), length
    if character in _DASHES:
        return "-", 2 if text[position : position + 2] == "--" else 1
    if dots := re.compile(r"\.(?:[ \xa0]?\.){2}").match(text, position):
        return "…", len(dots[0])
    if INVISIBLE.match(character):
        return "", 1
    if character.isspace():
        return " ", 1
    length = 1
    while position + length < len(text) and unicodedata.combining(text[position + length]):
        length += 1
    return unicodedata.normalize("NFC", text[position : position + length]), length


def _append(out: list[str], origins: list[int], symbol: str, position: int) -> None:
    last = out[-1] if out else ""
    if symbol == " " and last in (" ", "-") and last:
        return
    if symbol == "-" and last == " ":
        out.pop()
        origins.pop()
    for character in symbol:
        out.append(character)
        origins.append(position)
