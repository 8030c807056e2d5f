"""Agents: who does what a verb of speech says, and to whom."""

import re

from index_store.quotations.layout import OPEN
from index_store.quotations.lexicon import words
from index_store.quotations.phrases import Subject, is_head
from index_store.quotations.reading import NAMING_VERBS, SPEECH_VERBS, TELLING_VERBS, Reading, Verb, last_match
from index_store.quotations.subjects import first_subject, subject_after, subject_before

_AFTER_HEARER = "|".join(
    sorted(
        (words("prepositions") - {"of"})
        | words("conjunctions")
        | {"who", "this", "he", "she", "they", "last", "earlier"}
    )
)
_HEARER = re.compile(
    r"\s+((?:(?:the|a|an|his|her|their)\s+(?!that\b))?[\w’'.&-]+(?:\s+[\w’'.&-]+){0,7}?)"
    rf"(?=\s+(?:{_AFTER_HEARER}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[,:;.{OPEN}]|\s*{OPEN}|$)"
)
_INTERVIEW = re.compile(
    r"\s+in an?\s+(?:[\w-]+\s+){0,3}?(?:interview|conversation|briefing|call)\s+with\s+"
    r"((?:the\s+)?[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*){0,4})"
)
_ARTICLES = words("determiners")
_OWNED_BEFORE = re.compile(r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|\w['’]s?)\s+(?:[\w-]+\s+)?([\w-]+)\s+$")
_CLAUSE_PRONOUN = re.compile(r"(?:[,;—–]|\b(?:and|but))\s+(he|she|they)\b(?!\s+(?:was|were) (?:told|asked))")
_AGENT = re.compile(r"\s+by\s+")
_SPEECH_NOUNS = words("speech_nouns") | words("works") | words("documents")
_BEFORE_BASE = frozenset().union(
    *map(words, ("adverbs", "unreal", "quantifiers", "pronouns", "conjunctions", "plurals"))
)
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
_MAX_VERBS = 12  # of a sentence, before the one asked about
_REACH = 220  # characters after a verb in which its subject or hearer may stand


def is_noun(reading: Reading, start: int, verb: Verb) -> bool:
    """Whether a form that may be a verb is a noun here: "the call", "his repeated claims"."""
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    if before is None:
        return False
    if before[1].lower() in _ARTICLES or before[1].endswith(("’s", "'s", "’", "'")):
        return True
    if _is_base(verb.form) and not _may_precede_base(before[1].lower()):
        return True  # "the terror attack": a singular noun takes no such verb
    owned = _OWNED_BEFORE.search(reading.masked, max(start, verb.start - 40), verb.start)
    return owned is not None and not is_head(owned[1].lower())


def _is_base(form: str) -> bool:
    return form != "read" and (SPEECH_VERBS.get(form) == form or NAMING_VERBS.get(form) == form)


def _may_precede_base(word: str) -> bool:
    """Whether "say" may follow: after "they", "officials", "will", "to" or an adverb."""
    return word.endswith(("s", "ly")) or word in _BEFORE_BASE


def subject_of(reading: Reading, start: int, verb: Verb, after: int = -1) -> Subject | None:
    """Who does what a verb says; `after` is where the agent of a passive may stand."""
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    word = before[1].lower() if before else ""
    if word in _PASSIVE and not verb.form.endswith("ing"):
        agent = _AGENT.match(reading.masked, verb.end) or (_AGENT.match(reading.masked, after) if after >= 0 else None)
        if agent:
            return subject_after(reading, agent.end(), agent.end() + _REACH)
    subject = None
    if word.rstrip("s") not in _SPEECH_NOUNS and (not verb.form.endswith("ing") or word):
        subject = subject_before(reading, start, verb.start)
        if verb.form.endswith("ing") and subject is not None and _is_plain(reading, subject):
            subject = None
    if subject is None:
        subject = _shared_subject(reading, start, verb)
    if subject is None and not reading.masked[start : verb.start].strip():
        subject = subject_after(reading, verb.end, verb.end + _REACH)
    return subject


def _is_plain(reading: Reading, subject: Subject) -> bool:
    """Whether a phrase before "-ing" is no source of its own ("her speech saying"), unlike "with Doe saying"."""
    return (
        reading.people.ending_at(subject.end) is None
        and not reading.masked[subject.start].isupper()
        and (reading.masked[subject.start : subject.end].split()[0].lower() not in ("a", "an", "the"))
    )


def _shared_subject(reading: Reading, start: int, verb: Verb) -> Subject | None:
    """The subject of an earlier verb: "He praised her and said", "she wrote, adding"."""
    opened = last_match(_CLAUSE_PRONOUN, reading.masked, start, verb.start)
    for earlier in reversed(reading.verbs_between(start, verb.start)[-_MAX_VERBS:]):
        if earlier.form.endswith("ing") or is_noun(reading, start, earlier):
            continue
        subject = subject_before(reading, start, earlier.start)
        if subject is not None and (opened is None or subject.start >= opened.start(1)):
            return subject
    if opened is not None:
        return Subject(opened.start(1), opened.end(1))
    return first_subject(reading, start, verb.start)


def find_hearer(reading: Reading, verb: Verb, end: int, *, inverted: bool = False) -> str:
    """To whom it was said: "told Reuters", "said in an interview with Reuters"."""
    if interview := _INTERVIEW.search(reading.masked, verb.end, min(end, verb.end + 120)):
        return " ".join(interview[1].split()).rstrip(".")
    if inverted or verb.form not in TELLING_VERBS:
        return ""
    hearer = _HEARER.match(reading.masked, verb.end, min(end + 1, verb.end + 120))
    return " ".join(hearer[1].split()).rstrip(".’'") if hearer else ""
