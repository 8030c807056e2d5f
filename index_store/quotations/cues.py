"""Cues: the verb, colon or "according to" that gives marked words to a source."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from index_store.quotations.layout import OPEN
from index_store.quotations.lexicon import words
from index_store.quotations.marks import Marked
from index_store.quotations.reading import NOT_SPEECH, STANCE_VERBS, TELLING_VERBS, Reading, Verb
from index_store.quotations.subjects import (
    Subject,
    first_subject,
    is_head,
    phrase_ending,
    subject_after,
    subject_before,
)

Strength: TypeAlias = Literal["beside", "sentence", "colon", "continued", "near", "none"]

_GAP = re.compile(r"[\s,—–-]*")
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+|\bper\s+(?=[A-Z])|\bin the words of\s+")
_ADVERBIAL = re.compile(r"(?:\w+ly|also|then|later|again|once|further)?\s*$")
_HEARER = re.compile(
    r"\s+((?:(?:the|a|an|his|her|their)\s+)?[\w’'.&-]+(?:\s+[\w’'.&-]+){0,7}?)(?=\s+(?:that|in|on|at|during|after|about|last|by|via|as|who|how|why|what|when|earlier|this|he|she|they|to|over|for|from|while|and|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[,:;.\x02]|\s*\x02|$)"
)
_INTERVIEW = re.compile(
    r"\s+in an?\s+(?:[\w-]+\s+){0,3}?(?:interview|conversation|briefing|call)\s+with\s+((?:the\s+)?[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*){0,4})"
)
_NOUNS = "|".join(sorted((noun + "s?" for noun in words("speech_nouns")), key=len, reverse=True))
_OWNED_WORDS = re.compile(
    rf"(?:\b([Hh]is|[Hh]er|[Tt]heir)|(?<=\w)(['’]s?))\s+(?:[\w’'-]+\s+){{0,3}}?({_NOUNS})\b(?!\s+(?:said|says|reads?))"
)
_ARTICLES = words("determiners")
_CLOSED = words("adverbs") | words("pronouns") | words("prepositions") | {"and", "but", "or", "when", "while", "if"}
_PAST = re.compile(r"\s+(?:\w+ly\s+|then\s+|also\s+)?([a-z]+(?:ed|es|s))\b")
_OWNED_BEFORE = re.compile(r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|\w['’]s?)\s+(?:[\w-]+\s+)?([\w-]+)\s+$")
_CLAUSE_PRONOUN = re.compile(r"(?:[,;—–]|\b(?:and|but|that|when|while|as|because|after|if))\s+(he|she|they)\b(?!\s+(?:was|were) (?:told|asked))")
_AGENT = re.compile(r"\s+by\s+")
_SPEECH_NOUNS = words("speech_nouns") | {"release", "book", "song", "ad", "report", "article"}
_SIGNATURE = re.compile(r"\s*(?:[—–―]|--?|~)\s*(?=[A-Z])")
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
_MAX_NOUN_GAP = 6  # words between "his promise" and the words promised
_MAX_TAIL = 220  # characters after a quotation in which its verb is sought


@dataclass(frozen=True, slots=True)
class Cue:
    """What gives words to a source."""

    subject: Subject | None
    verb: str
    told: str
    strength: Strength


NO_CUE = Cue(None, "", "", "none")


def find_cue(reading: Reading, span: Marked) -> Cue:
    """The cue inside the sentence of the marked words; NO_CUE where there is none."""
    start = reading.layout.sentence(span.start)[0]
    end = reading.layout.sentence(max(span.start, span.end - 1))[1]
    set_off = _is_set_off(reading, span) or not reading.masked[start : span.start].strip()
    introduced = reading.masked[start : span.start].rstrip()[-1:] in (",", ":") and _last_character(reading, span) in "?!…"
    if introduced and (before := _cue_before(reading, start, span)):
        return before
    after = _cue_after(reading, span, _end_after(reading, span, end)) if set_off else None
    if after is not None:
        return after
    return (
        _noun_before(reading, start, span)
        or _cue_before(reading, start, span)
        or _according(reading, start, span.start)
        or _according(reading, span.end, end)
        or (None if set_off else _trailing(reading, span, end))
        or _colon(reading, start, span)
        or _signature(reading, span)
        or NO_CUE
    )


def _end_after(reading: Reading, span: Marked, end: int) -> int:
    """End of the sentence that goes on after a question or exclamation: "Why?" she asked."""
    if _last_character(reading, span) not in "?!…" or end > span.end + 2:
        return end
    following = span.end
    while following < len(reading.masked) and reading.masked[following] in " \xa0":
        following += 1
    return reading.layout.sentence(following)[1] if following < len(reading.masked) else end


def _last_character(reading: Reading, span: Marked) -> str:
    """What ends the words, quotation marks inside them aside: "'I love it,'" ends in a comma."""
    return reading.text[span.inner_start : span.inner_end].rstrip(" \xa0'’”\"")[-1:] or " "


def _is_set_off(reading: Reading, span: Marked) -> bool:
    """Whether a comma or the like ends the marked words, so that "she said" may follow."""
    return _last_character(reading, span) in ",?!…—-" or reading.masked[span.end : span.end + 1] in (",", "—", "–")


def _limit(reading: Reading, position: int, end: int) -> int:
    opened = reading.masked.find(OPEN, position, end)
    return min(end if opened < 0 else opened, position + _MAX_TAIL)


def _cue_after(reading: Reading, span: Marked, end: int) -> Cue | None:
    """ "...," she said; "...," said Jim Doe, a farmer; "...," according to the report."""
    gap = _GAP.match(reading.masked, span.end, end)
    position = gap.end() if gap else span.end
    limit = _limit(reading, position, end)
    if according := _ACCORDING.match(reading.masked, position, limit):
        subject = subject_after(reading, according.end(), limit)
        return Cue(subject, "according to", "", "beside") if subject else None
    for verb in reading.verbs_between(position, limit)[:4]:
        if not verb.speech:
            continue
        inverted = not verb.form.endswith("ing") and verb.form not in TELLING_VERBS
        if inverted and _ADVERBIAL.fullmatch(reading.masked, position, verb.start):
            if subject := subject_after(reading, verb.end, limit):
                return Cue(subject, verb.form, find_hearer(reading, verb, limit, inverted=True), "beside")
        subject = subject_before(reading, position, verb.start)
        if subject is not None and (subject := _leading(reading, position, subject)):
            return Cue(subject, verb.form, find_hearer(reading, verb, limit), "beside")
    return _any_verb_after(reading, span, position, limit)


def _leading(reading: Reading, position: int, subject: Subject) -> Subject | None:
    """The subject, if it opens the words after the quotation; of "Doe and Roe" the first."""
    between = reading.masked[position : subject.start]
    if len(between) <= 4 or all(word.islower() and word not in _CLOSED for word in between.split()):
        return subject
    first = reading.people.starting_at(position)
    if first is not None and between[first.end - position :].strip() in ("and", "&"):
        return Subject(first.start, first.end)
    return None


def _any_verb_after(reading: Reading, span: Marked, position: int, limit: int) -> Cue | None:
    """ "...," an angry Doe retaliated: after a comma any verb will do."""
    if _last_character(reading, span) != ",":
        return None
    subject = subject_after(reading, position, limit)
    verb = _PAST.match(reading.masked, subject.end, limit) if subject else None
    return Cue(subject, verb[1], "", "beside") if verb else None


def _cue_before(reading: Reading, start: int, span: Marked) -> Cue | None:
    """She said: "..."; he called it a "..."; saying "..."."""
    verbs = reading.verbs_between(start, span.start)
    for number, verb in reversed(tuple(enumerate(verbs))):
        if is_noun(reading, start, verb):
            continue
        if _is_weak(reading, verb, span) and any(
            earlier.speech and earlier.form not in NOT_SPEECH and not is_noun(reading, start, earlier)
            for earlier in verbs[:number]
        ):
            continue  # "she said he refused to call it ...": her words
        subject = subject_of(reading, start, verb, span.end)
        if subject is None:
            continue
        between = reading.masked[verb.end : span.start]
        strength: Strength = "beside" if len(between.split()) <= 8 else "sentence"
        return Cue(subject, verb.form, find_hearer(reading, verb, span.start), strength)
    return None


def _noun_before(reading: Reading, start: int, span: Marked) -> Cue | None:
    """His promise to "..."; Doe's claim that ... "..."."""
    owner = None
    for owner in _OWNED_WORDS.finditer(reading.masked, max(start, span.start - _MAX_TAIL), span.start):
        pass
    if owner is None or len(reading.masked[owner.end() : span.start].split()) > _MAX_NOUN_GAP:
        return None
    verbs = reading.verbs_between(start, span.start)
    if any(verb.speech and verb.form not in NOT_SPEECH and not is_noun(reading, start, verb) for verb in verbs):
        return None
    if owner[1]:
        return Cue(Subject(owner.start(1), owner.end(1)), owner[3], "", "beside")
    mention = reading.people.ending_at(owner.start(2))
    return Cue(Subject(mention.start, mention.end), owner[3], "", "beside") if mention else None


