"""Standing alone: whether a question is understood by somebody who has not read the article."""

import re

from qa.evaluation.drafting.named import Named
from qa.lexicon import words
from qa.reading.word_forms import WORD

_FEWEST, _MOST = 5, 26  # words of a question
_TEXTS = re.compile(r"\b(?:the|this|that) (?:article|story|passages?|text|author|writer)\b(?! “)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”")
_TAKEN_UP = re.compile(r"\bones?\b(?! of\b)", re.IGNORECASE)


def is_alone(question: str, named: Named) -> bool:
    """Whether it is one question of sensible length that names something, all in full, and points at nothing outside.

    What stands inside quotation marks is not looked at, and names enough.
    """
    quotes = bool(_QUOTED.search(question))
    bare = _QUOTED.sub("", question)
    found = [word.lower().split("'")[0].split("’")[0] for word in WORD.findall(bare)]
    if not (quotes or len(found) >= _FEWEST) or len(WORD.findall(question)) > _MOST or question.count("?") != 1:
        return False
    if any(word in words("referring_words") for word in found) or _TEXTS.search(question) or _TAKEN_UP.search(bare):
        return False
    return quotes or (_names_something(bare, named.full) and not _is_cut(bare, named))


def _names_something(question: str, names: frozenset[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question) for name in names)


def _is_cut(question: str, named: Named) -> bool:
    """Whether somebody is called by a surname alone."""
    for last, full in named.surnames.items():
        rest = question
        for name in full:
            rest = rest.replace(name, "")
        if re.search(rf"(?<!\w){re.escape(last)}(?!\w)", rest):
            return True
    return False
