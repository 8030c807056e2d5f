"""Reasons: whether a sentence tells why an event happened, or only what it led to."""

import re
from enum import Enum
from functools import cache

from qa.events import AskedEvent
from qa.lexicon import entries

_ASKS_WHY = re.compile(r"\bwhy\b|\bwhat (?:caused|prompted|triggered|led to|was the (?:cause|reason))\b", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[,;:.!?–—]|\b(?:and|but)\b")


class Reason(Enum):
    """What a sentence that tells of an event says of its reason."""

    GIVEN = "given"
    NONE = "none"
    TURNED = "turned"  # the event is itself the reason of something else: "With the bridge closed, …"


def asks_for_reason(question: str) -> bool:
    """Whether a question wants to know why something happened."""
    return bool(_ASKS_WHY.search(question))


def reason_in(text: str, event: AskedEvent) -> Reason:
    """What `text` says of the reason of `event`, by where the words that introduce reasons stand."""
    mentions = event.mentions(text)
    if not mentions:
        return Reason.NONE
    if any(_links().search(text, end) for _, end in mentions):
        return Reason.GIVEN
    return Reason.TURNED if all(_follows_link(text, start) for start, _ in mentions) else Reason.NONE


def _follows_link(text: str, start: int) -> bool:
    """Whether the clause that a word at `start` stands in is introduced as a reason."""
    clause = max((end.end() for end in _CLAUSE_ENDS.finditer(text, 0, start)), default=0)
    return bool(_links().search(text, clause, start))


@cache
def _links() -> re.Pattern[str]:
    listed = sorted((" ".join(entry) for entry in entries("reason_links")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)
