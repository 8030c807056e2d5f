"""Offices that a text tells somebody to have come into: "Ada Oake became deputy mayor on Monday"."""

import re

from index_store.quotations.lexicon import entries, genders, words

_TAKING = "|".join(sorted(entries("taking_office"), key=len, reverse=True))
_TAKEN = re.compile(rf"(?:, \d{{1,3}},)? (?:{_TAKING}) (?P<office>[^,;:.()“”\"\n\x02\x03]+)(?P<rest>[^.;\n]*)")
_ENDS = re.compile(
    r" (?:on|after|before|by|with|when|while|in|at|from|since|following|during|who|that|which|and|but|to|last|this)\b"
)
_HEAD_ENDS = re.compile(r" (?:of|for)\b")
_NOT_NOW = re.compile(r"\b(?:before|until|when|if|would|could|might|once|first|\d{4})\b")
_ROLES = genders("roles")
_DETERMINERS = words("determiners")
_REACH = 40  # characters before the name in which a word may say that it is long past or only supposed


def office_taken(text: str, start: int, end: int) -> str:
    """The office that whoever is named by `text[start:end]` takes there, as written; empty where they take none.

    One taken in a year that the sentence names may have been left since.
    """
    taken = _TAKEN.match(text, end)
    if taken is None:
        return ""
    before = re.split(r"[.;\n]", text[max(0, start - _REACH) : start])[-1]
    if any(_NOT_NOW.search(part) for part in (before.lower(), taken["office"], taken["rest"])):
        return ""
    office = " ".join(word for word in _ENDS.split(taken["office"])[0].split() if word.lower() not in _DETERMINERS)
    head = _HEAD_ENDS.split(office)[0].split()[-1:]
    return office if head and head[0].lower() in _ROLES else ""
