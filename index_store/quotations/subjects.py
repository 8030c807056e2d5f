"""Subjects: the noun phrase that stands beside a verb of speech."""

import re

from index_store.quotations.phrases import (
    ADVERBS,
    LAST_WORD,
    ROLES,
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
_AGO = re.compile(
    r"\s+(?:(?:less|more) than\s+)?(?:[\w-]+\s+){1,2}ago$"
    r"|\s+(?:last|this|late|early)\s+\w+(?:\s+night)?$"
    r"|\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:night|morning|afternoon|evening))?$"
)
_WHO = re.compile(r"\bwho$")
_INFINITIVE = re.compile(r"\bto\s+[a-z]+\s+$")
_VERB_FOLLOWS = re.compile(r"\s+(?:was|has|had|is|[a-z]+ed)\s")
_MAX_PHRASES = 4  # prepositional phrases between a subject and its verb
_MAX_COMMAS = 12  # tried; a list of more is no apposition


def subject_before(reading: Reading, start: int, end: int) -> Subject | None:
    """The subject of a verb that begins at `end`, sought back to `start`; None where none stands beside it."""
    end = skip_adverbs(reading.masked, start, end)
    if end <= start:
        return None
    last = reading.masked[end - 1]
    if last in ",—–-)":
        return _before_apposition(reading, start, end)
    end = _skip_ago(masked := reading.masked, start, end)
    if before_who := _before_who(reading, start, end):
        return before_who
    for _ in range(_MAX_PHRASES):
        found = phrase_ending(reading, start, end)
        if found is None or not is_object(masked, start, found.start):
            return found or _before_relative(reading, start, end)
        # "the mayor on Tuesday (said)": the phrase belongs to a preposition, the subject stands before it
        edge = LAST_WORD.search(masked, max(start, found.start - 30), rstrip(masked, start, found.start))
        end = skip_adverbs(masked, start, edge.start() if edge else start)
        if end <= start:
            return None
        if masked[end - 1] == ",":
            return _before_apposition(reading, start, end)
    return None


def _before_who(reading: Reading, start: int, end: int) -> Subject | None:
    """Whom the "who" at `end` stands for, whatever governs them: "with lawmakers who (said)"."""
    found = phrase_ending(reading, start, end) if _WHO.search(reading.masked, max(start, end - 5), end) else None
    mention = reading.people.ending_at(found.end) if found else None
    is_nobody = mention is not None and (mention.entry.is_group or not mention.entry.is_sure)
    return None if is_nobody else found  # "a professor at the University of Norland who (said)"


def _skip_ago(masked: str, start: int, end: int) -> int:
    ago = _AGO.search(masked, max(start, end - 40), end)
    return ago.start() if ago else end


def first_subject(reading: Reading, start: int, end: int) -> Subject | None:
    """The first phrase of a sentence that may be its subject: no object of a preposition, no possessor."""
    masked = reading.masked
    opening = _OPENING_PHRASE.match(masked, start, end)
    opens = Subject(opening.start(1), opening.end(1)) if opening and is_head(opening[2].lower()) else None
    candidates = [(mention.start, mention.end) for mention in reading.people.between(start, end)]
    candidates += [match.span() for match in _PRONOUN.finditer(masked, start, end)]
    for begin, finish in sorted(candidates):
        if opens and begin > opens.end and _VERB_FOLLOWS.match(masked, opens.end):
            return opens  # "The spokesman refused to say when Doe"
        governed = is_object(masked, start, begin) or _INFINITIVE.search(masked, max(start, begin - 30), begin)
        if begin >= start and not governed and masked[finish : finish + 1] not in ("’", "'"):
            return Subject(begin, finish)
    return opens


def skip_adverbs(masked: str, start: int, end: int) -> int:
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
