"""The quotations of a statement, cut into the pieces that must stand in an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index_store.quotations.marks import find_marked
from qa.verification.marks import levelled

_REOPENED = re.compile(r"\n\s*(?:[\"“„«]|``|'')")
_OPENING = re.compile(r"[\"“„«]")
_DOUBLE = re.compile(r"[\"“”„«»″]|``|''")
_BLANK = "\x01"
_GAP = re.compile(r"\[\s*(?:…|\.{3}|\. \. \.)\s*\]|…|\.[ \xa0]?\.[ \xa0]?\.(?:[ \xa0]?\.)?")
_INSERTED = re.compile(r"\[[^\[\]]{2,}\]|\[\d\]")
_LETTER = re.compile(r"\[([^\W\d_])\]")
_DENIES = re.compile(r"\b(?:not|never|no|nobody|none|nothing|without|\w+n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quotation without a break: `statement[start:end]`."""

    start: int
    end: int
    text: str  # with a bracketed letter written plainly: "[W]e" is "We"
    join: str  # what stands before it: "" the beginning, "…" words left out, "[" words of the writer's own


@dataclass(frozen=True, slots=True)
class Quoted:
    """Marked words of a statement: `statement[start:end]` with the marks, `inner` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    readings: tuple[tuple[Piece, ...], ...]  # the pieces: uncut, cut at ellipses, and at brackets too
    whole: str  # the words as they stand between the marks
    denies: bool  # whether the writer's own words in brackets turn the sense round

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words that are not the writer's own, cut as far as they can be."""
        return self.readings[-1]


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """The outermost marked words of a statement, in order; those never closed run to its end.

    Marks of every script count, and single ones beside double ones unless they are apostrophes.
    """
    text = levelled(text)
    # A quotation of several paragraphs is one here, and the marks that open them anew are none of its own.
    plain = _REOPENED.sub(lambda match: " " * len(match[0]), text)
    found = [(m.start, m.end, m.inner_start, m.inner_end) for m in find_marked(plain, ((0, len(text)),))]
    covered = max((end for _, end, _, _ in found), default=0)
    opened = _OPENING.search(text, covered)
    if opened and text[opened.end() : opened.end() + 1].strip():
        found.append((opened.start(), len(text), opened.end(), len(text)))
    found += _single_beside(plain, found)
    return tuple(_quoted(text, span) for span in sorted(found) if text[span[2] : span[3]].strip())


def quoted_without_marks(text: str, start: int, end: int) -> Quoted:
    """A stretch of a statement that is given as speech, as if it stood between marks."""
    return _quoted(levelled(text), (start, end, start, end))


def _single_beside(text: str, doubles: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Words in single marks outside the double ones; where there are no double ones they are found already."""
    if not doubles:
        return []
    for start, end, _, _ in doubles:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    text = _DOUBLE.sub(lambda match: _BLANK * len(match[0]), text)
    return [(m.start, m.end, m.inner_start, m.inner_end) for m in find_marked(text, ((0, len(text)),))]


def _quoted(text: str, span: tuple[int, int, int, int]) -> Quoted:
    start, end, inner_start, inner_end = span
    whole = text[inner_start:inner_end]
    own = " ".join(match[0] for match in _INSERTED.finditer(whole) if not _GAP.fullmatch(match[0]))
    whole_piece = (Piece(inner_start, inner_end, whole, ""),)
    cut = (_pieces(text, inner_start, inner_end, brackets=brackets) for brackets in (False, True))
    readings = tuple(pieces for pieces in dict.fromkeys((whole_piece, *cut)) if pieces)
    return Quoted(start, end, inner_start, inner_end, readings, whole, bool(_DENIES.search(own)))


def _pieces(text: str, start: int, end: int, *, brackets: bool) -> tuple[Piece, ...]:
    breaks = [(m.start(), m.end(), "…") for m in _GAP.finditer(text, start, end)]
    breaks += [
        (m.start(), m.end(), "[")
        for m in _INSERTED.finditer(text, start, end)
        if brackets and not any(m.start() < other and first < m.end() for first, other, _ in breaks)
    ]
    pieces: list[Piece] = []
    join = ""
    for first, last, kind in [*sorted(breaks), (end, end, "")]:
        if any(character.isalnum() for character in text[start:first]):
            pieces.append(
                Piece(start, first, _LETTER.sub(r"\1", text[start:first]) if brackets else text[start:first], join)
            )
            join = ""
        join = "…" if "…" in (kind, join) else kind or join
        start = last
    return tuple(pieces)
