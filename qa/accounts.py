"""Accounts: questions that a sentence and the next may answer together."""

import re

from qa.reasons import asks_for_reason

_ASKS_HOW = re.compile(r"\bhow (?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|to)\b", re.IGNORECASE)


def asks_for_account(question: str) -> bool:
    """Whether a question wants to know why or in what manner something happened."""
    return bool(asks_for_reason(question) or _ASKS_HOW.search(question))
