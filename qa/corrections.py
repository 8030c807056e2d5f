"""Corrections: sentences of an article that take back what it said before."""

import re

_RETRACTION = re.compile(
    r"\b(?:earlier|previous|original) (?:version|report|story|article)\b|^\W*(?:correction|clarification)s?\b"
    r"|\bthis (?:article|story|report) (?:was|has been) (?:corrected|amended|updated)\b",
    re.IGNORECASE,
)


def is_retraction(text: str) -> bool:
    """Whether a sentence is part of a notice of correction, or a question asks about one."""
    return bool(_RETRACTION.search(text))
