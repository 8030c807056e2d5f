"""The stretch of an article shown around a cited passage."""

import re

_CONTEXT_CHARS = 400  # about a paragraph either side
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n\s*")
_WORD_END = re.compile(r"\s+")


def surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the passage with the paragraphs it lies in, and about one more on either side.

    A paragraph too long to show whole is cut between two words.
    """
    return _reach_back(text, start), _reach_on(text, end)


def paragraph_breaks(text: str) -> re.Pattern[str]:
    """What separates the paragraphs of this text: blank lines where it has any, else line ends."""
    return _BLANK_LINE if _BLANK_LINE.search(text) else _LINE_END


def _reach_back(text: str, start: int) -> int:
    floor = max(0, start - _CONTEXT_CHARS)
    if floor == 0:
        return 0
    opening = paragraph_breaks(text).search(text, floor, start) or _WORD_END.search(text, floor, start)
    return opening.end() if opening else floor


def _reach_on(text: str, end: int) -> int:
    ceiling = min(len(text), end + _CONTEXT_CHARS)
    if ceiling == len(text):
        return ceiling
    breaks = list(paragraph_breaks(text).finditer(text, end, ceiling)) or list(_WORD_END.finditer(text, end, ceiling))
    return breaks[-1].start() if breaks else ceiling
