"""Subjects: the noun phrase that stands beside a verb of speech."""

import re
from dataclasses import dataclass

from index_store.quotations.layout import CLOSE, INSIDE, OPEN
from index_store.quotations.lexicon import entries, genders, words
from index_store.quotations.reading import SPEECH_VERBS, Reading

_ADVERBS = words("adverbs")
_PREPOSITIONS = words("prepositions")
_GOVERNING = _PREPOSITIONS - {"as", "since", "until", "before", "after"}  # no conjunctions
_DETERMINERS = words("determiners")
_ADJECTIVES = words("not_names_roles")
_ROLES = genders("roles")
_GROUPS = entries("groups")
_SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it"})
_RELATIVES = frozenset({"who", "which"})
_QUANTIFIERS = frozenset({"several", "most", "some", "many", "others", "another", "one", "both", "few", "all", "none"})
_CLAUSE_WORDS = frozenset(
    {
        "and",
        "but",
        "or",
        "as",
        "that",
        "when",
        "while",
        "if",
        "because",
        "after",
        "before",
        "what",
        "where",
        "how",
        "than",
        "then",
        "so",
        "nor",
        "though",
        "although",
        "whether",
        "since",
        "until",
        "once",
        "yet",
    }
)
_STOPS = (
    _CLAUSE_WORDS
    | _ADVERBS
    | frozenset({"who", "which", "whom", "whose", "to", "not", "he", "she", "they", "i", "we", "it"})
)

