"""Quoted words of an answer: do they stand in what it cites?"""

import re
from collections.abc import Iterable

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_MARKER = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_CLOSING = ",.;:!? "  # a sentence may end inside its quotation marks where the article's goes on


def quoted_in(answer: str) -> tuple[str, ...]:
    """What stands between a pair of double quotation marks, in order; a mark without its partner quotes nothing."""
    found = (curly or straight for curly, straight in _QUOTED.findall(_MARKER.sub("", answer)))
    return tuple(text for text in found if text.strip(_CLOSING))


def is_exact(quoted: str, quotes: Iterable[str]) -> bool:
    """Whether `quoted` occurs, letter by letter, in one of the cited quotes.

    Runs of whitespace count as one space, and punctuation at its end is left out.
    """
    wanted = _folded(quoted).rstrip(_CLOSING)
    return any(wanted in _folded(quote) for quote in quotes)


def _folded(text: str) -> str:
    return " ".join(text.split())
