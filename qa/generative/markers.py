"""Citation markers in what a model writes: `[1]`, `[1, 2]`, `[1][2]`, `【1】`, `[2-4]`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MOST = 99  # numbers above it are no passage: "[2024]" is a year
_OPEN, _CLOSE = r"[\[［【]{1,2}", r"[\]］】]"
_NUMBER = r"\d{1,2}"
_PART = rf"\^?{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?"
_MARKER = re.compile(rf"{_OPEN}\s*({_PART}(?:\s*[,;，、]\s*{_PART})*)(?:†[^\]］】\[［【]*)?\s*{_CLOSE}{{1,2}}(?!\()")
# What may still become a marker, or stop being one: "[1](" is a link.
_PARTIAL = re.compile(rf"{_OPEN}[\s\d,;，、^–—-]*(?:†[^\]］】\[［【]*)?{_CLOSE}{{0,2}}\Z")
_LONGEST = 60  # characters; what stays open longer is no marker
_RANGE = re.compile(rf"({_NUMBER})\s*[-–—]\s*({_NUMBER})")


@dataclass(frozen=True, slots=True)
class Text:
    """Words between markers, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Passage numbers as the model wrote them, in its order, each once."""

    numbers: tuple[int, ...]


class MarkerReader:
    """Tells markers from text in a reply that comes in pieces; what may be half a marker is held back."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> Iterator[Text | Marker]:
        """What is certain after one more piece."""
        self._held += piece
        partial = _PARTIAL.search(self._held, max(0, len(self._held) - _LONGEST))
        certain = partial.start() if partial else len(self._held)
        ready, self._held = self._held[:certain], self._held[certain:]
        yield from read_markers(ready)

    def finish(self) -> Iterator[Text | Marker]:
        """What was held back, now that nothing follows."""
        ready, self._held = self._held, ""
        yield from read_markers(ready)


def read_markers(text: str) -> Iterator[Text | Marker]:
    """The text and the markers of `text` in their order; "[2024]", "[sic]" and "[0]" are text."""
    position = 0
    for match in _MARKER.finditer(text):
        numbers = _numbers(match[1])
        if not numbers:
            continue
        if match.start() > position:
            yield Text(text[position : match.start()])
        yield Marker(numbers)
        position = match.end()
    if position < len(text):
        yield Text(text[position:])


def _numbers(listed: str) -> tuple[int, ...]:
    """The numbers of "1, 3-5"; empty when it can be no list of passages: "[5-2]", "[0]"."""
    found: list[int] = []
    for part in re.split(r"[,;，、]", listed):
        span = _RANGE.search(part)
        first, last = (int(span[1]), int(span[2])) if span else (int(part.strip(" ^")),) * 2
        if not 1 <= first <= last <= _MOST:
            return ()
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))
