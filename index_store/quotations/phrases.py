"""Noun phrases that may be a source: a pronoun, a name, "the official", "a spokesman for the board"."""

import re
from dataclasses import dataclass

from index_store.quotations.layout import CLOSE, INSIDE, OPEN
from index_store.quotations.lexicon import entries, genders, words
from index_store.quotations.reading import SPEECH_VERBS, Reading

ADVERBS = words("adverbs")
PREPOSITIONS = words("prepositions")
DETERMINERS = words("determiners")
QUANTIFIERS = words("quantifiers")
ROLES = genders("roles")
SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it"})
STOPS = words("conjunctions") | ADVERBS | SUBJECT_PRONOUNS | {"who", "which", "whom", "whose", "to", "not"}
LAST_WORD = re.compile(r"[\w’'&.%-]+$")

_GOVERNING = PREPOSITIONS - {"as", "since", "until", "before", "after"}  # those may be conjunctions
_ADJECTIVES = words("not_names_roles")
_GROUPS = entries("groups")
_RELATIVES = frozenset({"who", "which"})
_POSTMODIFIER = frozenset({"of", "for", "from", "at", "with", "in", "on", "to", "behind", "close", "about", "by"})
_ABBREVIATION = re.compile(r"^(?:[A-Z]\.)+$")
_CONTRACTED = re.compile(r"(he|she|they|i|we)['’](?:s|d|re|ve|m|ll)$")
_OWNER = re.compile(r"([\w-]+)[’']s?\s")
MAX_WORDS = 9  # of a phrase


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase: `text[start:end]`."""

    start: int
    end: int


def phrase_ending(reading: Reading, start: int, end: int) -> Subject | None:
    """The noun phrase that ends here: a pronoun, a name, "the official", "a spokesman for the board"."""
    masked = reading.masked
    last = LAST_WORD.search(masked, max(start, end - 40), end)
    if last is None:
        return None
    lower = last[0].lower()
    if lower in QUANTIFIERS:
        return Subject(last.start(), end)
    contracted = _CONTRACTED.match(lower)
    if contracted:  # "he's (saying)"
        return Subject(last.start(), last.start() + len(contracted[1]))
    if lower in SUBJECT_PRONOUNS:
        return Subject(last.start(), end)
    if lower in _RELATIVES:
        return antecedent(reading, start, last.start())
    if lower in STOPS or lower in PREPOSITIONS:
        return None
    mention = reading.people.ending_at(end)
    named = mention is not None and mention.start >= start
    begin = _with_determiner(masked, start, mention.start) if mention and named else _nominal_start(masked, start, end)
    if begin is None:
        return None
    person = None if named else reading.people.starting_at(begin)
    if person and person.entry.is_sure and masked[person.end : end].startswith(" ") and not _may_speak(lower):
        return Subject(person.start, person.end)  # "Jim Doe held (up a sign saying)"
    return _with_postmodifier(reading, start, _with_owner(reading, start, begin), end)


def _with_owner(reading: Reading, start: int, begin: int) -> int:
    """Where the name begins that "Doe's lawyer" begins with: "Jim Doe's lawyer"."""
    owner = _OWNER.match(reading.masked, begin)
    mention = reading.people.ending_at(owner.end(1)) if owner else None
    return max(start, mention.start) if mention else begin


def antecedent(reading: Reading, start: int, end: int) -> Subject | None:
    """The phrase before "who" at `end`; of "Jim Doe, the governor of Ohio, who" the name."""
    masked = reading.masked
    end = rstrip(masked, start, end)
    while end > start and masked[end - 1] in ",—–-":
        end = rstrip(masked, start, end - 1)
    if end <= start:
        return None
    found = phrase_ending(reading, start, end)
    if found is None:
        return None
    comma = masked.rfind(",", start, found.start)
    # "Jim Doe, the governor of Ohio, who ...": the apposition goes with the name before it
    if comma >= 0 and found.start - comma <= 2 and (head := reading.people.ending_at(rstrip(masked, start, comma))):
        return Subject(max(head.start, start), head.end)
    return found


def is_object(masked: str, start: int, position: int) -> bool:
    """Whether a preposition governs what begins here: "of (the Great) Recession", "of (the Nurses') Guild"."""
    for _ in range(3):
        position = rstrip(masked, start, position)
        before = LAST_WORD.search(masked, max(start, position - 20), position)
        if before is None:
            return False
        lower = before[0].lower()
        if lower in _GOVERNING:
            return True
        if lower not in DETERMINERS and lower not in _ADJECTIVES and not lower.endswith(("’s", "'s", "s’", "s'")):
            return False
        position = before.start()
    return False


def rstrip(masked: str, start: int, end: int) -> int:
    """Where a stretch ends without the white space at its end."""
    while end > start and masked[end - 1].isspace():
        end -= 1
    return end


def _nominal_start(masked: str, start: int, end: int) -> int | None:
    """Where "the senior official", "prosecutors" or "one aide" begins; None where no such phrase ends here."""
    position, taken = end, 0
    begin: int | None = None
    head = ""
    while taken < MAX_WORDS:
        word = LAST_WORD.search(masked, max(start, position - 30), position)
        if word is None or (taken and masked[position - 1] in ".," and not _ABBREVIATION.search(word[0])):
            break
        lower = word[0].lower()
        if lower in DETERMINERS:
            begin = word.start()
            if head:
                return begin
            break
        if lower in STOPS or lower in PREPOSITIONS or (lower in SPEECH_VERBS and lower not in ROLES and taken):
            break
        head = head or lower
        begin = word.start()
        taken += 1
        position = rstrip(masked, start, begin)
        if lower.endswith(("’s", "'s")) and taken > 1:
            return _with_determiner(masked, start, begin)
        if position <= start or masked[position - 1] in f",;:—–(){OPEN}{CLOSE}{INSIDE}":
            break
    if not head or begin is None:
        return None
    return begin if _may_speak(head) or masked[begin].isupper() else None


def _may_speak(head: str) -> bool:
    """Whether a noun without an article may be a source: "officials", "police", a role."""
    return head.endswith("s") or head in ROLES or head in _GROUPS


def _with_determiner(masked: str, start: int, begin: int) -> int:
    before = LAST_WORD.search(masked, max(start, begin - 12), rstrip(masked, start, begin))
    return before.start() if before and before[0].lower() in DETERMINERS else begin


def _with_postmodifier(reading: Reading, start: int, begin: int, end: int) -> Subject:
    """Widened to the head of "a spokesman for the board", "people close to him"."""
    masked = reading.masked
    for _ in range(3):
        edge = rstrip(masked, start, begin)
        word = LAST_WORD.search(masked, max(start, edge - 12), edge)
        if word is None or word[0].lower() not in _POSTMODIFIER:
            break
        edge = rstrip(masked, start, word.start())
        mention = reading.people.ending_at(edge)
        head = LAST_WORD.search(masked, max(start, edge - 30), edge)
        if mention is None and head and not is_head(head[0].lower()):  # "people close to", "a source familiar with"
            edge = rstrip(masked, start, head.start())
            head = LAST_WORD.search(masked, max(start, edge - 30), edge)
        if mention is not None and mention.entry.is_sure and mention.start >= start:
            begin = mention.start
        elif head and is_head(head[0].lower()) and (wider := _nominal_start(masked, start, edge)) is not None:
            begin = wider
        else:
            break
    return Subject(begin, end)


def is_head(word: str) -> bool:
    """Whether a noun names a person's role or an organisation."""
    return word in ROLES or word.rstrip("s") in ROLES or word in _GROUPS or word.rstrip("s") in _GROUPS
