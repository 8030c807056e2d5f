"""The subject after an inverted verb: "said the official", "said spokesman Jim Doe"."""

import re

from index_store.quotations.people import Mention
from index_store.quotations.phrases import (
    DETERMINERS,
    MAX_WORDS,
    PREPOSITIONS,
    QUANTIFIERS,
    STOPS,
    SUBJECT_PRONOUNS,
    Subject,
    is_head,
)
from index_store.quotations.reading import Reading

_POSSESSED = re.compile(r"['’]s?\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+(?=[,.;:]|\s+(?:who|in|on|at|during|after)\b|$)")
_COMPLEMENT = re.compile(r"\s+(?:to|of|for|with|from|at)\s+(?:the\s+)?")
_DESCRIBED = re.compile(r"[ \xa0]([a-z]+)\b(?![’'])")
_DESCRIBING = re.compile(r"[ \xa0]((?:[a-z][\w-]*[ \xa0]){1,3})(?=[A-Z])")
_OFFICE = re.compile(r" of (?:the )?(?:[a-z]+ ){1,3}(?=[A-Z])")
_SECOND_ROLE = re.compile(r"\.? and ")
_NAME_FOLLOWS = re.compile(r",\s+(?=[A-Z])")
_PHRASE_WORD = re.compile(r"[\w’'&%-]+")


def subject_after(reading: Reading, position: int, end: int) -> Subject | None:
    """The subject that follows an inverted verb: "said the official", "said spokesman Jim Doe"."""
    masked = reading.masked
    while position < end and masked[position] in " \xa0\n":
        position += 1
    begin, taken, finish, head = position, 0, position, ""
    for word in _PHRASE_WORD.finditer(masked, position, end):
        lower = word[0].lower()
        gap = masked[finish : word.start()] if word.start() >= finish else ""
        if gap.strip(" \xa0\n") or taken > MAX_WORDS:
            break
        if word.start() < finish:
            continue
        mention = reading.people.starting_at(word.start())
        if mention is not None and mention.end <= end:
            described = _DESCRIBED.match(masked, mention.end, end)
            if described is None or not is_head(described[1]):
                further = _described(reading, mention.end, end)
                return further or _after_name(reading, begin, mention.end, end)
            head, finish, taken = described[1], described.end(), taken + 1
            continue
        if taken == 0 and lower in SUBJECT_PRONOUNS:
            return Subject(word.start(), word.end())
        if lower in STOPS or lower in PREPOSITIONS:
            break
        head, finish, taken = lower, word.end(), taken + 1
    return _nominal(reading, Subject(begin, finish), end, head) if taken else None


def _nominal(reading: Reading, phrase: Subject, end: int, head: str) -> Subject | None:
    """A phrase without a name in it, or the name that follows it: "his wife, Jane Doe"."""
    parts = reading.masked[phrase.start : phrase.end].lower().split()
    named = _NAME_FOLLOWS.match(reading.masked, phrase.end, end)
    mention = reading.people.starting_at(named.end()) if named and is_head(head) else None
    if mention is None and parts[0] not in DETERMINERS:
        mention = _holder(reading, phrase.end, end)
    if mention is not None:
        return Subject(mention.start, mention.end)
    if (parts[0] in DETERMINERS and len(parts) > 1) or parts[0] in QUANTIFIERS or is_head(head):
        return _with_complement(reading, phrase, end)
    return None


def _described(reading: Reading, position: int, end: int) -> Subject | None:
    """The full name that another name and a noun describe: "Hale constituent Jim Doe"."""
    between = _DESCRIBING.match(reading.masked, position, end)
    if between is None or any(_is_no_noun(word) for word in between[1].split()):
        return None
    mention = reading.people.starting_at(between.end())
    return Subject(mention.start, mention.end) if mention and mention.entry.given else None


def _is_no_noun(word: str) -> bool:
    return word in STOPS or word in PREPOSITIONS or word.endswith(("ing", "ed"))


def _holder(reading: Reading, position: int, end: int) -> Mention | None:
    """The name after the rest of an office: "secretary (of state Jim Doe)", "former Gov(. and Chairman Jim Doe)"."""
    if office := _OFFICE.match(reading.masked, position, end):
        mention = reading.people.starting_at(office.end())
        return mention if mention and mention.entry.given else None
    second = _SECOND_ROLE.match(reading.masked, position, end)
    mention = reading.people.starting_at(second.end()) if second else None
    return mention if mention and mention.start < mention.name_start else None


def _with_complement(reading: Reading, subject: Subject, end: int) -> Subject:
    """Widened over a name that follows: "an adviser to Doe"."""
    link = _COMPLEMENT.match(reading.masked, subject.end, end)
    mention = reading.people.starting_at(link.end()) if link else None
    return Subject(subject.start, mention.end) if mention and mention.end <= end else subject


def _after_name(reading: Reading, begin: int, end: int, limit: int) -> Subject:
    """A name, or what it owns: "Jim Doe's spokesman", "Jim Doe's spokesman, Ann Roe"."""
    masked = reading.masked
    owned = _POSSESSED.match(masked, end, limit)
    if owned is None:
        return Subject(begin, end)
    named = _NAME_FOLLOWS.match(masked, owned.end(), limit)
    mention = reading.people.starting_at(named.end()) if named else None
    return Subject(mention.start, mention.end) if mention else Subject(begin, owned.end())
