"""Parties: the several speakers that one question names."""

import re

from index_store.quotations import lexicon
from qa.speech.roles import is_nationality, read_role

_BETWEEN = re.compile(r"(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+)", re.IGNORECASE)
_OWNED = re.compile(r"^(?:his|her|their|its)\b", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|for)\b", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|a|an|his|her|their|its|some)\b", re.IGNORECASE)
_MOST = 4


def named_parties(speaker: str) -> tuple[str, ...]:
    """Each of "Oake and the mayor" by itself; what may be one name, as "the Ministry of Roads and Rails", stays whole.

    "Oake and her deputy" are Oake and Oake's deputy.
    """
    parts = [part.strip() for part in _BETWEEN.split(speaker)]
    if not 1 < len(parts) <= _MOST or len({part.lower() for part in parts}) < len(parts):
        return (speaker,)
    tail = parts[-1].split()
    if is_nationality(parts[0]) and len(tail) > 1 and read_role(parts[-1]) and tail[-1].islower():
        return tuple(part if part is parts[-1] else f"{part} {tail[-1]}" for part in parts)
    for before, part in zip(["", *parts], parts, strict=False):
        if not _is_party(part) or (_OF.search(before) and not _begins_anew(part)):
            return (speaker,)
    return tuple(_OWNED.sub(f"{parts[0]}'s", part) if number else part for number, part in enumerate(parts))


def _is_party(part: str) -> bool:
    if not part:
        return False
    named = part.split()[-1][0].isupper()
    return named or _DETERMINER.match(part) is not None or read_role(part) is not None


def _begins_anew(part: str) -> bool:
    """Whether after "the head of Vell" a part is no second place: it has an article, or a known given name."""
    given = part.split()[0]
    names = lexicon.words("given_names_male") | lexicon.words("given_names_female")
    return _DETERMINER.match(part) is not None or (given in names and " " in part)