def _is_weak(reading: Reading, verb: Verb, span: Marked) -> bool:
    """Whether an earlier verb of speech in the sentence is the likelier source of the words."""
    if verb.form in STANCE_VERBS or reading.masked[max(0, verb.start - 3) : verb.start].lower() == "to ":
        return True
    far = len(reading.masked[verb.end : span.start].split()) > 4
    return far and (not verb.speech or verb.form in NOT_SPEECH)


def is_noun(reading: Reading, start: int, verb: Verb) -> bool:
    """Whether a form that may be a verb is a noun here: "the call", "his repeated claims"."""
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    if before is None:
        return False
    if before[1].lower() in _ARTICLES or before[1].endswith(("’s", "'s", "’", "'")):
        return True
    owned = _OWNED_BEFORE.search(reading.masked, max(start, verb.start - 40), verb.start)
    return owned is not None and not is_head(owned[1].lower())


def subject_of(reading: Reading, start: int, verb: Verb, after: int = -1) -> Subject | None:
    """Who does what a verb says; `after` is where the agent of a passive may stand."""
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    word = before[1].lower() if before else ""
    if word in _PASSIVE and not verb.form.endswith("ing") and (agent := _AGENT.match(reading.masked, max(after, 0))):
        return subject_after(reading, agent.end(), _limit(reading, agent.end(), len(reading.masked)))
    subject = None
    if word.rstrip("s") not in _SPEECH_NOUNS and (not verb.form.endswith("ing") or word):
        subject = subject_before(reading, start, verb.start)
        if verb.form.endswith("ing") and subject is not None and _is_plain(reading, subject):
            subject = None
    if subject is None:
        subject = _shared_subject(reading, start, verb)
    if subject is None and not reading.masked[start : verb.start].strip():
        subject = subject_after(reading, verb.end, verb.end + _MAX_TAIL)
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
    opened = None
    for opened in _CLAUSE_PRONOUN.finditer(reading.masked, start, verb.start):
        pass
    for earlier in reversed(reading.verbs_between(start, verb.start)):
        if earlier.form.endswith("ing") or is_noun(reading, start, earlier):
            continue
        subject = subject_before(reading, start, earlier.start)
        if subject is not None and (opened is None or subject.start >= opened.start(1)):
            return subject
    if opened is not None:
        return Subject(opened.start(1), opened.end(1))
    return first_subject(reading, start, verb.start)


