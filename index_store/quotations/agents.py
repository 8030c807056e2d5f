"""Agents: who does what a verb of speech says, and to whom."""

import re

from index_store.quotations.forms import is_base, is_noun
from index_store.quotations.inverted import subject_after
from index_store.quotations.layout import OPEN
from index_store.quotations.lexicon import words
from index_store.quotations.phrases import Subject, phrase_ending
from index_store.quotations.reading import SPEECH_VERBS, TELLING_VERBS, Reading, Verb, last_match
from index_store.quotations.subjects import first_subject, skip_adverbs, subject_before

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
_CLAUSE_PRONOUN = re.compile(r"(?:[,;—–]|\b(?:and|but))\s+(he|she|they)\b(?!\s+(?:was|were) (?:told|asked))")
_WITH = re.compile(r"[,;—–]\s*with\s+")
_CLOSED_BY = re.compile(r"[,.;!?)]|\s*$")
_AGENT = re.compile(r"\s+by\s+")
_SPEECH_NOUNS = words("speech_nouns") | words("works") | words("documents")
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
_MAX_VERBS = 12  # of a sentence, before the one asked about
_REACH = 220  # characters after a verb in which its subject or hearer may stand


def subject_of(reading: Reading, start: int, verb: Verb, after: int = -1) -> Subject | None:
    """Who does what a verb says; `after` is where the agent of a passive may stand."""
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    word = before[1].lower() if before else ""
    if word in _PASSIVE and not verb.form.endswith("ing"):
        agent = _AGENT.match(reading.masked, verb.end) or (_AGENT.match(reading.masked, after) if after >= 0 else None)
        if agent:
            return subject_after(reading, agent.end(), agent.end() + _REACH)
    if verb.form.endswith("ing") and (attending := _attending(reading, start, verb)):
        return attending
    subject = None
    if word.rstrip("s") not in _SPEECH_NOUNS and (not verb.form.endswith("ing") or word):
        subject = subject_before(reading, start, verb.start)
    said_by_it = verb.form.endswith("ing") and subject is not None and _is_no_source(reading, subject)
    if subject is not None and not said_by_it:
        return subject
    if other := inverted_subject(reading, start, verb) or _shared_subject(reading, start, verb):
        return other
    if subject is None and not reading.masked[start : verb.start].strip():
        return subject_after(reading, verb.end, verb.end + _REACH)
    return subject if subject and _is_told(reading, subject) else None


def inverted_subject(reading: Reading, start: int, verb: Verb) -> Subject | None:
    """Who speaks after a comma and the verb: "It is late, said Jim Doe, a farmer."."""
    form = verb.form
    if not verb.speech or form in TELLING_VERBS or not reading.masked[start : verb.start].rstrip().endswith(","):
        return None
    is_plain = SPEECH_VERBS.get(form) == "say"
    if form.endswith("ing") or (is_base(form) and not is_plain):
        return None
    if subject_before(reading, start, verb.start):
        return None  # "The mayor, who came late, said Jim Doe, a farmer, had left."
    subject = subject_after(reading, verb.end, verb.end + _REACH)
    if subject is None or not _CLOSED_BY.match(reading.masked, subject.end):
        return None
    return subject if is_plain or reading.people.ending_at(subject.end) else None  # no "tweeted a warning"


def _attending(reading: Reading, start: int, verb: Verb) -> Subject | None:
    """Who speaks in a clause of its own: "They left, with Jim Doe calling it ..."."""
    opened = last_match(_WITH, reading.masked, start, verb.start)
    if opened is None:
        return None
    subject = phrase_ending(reading, opened.end(), skip_adverbs(reading.masked, opened.end(), verb.start))
    return subject if subject and not reading.masked[opened.end() : subject.start].strip() else None


def _is_no_source(reading: Reading, subject: Subject) -> bool:
    """Whether a phrase before "-ing" leaves the words to somebody else: "her speech saying", "a statement saying".

    "Jim Doe saying" does not, nor does "a spokesman saying".
    """
    parts = reading.masked[subject.start : subject.end].lower().split()
    return _is_told(reading, subject) or (
        reading.people.ending_at(subject.end) is None
        and not reading.masked[subject.start].isupper()
        and parts[0] not in ("a", "an", "the")
    )


def _is_told(reading: Reading, subject: Subject) -> bool:
    """Whether a phrase is itself something said or written: "a statement"."""
    return reading.masked[subject.start : subject.end].lower().split()[-1].rstrip("s") in _SPEECH_NOUNS


def _shared_subject(reading: Reading, start: int, verb: Verb) -> Subject | None:
    """The subject of an earlier verb: "He praised her and said", "she wrote, adding"."""
    opened = last_match(_CLAUSE_PRONOUN, reading.masked, start, verb.start)
    for earlier in reversed(reading.verbs_between(start, verb.start)[-_MAX_VERBS:]):
        if earlier.form.endswith("ing") or is_noun(reading, start, earlier) or _is_infinitive(reading, start, earlier):
            continue
        subject = subject_before(reading, start, earlier.start)
        if subject is not None and (opened is None or subject.start >= opened.start(1)):
            return subject
    if opened is not None:
        return Subject(opened.start(1), opened.end(1))
    return first_subject(reading, start, verb.start)


def _is_infinitive(reading: Reading, start: int, verb: Verb) -> bool:
    return reading.masked[max(start, verb.start - 4) : verb.start].endswith(" to ")


def find_hearer(reading: Reading, verb: Verb, end: int, *, inverted: bool = False) -> str:
    """To whom it was said: "told Reuters", "said in an interview with Reuters"."""
    if interview := _INTERVIEW.search(reading.masked, verb.end, min(end, verb.end + 120)):
        return " ".join(interview[1].split()).rstrip(".")
    if inverted or verb.form not in TELLING_VERBS:
        return ""
    hearer = _HEARER.match(reading.masked, verb.end, min(end + 1, verb.end + 120))
    return " ".join(hearer[1].split()).rstrip(".’'") if hearer else ""
