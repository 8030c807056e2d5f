"""Sentences of a text, as spans."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import segment

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*\Z")
_GOES_ON = re.compile(r"\s*[a-z,;)]")

# A text whose lines are this long and unfinished was wrapped by hand: its line ends mean nothing.
_WRAP_MIN, _WRAP_MAX = 55, 90


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, in order, without the white space around them.

    Every character that is not white space lies in exactly one span. A quotation of several sentences stays
    one span where the marks are balanced, so that nothing that uses the spans cuts into it.
    """
    return tuple(span for block in _blocks(text) for span in _split(text, block))


def _split(text: str, block: Span) -> Iterator[Span]:
    position = block[0]
    for sentence in segment("en", text[block[0] : block[1]]):
        trimmed = sentence.strip()
        if trimmed:
            start = position + sentence.index(trimmed)
            yield start, start + len(trimmed)
        position += len(sentence)


def _blocks(text: str) -> Iterator[Span]:
    """Stretches between line ends that end a sentence: headings and list items have no full stop."""
    lines = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    wrapped = _is_wrapped([text[start:end] for start, end in lines])
    start = 0
    for (_, end), (next_start, next_end) in pairwise([*lines, (len(text), len(text))]):
        if _ends_block(text[start:end], text[next_start:next_end], wrapped=wrapped):
            yield start, end
            start = end


def _ends_block(block: str, next_line: str, *, wrapped: bool) -> bool:
    if not next_line.strip():
        return True
    if _GOES_ON.match(next_line):
        return False
    return not wrapped or bool(_ENDS_SENTENCE.search(block))


def _is_wrapped(lines: list[str]) -> bool:
    lengths = [len(line.rstrip()) for line, following in pairwise(lines) if following.strip()]
    inner = [length for length in lengths if length]
    narrow = [length for length in inner if _WRAP_MIN <= length <= _WRAP_MAX]
    return len(inner) >= 4 and len(narrow) >= 0.7 * len(inner)