_LAST = re.compile(r"[\w’'&.%-]+$")
_POSTMODIFIER = frozenset({"of", "for", "from", "at", "with", "in", "on", "to", "behind", "close", "about", "by"})
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b(?![’'])")
_OPENING_PHRASE = re.compile(
    r"\W*((?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w’'-]+\s){0,4}?([\w’'-]+))(?=\s)"
)
_POSSESSED = re.compile(r"['’]s?\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+(?=[,.;:]|\s+(?:who|in|on|at|during|after)\b|$)")
_COMPLEMENT = re.compile(r"\s+(?:to|of|for|with|from|at)\s+(?:the\s+)?")
_CONTRACTED = re.compile(r"(he|she|they|i|we)['’](?:s|d|re|ve|m|ll)$")
_DESCRIBED = re.compile(r"[ \xa0]([a-z]+)\b(?![’'])")
_NAME_FOLLOWS = re.compile(r",\s+(?=[A-Z])")
_PHRASE_WORD = re.compile(r"[\w’'&%-]+")
_AGO = re.compile(
    r"\s+(?:(?:less|more) than\s+)?(?:[\w-]+\s+){1,2}ago$|\s+(?:last|this|late|early)\s+\w+(?:\s+night)?$|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:night|morning|afternoon|evening))?$"
)
_MAX_PHRASES = 4
_MAX_WORDS = 9


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase: `text[start:end]`."""

    start: int
    end: int


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
        if found is None or not _is_object(masked, start, found.start):
            return found or _before_relative(reading, start, end)
        # "the mayor on Tuesday (said)": the phrase belongs to a preposition, the subject stands before it
        edge = _LAST.search(masked, max(start, found.start - 30), _rstrip(masked, start, found.start))
        end = _skip_adverbs(masked, start, edge.start() if edge else start)
        if end <= start:
            return None
        if masked[end - 1] == ",":
            return _before_apposition(reading, start, end)
    return None


def _skip_ago(masked: str, start: int, end: int) -> int:
    ago = _AGO.search(masked, max(start, end - 40), end)
    return ago.start() if ago else end


def phrase_ending(reading: Reading, start: int, end: int) -> Subject | None:
    """The noun phrase that ends here: a pronoun, a name, "the official", "a spokesman for the board"."""
    masked = reading.masked
    last = _LAST.search(masked, max(start, end - 40), end)
    if last is None:
        return None
    lower = last[0].lower()
    if lower in _QUANTIFIERS:
        return Subject(last.start(), end)
    contracted = _CONTRACTED.match(lower)
    if contracted:  # "he's (saying)"
        return Subject(last.start(), last.start() + len(contracted[1]))
    if lower in _SUBJECT_PRONOUNS:
        return Subject(last.start(), end)
    if lower in _RELATIVES:
        return _antecedent(reading, start, last.start())
    if lower in _STOPS or lower in _PREPOSITIONS:
        return None
    mention = reading.people.ending_at(end)
    begin = mention.start if mention and mention.start >= start else None
    if begin is None:
        begin = _nominal_start(masked, start, end)
    else:
        begin = _with_determiner(masked, start, begin)
    return _with_postmodifier(reading, start, begin, end) if begin is not None else None


def subject_after(reading: Reading, position: int, end: int) -> Subject | None:
    """The subject that follows an inverted verb: "said the official", "said spokesman Jim Doe"."""
    masked = reading.masked
    while position < end and masked[position] in " \xa0\n":
        position += 1
    begin, taken, finish, head = position, 0, position, ""
    for word in _PHRASE_WORD.finditer(masked, position, end):
        lower = word[0].lower()
        gap = masked[finish : word.start()] if word.start() >= finish else ""
        if gap.strip(" \xa0\n") or taken > _MAX_WORDS:
            break
        if word.start() < finish:
            continue
        mention = reading.people.starting_at(word.start())
        if mention is not None and mention.end <= end:
            described = _DESCRIBED.match(masked, mention.end, end)
            if described is None or not is_head(described[1]):
                return _after_name(masked, begin, mention.end, end)
            head, finish, taken = described[1], described.end(), taken + 1
            continue
        if taken == 0 and lower in _SUBJECT_PRONOUNS:
            return Subject(word.start(), word.end())
        if lower in _STOPS or lower in _PREPOSITIONS:
            break
        head, finish, taken = lower, word.end(), taken + 1
    if not taken:
        return None
    first = masked[begin:finish].split()[0].lower()
    named = _NAME_FOLLOWS.match(masked, finish, end)
    mention = reading.people.starting_at(named.end()) if named and is_head(head) else None
    if mention is not None:
        return Subject(mention.start, mention.end)
    if (first in _DETERMINERS and taken > 1) or first in _QUANTIFIERS or is_head(head):
        return _with_complement(reading, Subject(begin, finish), end)
    return None


def first_subject(reading: Reading, start: int, end: int) -> Subject | None:
    """The first phrase of a sentence that may be its subject: no object of a preposition, no possessor."""
    masked = reading.masked
    candidates = [(mention.start, mention.end) for mention in reading.people.between(start, end)]
    candidates += [match.span() for match in _PRONOUN.finditer(masked, start, end)]
    for begin, finish in sorted(candidates):
        if begin >= start and not _is_object(masked, start, begin) and masked[finish : finish + 1] not in ("’", "'"):
            return Subject(begin, finish)
    opening = _OPENING_PHRASE.match(masked, start, end)
    return Subject(opening.start(1), opening.end(1)) if opening and is_head(opening[2].lower()) else None


def _skip_adverbs(masked: str, start: int, end: int) -> int:
    """Where a subject must end for a verb at `end`: before auxiliaries, adverbs and white space."""
    while True:
        while end > start and masked[end - 1] in " \xa0\n":
            end -= 1
        word = _LAST.search(masked, max(start, end - 20), end)
        if word is None:
            comma = end > start and masked[end - 1] == ","
            inner = _LAST.search(masked, max(start, end - 21), end - 1) if comma else None
            if inner and inner[0].lower() in ("however", "though", "meanwhile", "too", "also"):
                end = inner.start()
                while end > start and masked[end - 1] in ", \n\xa0":
                    end -= 1
                continue
            return end
        lower = word[0].lower()
        if lower in _ADVERBS or (lower.endswith("ly") and len(lower) > 4 and lower not in _ROLES):
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
        return phrase_ending(reading, start, _rstrip(masked, start, comma)) if comma > start else None
    if dash > start:
        return phrase_ending(reading, start, _rstrip(masked, start, dash))
    while 0 <= comma < end - 1:
        head = phrase_ending(reading, start, _rstrip(masked, start, comma))
        if head and not _is_object(masked, start, head.start):
            return _named_apposition(reading, comma, end) or head
        comma = masked.find(",", comma + 1, end - 1)
    return None


def _named_apposition(reading: Reading, comma: int, end: int) -> Subject | None:
    """The name in "his wife, Jane Doe, (said)"."""
    position = comma + 1
    while position < end and reading.masked[position].isspace():
        position += 1
    mention = reading.people.starting_at(position)
    if mention is None or reading.people.ending_at(_rstrip(reading.masked, comma, comma)) is not None:
        return None
    return Subject(mention.start, mention.end) if mention.end >= end - 1 else None


def _before_relative(reading: Reading, start: int, end: int) -> Subject | None:
    """The head of "the man who owns it (said)", as far as a name or role before "who" tells."""
    position = reading.masked.rfind(" who ", max(start, end - 90), end)
    return _antecedent(reading, start, position + 1) if position > start else None


def _antecedent(reading: Reading, start: int, end: int) -> Subject | None:
    masked = reading.masked
    end = _rstrip(masked, start, end)
    while end > start and masked[end - 1] in ",—–-":
        end = _rstrip(masked, start, end - 1)
    if end <= start:
        return None
    found = phrase_ending(reading, start, end)
    if found is None:
        return None
    comma = masked.rfind(",", start, found.start)
    # "Jim Doe, the governor of Ohio, who ...": the apposition goes with the name before it
    if comma >= 0 and found.start - comma <= 2 and (head := reading.people.ending_at(_rstrip(masked, start, comma))):
        return Subject(max(head.start, start), head.end)
    return found


def _is_object(masked: str, start: int, position: int) -> bool:
    """Whether a preposition governs the phrase that begins here: "of (the Great) Recession"."""
    for _ in range(3):
        position = _rstrip(masked, start, position)
        before = _LAST.search(masked, max(start, position - 20), position)
        if before is None:
            return False
        lower = before[0].lower()
        if lower in _GOVERNING:
            return True
        if lower not in _DETERMINERS and lower not in _ADJECTIVES:
            return False
        position = before.start()
    return False


def _rstrip(masked: str, start: int, end: int) -> int:
    while end > start and masked[end - 1].isspace():
        end -= 1
    return end


def _nominal_start(masked: str, start: int, end: int) -> int | None:
    """Where "the senior official", "prosecutors" or "one aide" begins; None where no such phrase ends here."""
    position, taken = end, 0
    begin: int | None = None
    head = ""
    while taken < _MAX_WORDS:
        word = _LAST.search(masked, max(start, position - 30), position)
        if word is None or (masked[position - 1] in ".," and taken):
            break
        lower = word[0].lower()
        if lower in _DETERMINERS:
            begin = word.start()
            if head:
                return begin
            break
        if lower in _STOPS or lower in _PREPOSITIONS or (lower in SPEECH_VERBS and lower not in _ROLES and taken):
            break
        head = head or lower
        begin = word.start()
        taken += 1
        position = _rstrip(masked, start, begin)
        if lower.endswith(("’s", "'s")) and taken > 1:
            return begin
        if position <= start or masked[position - 1] in f",;:—–(){OPEN}{CLOSE}{INSIDE}":
            break
    if not head or begin is None:
        return None
    return begin if _may_speak(head) or masked[begin].isupper() else None


def _may_speak(head: str) -> bool:
    """Whether a noun without an article may be a source: "officials", "police", a role."""
    return head.endswith("s") or head in _ROLES or head in _GROUPS


def _with_determiner(masked: str, start: int, begin: int) -> int:
    before = _LAST.search(masked, max(start, begin - 12), _rstrip(masked, start, begin))
    return before.start() if before and before[0].lower() in _DETERMINERS else begin


def _with_postmodifier(reading: Reading, start: int, begin: int, end: int) -> Subject:
    """Widened to the head of "a spokesman for the board", "people close to him"."""
    masked = reading.masked
    for _ in range(3):
        edge = _rstrip(masked, start, begin)
        word = _LAST.search(masked, max(start, edge - 12), edge)
        if word is None or word[0].lower() not in _POSTMODIFIER:
            break
        edge = _rstrip(masked, start, word.start())
        if masked[start:edge].endswith("close"):
            edge = _rstrip(masked, start, edge - 5)
        mention = reading.people.ending_at(edge)
        head = _LAST.search(masked, max(start, edge - 30), edge)
        if mention is not None and mention.entry.is_sure and mention.start >= start:
            begin = mention.start
        elif head and is_head(head[0].lower()) and (wider := _nominal_start(masked, start, edge)) is not None:
            begin = wider
        else:
            break
    return Subject(begin, end)


def _with_complement(reading: Reading, subject: Subject, end: int) -> Subject:
    """Widened over a name that follows: "an adviser to Doe"."""
    link = _COMPLEMENT.match(reading.masked, subject.end, end)
    mention = reading.people.starting_at(link.end()) if link else None
    return Subject(subject.start, mention.end) if mention and mention.end <= end else subject


def is_head(word: str) -> bool:
    """Whether a noun names a person's role or an organisation."""
    return word in _ROLES or word.rstrip("s") in _ROLES or word in _GROUPS or word.rstrip("s") in _GROUPS


def _after_name(masked: str, begin: int, end: int, limit: int) -> Subject:
    """A name, or what it owns: "Jim Doe's spokesman"."""
    owned = _POSSESSED.match(masked, end, limit)
    return Subject(begin, owned.end() if owned else end)