def _according(reading: Reading, start: int, end: int) -> Cue | None:
    match = None
    for match in _ACCORDING.finditer(reading.masked, start, end):
        pass
    if match is None:
        return None
    subject = subject_after(reading, match.end(), end)
    return Cue(subject, "according to", "", "sentence") if subject else None


def _trailing(reading: Reading, span: Marked, end: int) -> Cue | None:
    """The source after a clause that only begins or holds the marked words: "... is a "joke" to us, he said"."""
    for verb in reading.verbs_between(span.end, end):
        comma = reading.masked.rfind(",", span.end, verb.start)
        if not verb.speech or comma < 0:
            continue
        subject = subject_before(reading, comma + 1, verb.start)
        if subject is None and not reading.masked[comma + 1 : verb.start].strip():
            subject = subject_after(reading, verb.end, end)
            if subject is not None:
                return Cue(subject, verb.form, "", "sentence")
        if subject is not None and not reading.masked[comma + 1 : subject.start].strip():
            return Cue(subject, verb.form, "", "sentence")
    return None


def _colon(reading: Reading, start: int, span: Marked) -> Cue | None:
    """Jim Doe: "..."."""
    end = span.start
    while end > start and reading.masked[end - 1].isspace():
        end -= 1
    if end <= start or reading.masked[end - 1] not in ":—–―":
        return None
    whole = phrase_ending(reading, start, end - 1)
    if whole is not None and reading.masked[start : whole.start].strip(" ~*•-—[("):
        whole = None
    subject = whole or first_subject(reading, start, end)
    return Cue(subject, "", "", "colon") if subject else None


def _signature(reading: Reading, span: Marked) -> Cue | None:
    """A line of its own under the words: "- Jim Doe"."""
    dash = _SIGNATURE.match(reading.masked, span.end)
    mention = reading.people.starting_at(dash.end()) if dash else None
    return Cue(Subject(mention.start, mention.end), "", "", "colon") if mention else None


def find_hearer(reading: Reading, verb: Verb, end: int, *, inverted: bool = False) -> str:
    """To whom it was said: "told Reuters", "said in an interview with Reuters"."""
    if interview := _INTERVIEW.search(reading.masked, verb.end, min(end, verb.end + 120)):
        return " ".join(interview[1].split())
    if inverted or verb.form not in TELLING_VERBS:
        return ""
    hearer = _HEARER.match(reading.masked, verb.end, min(end + 1, verb.end + 120))
    return " ".join(hearer[1].split()) if hearer else ""
