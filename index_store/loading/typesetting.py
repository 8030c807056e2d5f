"""Typesetting undone: from the lines of printed pages back to paragraphs."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print; lengths are in points, `y` grows upwards."""

    text: str
    x: float  # where it begins
    y: float
    size: float  # of the type


Page = tuple[Line, ...]

_EDGE_LINES = 2  # looked at, above and below, for what is repeated on the pages
_REPEATED_SHARE = 0.4  # of the pages; left and right pages may have heads of their own
_WIDER_GAP = 1.3  # times the usual distance of lines: a paragraph begins
_OTHER_SIZE = 1.1  # times the size of type before, or its inverse: a heading begins or ends
_INDENT = 0.7  # times the size of type
_SHORT = 0.75  # of the usual number of characters, after the end of a sentence: a paragraph has ended
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-\u2010\u00ad]$")


def without_repeated(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages without the lines at head and foot that come again on others, whatever number is in them."""
    seen = Counter(head for page in pages for head in {_pattern(line) for line in _edges(page)})
    needed = max(2, _REPEATED_SHARE * len(pages))
    repeated = {pattern for pattern, count in seen.items() if count >= needed}
    return tuple(_without(page, repeated) for page in pages)


def paragraphs(pages: Sequence[Page]) -> Iterator[str]:
    """The paragraphs in the order of the lines, over columns and pages, words divided at line ends made whole."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    gap, width = _usual_gap(pages), statistics.median(len(line.text) for line in lines)
    words = Counter(_words(lines))
    paragraph = lines[0].text
    for before, line in pairwise(lines):
        if _begins_paragraph(before, line, gap, width):
            yield paragraph
            paragraph = line.text
        else:
            paragraph = _join(paragraph, line.text, words)
    yield paragraph


def headline(page: Page) -> str:
    """The lines of the largest type, if it is larger than the usual one and they follow each other; else nothing."""
    usual = statistics.median(line.size for line in page for _ in line.text)
    largest = max(line.size for line in page)
    at = [number for number, line in enumerate(page) if line.size > largest / _OTHER_SIZE]
    if largest < usual * 1.2 or at[-1] - at[0] != len(at) - 1:
        return ""
    return " ".join(page[number].text for number in at)


def _edges(page: Page) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.y)
    return by_height[:_EDGE_LINES] + by_height[max(_EDGE_LINES, len(by_height) - _EDGE_LINES) :]


def _without(page: Page, repeated: set[str]) -> Page:
    dropped = {id(line) for line in _edges(page) if _pattern(line) in repeated}
    return tuple(line for line in page if id(line) not in dropped)


def _pattern(line: Line) -> str:
    return _NUMBER.sub("#", " ".join(line.text.casefold().split()))


def _usual_gap(pages: Sequence[Page]) -> float:
    gaps = [before.y - line.y for page in pages for before, line in pairwise(page) if before.y > line.y]
    return statistics.median(gaps) if gaps else 0.0


def _begins_paragraph(before: Line, line: Line, gap: float, width: float) -> bool:
    if not 1 / _OTHER_SIZE < line.size / before.size < _OTHER_SIZE:
        return True
    is_sentence_end = bool(_SENTENCE_END.search(before.text))
    if line.y >= before.y:  # another column or page: the paragraph goes on unless a sentence ended
        return is_sentence_end and not line.text[0].islower()
    if before.y - line.y > _WIDER_GAP * gap or line.x - before.x > _INDENT * line.size:
        return True
    return is_sentence_end and len(before.text) < _SHORT * width


def _words(lines: Iterable[Line]) -> Iterator[str]:
    """The words that stand within a line, from which it is known how a divided one is written."""
    for line in lines:
        yield from re.findall(r"[\w-]+", line.text.casefold())[:-1]


def _join(text: str, line: str, words: Counter[str]) -> str:
    if not (_HYPHENATED.search(text) and line[0].islower()):
        return f"{text} {line}"
    if text[-1] == "-" and _is_compound(text, line, words):
        return text + line
    return text[:-1] + line


def _is_compound(text: str, line: str, words: Counter[str]) -> bool:
    """Whether the hyphen is the word's own: elsewhere it is written with one, and not without."""
    first, second = re.findall(r"[\w-]+$", text.casefold())[0], re.findall(r"^[\w-]+", line.casefold())[0]
    return words[first + second] > words[first[:-1] + second]
