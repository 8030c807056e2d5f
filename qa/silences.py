"""Silences: sentences that say outright that something is not known or not told."""

import re

# What stands before the question word of what is not known or told: "did not say (how many)", "it is unclear (who)".
NOT_KNOWN = r"(?:\b(?:not|never|nobody|declined|refused|unclear|unknown)|n['’]t)\b[^.;:,]{0,30}?"
_ASKING = r"(how many|how much|how|who|when|where|why)\b"
_ASKED = re.compile(rf"(?:and |but |so )?{_ASKING}", re.IGNORECASE)
_OPEN = re.compile(rf"{NOT_KNOWN}\b{_ASKING}", re.IGNORECASE)


def leaves_open(text: str, question: str) -> bool:
    """Whether a text says that what the question asks is not known or told: "did not say when"."""
    asked = _ASKED.match(question)
    return asked is not None and any(found[1].lower() == asked[1].lower() for found in _OPEN.finditer(text))
