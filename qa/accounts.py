"""Accounts: questions that a sentence and the next may answer together."""

import re

_ASKS_WHY = re.compile(r"\bwhy\b|\bwhat (?:caused|prompted|triggered|led to|was the (?:cause|reason))\b", re.IGNORECASE)
_ASKS_HOW = re.compile(r"\bhow (?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|to)\b", re.IGNORECASE)


def asks_for_account(question: str) -> bool:
    """Whether a question wants to know why or in what manner something happened."""
    return bool(_ASKS_WHY.search(question) or _ASKS_HOW.search(question))
