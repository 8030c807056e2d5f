"""Quotation marks: where marked words begin and end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from index_store.quotations.lexicon import words

_DOUBLE = re.compile(r"[\"“”„«»″]|``|''")
_SINGLE = re.compile(r"['‘’](?!')")
_INCHES = re.compile(r"\d['’′]\s?\d{1,2}$|\d$")
_MARKUP = re.compile(r"[=]$")
_INSIDE_CUE = re.compile(r"([,.?!…])\s+(?:he|she|they|[A-Z]\w+(?:\s+[A-Z]\w+)?)\s+(?:said|says|told|\w{3,}ed)\b")
_OPENING_BEFORE = " \t\n\xa0([{—–-―/|>:\u2003\u2009\u200a"
_MAX_NESTED = 8  # marks looked ahead
_MAX_APOSTROPHES = 40  # looked at for the one that closes
_MAX_SINGLE = 2000  # characters between single marks
_MIN_STRAY_WORDS = 4  # an unclosed quotation shorter than this is a stray mark


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks: `text[start:end]`, marks included; never over a paragraph's end."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool  # an unclosed one may go on in the next paragraph


def find_marked(text: str, paragraphs: tuple[tuple[int, int], ...]) -> tuple[Marked, ...]:
    """Outermost marked words in order; nested ones belong to the outer."""
    found: list[Marked] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else len(text)
        continues = _DOUBLE.match(text, following) is not None
        found += _double_marked(text, start, end, continues=continues)
    # An article keeps one style: beside double marks, single ones enclose titles and quotations inside quotations.
    if not found:
        found = [single for start, end in paragraphs for single in _single_marked(text, start, end)]
    return tuple(found)


def _double_marked(text: str, start: int, end: int, *, continues: bool) -> Iterator[Marked]:
    marks = [mark for mark in _DOUBLE.finditer(text, start, end) if not _is_noise(text, start, mark)]
    opened: re.Match[str] | None = None
    depth = 0
    for number, mark in enumerate(marks):
        if opened is None:
            # A closing glyph may open by mistake, but a mark at the very end of a word cannot.
            if _may_open(text, start, end, mark):
                opened, depth = mark, 1
            continue
        if _opens_inside(text, mark, marks[number + 1 : number + 1 + _MAX_NESTED]):
            depth += 1
        elif _reopens(text, start, mark):
            yield from _cut_off(text, opened, mark.start())
            opened, depth = mark, 1
        elif depth > 1 and _closers(text, marks[number : number + _MAX_NESTED]) >= depth:
            depth -= 1
        else:
            yield Marked(opened.start(), mark.end(), opened.end(), mark.start(), closed=True)
            opened = None
    if opened is not None:
        yield from _unclosed(text, start, end, opened, continues=continues)


def _reopens(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a mark can only open: the one before it was never closed."""
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    return mark.start() > start and mark[0] in ('"', "“") and before == " " and after.isalnum()


def _cut_off(text: str, opened: re.Match[str], end: int) -> Iterator[Marked]:
    """An unclosed quotation up to where its speaker is named: "It is late, he said, "but ..."."""
    if cue := _INSIDE_CUE.search(text, opened.end(), end):
        yield Marked(opened.start(), cue.end(1), opened.end(), cue.end(1), closed=False)


def _unclosed(text: str, start: int, end: int, opened: re.Match[str], *, continues: bool) -> Iterator[Marked]:
    """The rest of the paragraph, where it is a quotation at all."""
    tail = text[opened.end() : end].rstrip()
    introduced = text[start : opened.start()].rstrip()[-1:] in ("", ":", ",", ".", "?", "!")
    ended = tail[-1:] in (".", "?", "!", "…", ",", "-", "—", "]", ")")
    if len(tail.split()) >= _MIN_STRAY_WORDS and introduced and (ended or continues):
        inner_end = opened.end() + len(tail)
        yield Marked(opened.start(), inner_end, opened.end(), inner_end, closed=False)


def _is_noise(text: str, start: int, mark: re.Match[str]) -> bool:
    """Inch marks and attribute values of markup."""
    if mark[0] in ("″", '"') and _is_inches(text, start, mark.start()):
        return True
    return mark[0] == '"' and text[max(start, mark.start() - 1) : mark.start()] == "="


def _is_inches(text: str, start: int, position: int) -> bool:
    if not text[max(start, position - 1) : position].isdigit():
        return False
    if _INCHES.search(text, max(start, position - 6), position) is None:
        return False
    feet = re.search(r"\d['’′]\s?\d{1,2}$", text[max(start, position - 6) : position]) is not None
    before = text[max(start, position - _MAX_SINGLE) : position]
    opened = (before.count('"') + before.count("“")) - before.count("”")
    return feet or opened % 2 == 0 or text[position : position + 1] == "″"


def _may_open(text: str, start: int, end: int, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark[0] in ("“", "„", "«", "``"):
        return True
    if mark.start() == start:
        return True
    return (before in _OPENING_BEFORE or before in ",.;…'‘’") and not after.isspace()


def _opens_inside(text: str, mark: re.Match[str], rest: list[re.Match[str]]) -> bool:
    """Whether a mark met inside a quotation opens a nested one rather than closing the outer."""
    before = text[mark.start() - 1]
    after = text[mark.end() : mark.end() + 1]
    if mark[0] in ("”", "»") or not before.isspace() or not after or after.isspace():
        return False
    return _closers(text, rest) >= 2 or (mark[0] in ("“", "„") and _closers(text, rest) >= 1)


def _closers(text: str, marks: list[re.Match[str]]) -> int:
    """How many marks close before one opens."""
    count = 0
    for mark in marks:
        if text[mark.start() - 1].isspace() and not text[mark.end() : mark.end() + 1].isspace():
            break
        count += 1
    return count


def _single_marked(text: str, start: int, end: int) -> Iterator[Marked]:
    position = start
    while opener := _SINGLE.search(text, position, end):
        position = opener.end()
        if not _opens_single(text, start, opener):
            continue
        if closer := _single_closer(text, opener.end(), end):
            yield Marked(opener.start(), closer.end(), opener.end(), closer.start(), closed=True)
            position = closer.end()


def _opens_single(text: str, start: int, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    if before not in _OPENING_BEFORE or text[mark.end() : mark.end() + 1].isspace():
        return False
    word = re.compile(r"[A-Za-z]+|\d").match(text, mark.end())
    return word is not None and not word[0].isdigit() and word[0].lower() not in words("elisions")


def _single_closer(text: str, start: int, end: int) -> re.Match[str] | None:
    """The mark that ends a single-quoted stretch: after a stop if one does, else at a word's end."""
    fallback = None
    for mark in islice(_SINGLE.finditer(text, start, min(end, start + _MAX_SINGLE)), _MAX_APOSTROPHES):
        after = text[mark.end() : mark.end() + 1]
        if after.isalnum() or mark[0] == "‘":
            continue
        if text[mark.start() - 1] in ",.?!…":
            return mark
        if text[mark.start() - 1].lower() != "s" and fallback is None:
            fallback = mark
        if text[mark.start() - 1].lower() == "s" and fallback is None and not after.isspace():
            fallback = mark
    return fallback
