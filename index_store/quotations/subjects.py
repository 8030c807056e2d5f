"""Subjects: the noun phrase that stands beside a verb of speech."""

import re

from index_store.quotations.phrases import (
    ADVERBS,
    DETERMINERS,
    LAST_WORD,
    MAX_WORDS,
    PREPOSITIONS,
    QUANTIFIERS,
    ROLES,
    STOPS,
    SUBJECT_PRONOUNS,
    Subject,
    antecedent,
    is_head,
    is_object,
    phrase_ending,
    rstrip,
)
from index_store.quotations.reading import Reading

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b(?![’'])")
_OPENING_PHRASE = re.compile(
    r"\W{0,3}((?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w’'-]+\s){0,4}?([\w’'-]+))(?=\s)"
)
_POSSESSED = re.compile(r"['’]s?\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+(?=[,.;:]|\s+(?:who|in|on|at|during|after)\b|$)")
_COMPLEMENT = re.compile(r"\s+(?:to|of|for|with|from|at)\s+(?:the\s+)?")
_DESCRIBED = re.compile(r"[ \xa0]([a-z]+)\b(?![’'])")
_NAME_FOLLOWS = re.compile(r",\s+(?=[A-Z])")
_PHRASE_WORD = re.compile(r"[\w’'&%-]+")
_AGO = re.compile(
    r"\s+(?:(?:less|more) than\s+)?(?:[\w-]+\s+){1,2}ago$"
    r"|\s+(?:last|this|late|early)\s+\w+(?:\s+night)?$"
    r"|\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:night|morning|afternoon|evening))?$"
)
_MAX_PHRASES = 4  # prepositional phrases between a subject and its verb
_MAX_COMMAS = 12  # tried; a list of more is no apposition


def subject_before(reading: Reading, start: int, end: int) -> Subject | None:
    """The subject of a verb that begins at `end`, sought back to `start`; None where none stands beside it."""
    end = _skip_adverbs(reading.masked, start, end)
    if end <= start:
        return None
    last = reading.masked[end - 1]
    if last in ",—–-)":
        return _before_apposition(reading, start, end)
    end = _skip_ago(masked := reading.masked, start, end)
    for _ in range(_MAX_PHRASES):
        found = phrase_ending(reading, start, end)
        if found is None or not is_object(masked, start, found.start):
            return found or _before_relative(reading, start, end)
        # "the mayor on Tuesday (said)": the phrase belongs to a preposition, the subject stands before it
        edge = LAST_WORD.search(masked, max(start, found.start - 30), rstrip(masked, start, found.start))
        end = _skip_adverbs(masked, start, edge.start() if edge else start)
        if end <= start:
            return None
        if masked[end - 1] == ",":
            return _before_apposition(reading, start, end)
    return None


def _skip_ago(masked: str, start: int, end: int) -> int:
    ago = _AGO.search(masked, max(start, end - 40), end)
    return ago.start() if ago else end


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
                return _after_name(reading, begin, mention.end, end)
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
    if mention is not None:
        return Subject(mention.start, mention.end)
    if (parts[0] in DETERMINERS and len(parts) > 1) or parts[0] in QUANTIFIERS or is_head(head):
        return _with_complement(reading, phrase, end)
    return None


def first_subject(reading: Reading, start: int, end: int) -> Subject | None:
    """The first phrase of a sentence that may be its subject: no object of a preposition, no possessor."""
    masked = reading.masked
    candidates = [(mention.start, mention.end) for mention in reading.people.between(start, end)]
    candidates += [match.span() for match in _PRONOUN.finditer(masked, start, end)]
    for begin, finish in sorted(candidates):
        if begin >= start and not is_object(masked, start, begin) and masked[finish : finish + 1] not in ("’", "'"):
            return Subject(begin, finish)
    opening = _OPENING_PHRASE.match(masked, start, end)
    return Subject(opening.start(1), opening.end(1)) if opening and is_head(opening[2].lower()) else None


def _skip_adverbs(masked: str, start: int, end: int) -> int:
    """Where a subject must end for a verb at `end`: before auxiliaries, adverbs and white space."""
    while True:
        while end > start and masked[end - 1] in " \xa0\n":
            end -= 1
        word = LAST_WORD.search(masked, max(start, end - 20), end)
        if word is None:
            comma = end > start and masked[end - 1] == ","
            inner = LAST_WORD.search(masked, max(start, end - 21), end - 1) if comma else None
            if inner and inner[0].lower() in ("however", "though", "meanwhile", "too", "also"):
                end = inner.start()
                while end > start and masked[end - 1] in ", \n\xa0":
                    end -= 1
                continue
            return end
        lower = word[0].lower()
        if lower in ADVERBS or (lower.endswith("ly") and len(lower) > 4 and lower not in ROLES):
            end = word.start()
            continue
        return end


def _before_apposition(reading: Reading, start: int, end: int) -> Subject | None:
    """The head of "Jim Doe, a senator from Ohio, (said)", "the aide, who ..., (said)"."""
    masked = reading.masked
    comma = masked.find(",", start, end - 1)
    dash = -1
    if masked[end - 1] in "—–-":
        dash = max(
            masked.rfind("—", start, end - 1), masked.rfind("–", start, end - 1), masked.rfind("--", start, end - 2)
        )
    if masked[end - 1] == ")":
        comma = masked.rfind("(", start, end)
        return phrase_ending(reading, start, rstrip(masked, start, comma)) if comma > start else None
    if dash > start:
        return phrase_ending(reading, start, rstrip(masked, start, dash))
    first: Subject | None = None
    for _ in range(_MAX_COMMAS):
        if not 0 <= comma < end - 1:
            break
        head = phrase_ending(reading, start, rstrip(masked, start, comma))
        if head and not is_object(masked, start, head.start):
            if named := _named_apposition(reading, head, comma, end):
                return named
            if _is_person(reading, head):
                return head
            first = first or head
        comma = masked.find(",", comma + 1, end - 1)
    return first


def _is_person(reading: Reading, phrase: Subject) -> bool:
    """Whether a phrase surely speaks: a person's name, a pronoun or a role."""
    mention = reading.people.ending_at(phrase.end)
    last = reading.masked[phrase.start : phrase.end].lower().split()[-1]
    if mention is not None and mention.start <= phrase.start + 4:
        return mention.entry.is_sure
    return last in SUBJECT_PRONOUNS or is_head(last)


def _named_apposition(reading: Reading, head: Subject, comma: int, end: int) -> Subject | None:
    """The name in "his wife, Jane Doe, (said)"."""
    position = comma + 1
    while position < end and reading.masked[position].isspace():
        position += 1
    mention = reading.people.starting_at(position)
    before = reading.people.ending_at(head.end)
    if mention is None or (before is not None and before.start <= head.start + 4):
        return None
    closed = mention.end >= end - 1 or reading.masked.startswith(",", mention.end)  # "the mayor, Ada Oake, who …, said"
    return Subject(mention.start, mention.end) if closed else None


def _before_relative(reading: Reading, start: int, end: int) -> Subject | None:
    """The head of "the man who owns it (said)", as far as a name or role before "who" tells."""
    position = reading.masked.rfind(" who ", max(start, end - 90), end)
    return antecedent(reading, start, position + 1) if position > start else None


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
