"""Kinds of saying: a denial is not a promise, whatever words it is told in."""

import re
from functools import cache

from index_store.catalog import StoredQuotation
from qa.lexicon import entries

DENIAL = "deny"
_DEEDS = frozenset({"demand", "call-for", "offer", "propose", "refuse"})
_NEGATIONS = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|nor|neither|untrue|false|lie|lies|nonsense|cannot)\b|n[’']t\b",
    re.IGNORECASE,
)


def kind_of(verb: str) -> str:
    """The kind that a form of a verb names, by its base form; empty for verbs of plain saying."""
    return _kinds().get(verb.lower().replace(" ", "-"), "")


def is_deed(kind: str) -> bool:
    """Whether a kind is told of what somebody did as often as of what they said: "offered 500 crowns"."""
    return kind in _DEEDS


def is_told_as(stored: StoredQuotation, kind: str) -> bool:
    """Whether the article introduces the words with a verb of that kind."""
    return bool(kind) and kind_of(stored.quotation.verb) == kind


def may_deny(words: str) -> bool:
    """Whether these words deny anything."""
    return _NEGATIONS.search(words) is not None


@cache
def _kinds() -> dict[str, str]:
    return {form: forms[0] for forms in entries("speech_kinds") for form in forms}
