"""Cues: the verb, colon or "according to" that gives marked words to a source."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from index_store.quotations.agents import find_hearer, subject_of
from index_store.quotations.forms import is_denied, is_noun
from index_store.quotations.inverted import subject_after
from index_store.quotations.layout import OPEN
from index_store.quotations.lexicon import words
from index_store.quotations.marks import Marked
from index_store.quotations.phrases import Subject, phrase_ending
from index_store.quotations.reading import (
    DUB_VERBS,
    HEARER_VERBS,
    NOT_SPEECH,
    SPEECH_VERBS,
    STANCE_VERBS,
    Reading,
    Verb,
    last_match,
)
from index_store.quotations.subjects import first_subject, subject_before

Strength: TypeAlias = Literal["beside", "sentence", "colon", "continued", "near", "none"]

_GAP = re.compile(r"[\s,—–-]*")
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+|\bper\s+(?=[A-Z])|\bin the words of\s+")
_ADVERBIAL = re.compile(r"(?:\w+ly|also|then|later|again|once|further)?\s*$")
_NOUNS = "|".join(sorted((noun + "s?" for noun in words("speech_nouns")), key=len, reverse=True))
_OWNED_WORDS = re.compile(
    rf"(?:\b([Hh]is|[Hh]er|[Tt]heir)|(?<=\w)(['’]s?))\s+(?:[\w’'-]+\s+){{0,3}}?({_NOUNS})\b(?!\s+(?:said|says|reads?))"
)
_DETERMINERS = words("determiners")
_BREAKS = re.compile(r"[,;:()]|\.\s+[a-z]")
_CLOSED = words("adverbs") | words("pronouns") | words("prepositions") | words("conjunctions")
_PAST = re.compile(r"\s+(?:\w+ly\s+|then\s+|also\s+)?(?!(?:is|was|has|does|as|its|us|this)\b)([a-z]+(?:ed|es|s))\b")
_SIGNATURE = re.compile(r"\s*(?:[—–―]|--?|~)\s*(?=[A-Z])")
_UNREAL = words("unreal") | {"will"}
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
MAX_VERBS = 12  # of a sentence
_MAX_NOUN_GAP = 6  # words between "his promise" and the words promised
_MAX_TAIL = 220  # characters after a quotation in which its verb is sought


@dataclass(frozen=True, slots=True)
class Cue:
    """What gives words to a source."""

    subject: Subject | None
    verb: str
    told: str
    strength: Strength
    is_denied: bool = False  # the article says that these words were not spoken


NO_CUE = Cue(None, "", "", "none")


def find_cue(reading: Reading, span: Marked) -> Cue:
    """The cue inside the sentence of the marked words; NO_CUE where there is none."""
    start = reading.layout.sentence(span.start)[0]
    end = reading.layout.sentence(max(span.start, span.end - 1))[1]
    set_off = _is_set_off(reading, span) or not reading.masked[start : span.start].strip()
    introduced = (
        reading.masked[start : span.start].rstrip()[-1:] in (",", ":") and _last_character(reading, span) in "?!…"
    )
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
        or _any_verb_after(reading, span, end)
        or (None if _is_set_off(reading, span) else _trailing(reading, span, end))
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
    """Words and their source after: "...," she said; "...," said Jim Doe, a farmer; "...," according to the report."""
    gap = _GAP.match(reading.masked, span.end, end)
    position = gap.end() if gap else span.end
    limit = _limit(reading, position, end)
    if according := _ACCORDING.match(reading.masked, position, limit):
        subject = subject_after(reading, according.end(), limit)
        return Cue(subject, "according to", "", "beside") if subject else None
    for verb in reading.verbs_between(position, limit)[:4]:
        if not verb.speech or (verb.form == SPEECH_VERBS.get(verb.form) and is_noun(reading, position, verb)):
            continue
        inverted = not verb.form.endswith("ing") and verb.form not in HEARER_VERBS
        inverted = inverted and _ADVERBIAL.fullmatch(reading.masked, position, verb.start) is not None
        if inverted and (subject := subject_after(reading, verb.end, limit)):
            return Cue(subject, verb.form, find_hearer(reading, verb, limit, inverted=True), "beside")
        subject = subject_before(reading, position, verb.start)
        if subject is not None and (subject := _leading(reading, position, subject)):
            return Cue(subject, verb.form, find_hearer(reading, verb, limit), "beside")
    return None


def _leading(reading: Reading, position: int, subject: Subject) -> Subject | None:
    """The subject, if it opens the words after the quotation; of "Doe and Roe" the first."""
    between = reading.masked[position : subject.start]
    parts = between.split()
    owned = bool(parts) and (parts[0].lower() in _DETERMINERS or parts[0].endswith(("’s", "'s")))
    described = between.rstrip().endswith(",") and owned  # "his wife, Jane Doe, said"
    one_phrase = not _BREAKS.search(between) and not any(word.lower() in _CLOSED for word in parts)
    if len(between) <= 4 or described or one_phrase:  # "Tulsa police chief Jane Doe said"
        return subject
    first = reading.people.starting_at(position)
    if first is not None and between[first.end - position :].strip() in ("and", "&"):
        return Subject(first.start, first.end)
    return None


def _any_verb_after(reading: Reading, span: Marked, end: int) -> Cue | None:
    """The source of "...," an angry Doe retaliated: after a comma any verb will do."""
    if _last_character(reading, span) != ",":
        return None
    gap = _GAP.match(reading.masked, span.end, end)
    position = gap.end() if gap else span.end
    limit = _limit(reading, position, end)
    subject = subject_after(reading, position, limit)
    verb = _PAST.match(reading.masked, subject.end, limit) if subject else None
    return Cue(subject, verb[1], "", "beside") if verb else None


def _cue_before(reading: Reading, start: int, span: Marked) -> Cue | None:
    """She said: "..."; he called it a "..."; saying "..."."""
    verbs = reading.verbs_between(start, span.start)[-MAX_VERBS:]
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
        hearer = find_hearer(reading, verb, span.start)
        return Cue(subject, verb.form, hearer, strength, is_denied=is_denied(reading, start, verb))
    return None


def _noun_before(reading: Reading, start: int, span: Marked) -> Cue | None:
    """His promise to "..."; Doe's claim that ... "..."."""
    owner = last_match(_OWNED_WORDS, reading.masked, max(start, span.start - _MAX_TAIL), span.start)
    if owner is None or len(reading.masked[owner.end() : span.start].split()) > _MAX_NOUN_GAP:
        return None
    verbs = reading.verbs_between(start, span.start)
    governs = [verb for verb in verbs if (verb.speech and verb.form not in NOT_SPEECH) or verb.form in DUB_VERBS]
    if any(not is_noun(reading, start, verb) for verb in governs):
        return None
    if owner[1]:
        return Cue(Subject(owner.start(1), owner.end(1)), owner[3], "", "beside")
    mention = reading.people.ending_at(owner.start(2))
    return Cue(Subject(mention.start, mention.end), owner[3], "", "beside") if mention else None


def _is_weak(reading: Reading, verb: Verb, span: Marked) -> bool:
    """Whether an earlier verb of speech in the sentence is the likelier source of the words."""
    before = _WORD_BEFORE.search(reading.masked, max(0, verb.start - 12), verb.start)
    if verb.form in STANCE_VERBS or (before is not None and before[1].lower() in _UNREAL):
        return True
    far = len(reading.masked[verb.end : span.start].split()) > 4
    return far and (not verb.speech or verb.form in NOT_SPEECH)


def _according(reading: Reading, start: int, end: int) -> Cue | None:
    match = last_match(_ACCORDING, reading.masked, start, end)
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
        if subject is not None and reading.masked[comma + 1 : subject.start].strip() in ("", "as"):
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
