"""Indirect speech: "Doe said that ...", "..., the mayor said", "according to the report, ..."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index_store.quotations.agents import find_hearer, inverted_subject, subject_of
from index_store.quotations.cues import Cue
from index_store.quotations.forms import is_noun
from index_store.quotations.inverted import subject_after
from index_store.quotations.layout import CLOSE, OPEN
from index_store.quotations.lexicon import words
from index_store.quotations.reading import NOT_SPEECH, TELLING_VERBS, Reading, Verb
from index_store.quotations.subjects import subject_before

_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
_UNREAL = words("unreal")
_HEARER = (
    r"(?:\s+(?!that\b)(?:the\s+|a\s+|an\s+|his\s+|her\s+)?[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*|\s+of|\s+[a-z]+s){0,4})?"
)
_WHEN = (
    r"(?:,?\s+(?:on\s+|in\s+|at\s+|during\s+|last\s+|late\s+|early\s+)?"
    r"(?:(?:a|an|the|his|her)\s+)?[\w’'-]+(?:\s+(?:[A-Z0-9][\w’'-]*|night|morning|interview|statement)){0,4},?)?"
)
_THAT = re.compile(rf"{_HEARER}{_WHEN}\s+(?:that|whether)\s+(?=\S)")
_TOLD_THAT = re.compile(
    rf"{_HEARER}(?:\s+on)?(?:\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\s+(?=(?:he|she|they|it|there|we)\b)"
)
_DAY = re.compile(r"\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_CLAUSE = re.compile(
    r"\s+(?=(?:he|she|they|it|there|we|you|no|the|a|an|his|her|its|their|this|these|those|some|many|most|[A-Z][\w’'-]+)\b)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|will|would|can|could|should|may|might|must|does|do|did|"
    r"isn[’']t|aren[’']t|wasn[’']t|won[’']t|wouldn[’']t|can[’']t|couldn[’']t|doesn[’']t|didn[’']t|[a-z]{2,}ed)\b"
)
_ENDED = re.compile(rf"(?:\s+(?:on\s+)?[A-Z][a-z]+day|\s+in an? [\w ]{{1,30}})?\s*[.;!?{CLOSE}]?\s*$")
_APPOSED = re.compile(rf"(?:,\s+(?!and\b|but\b)[^;,{OPEN}{CLOSE}]{{2,60}})?{_ENDED.pattern}")  # "said Doe, the mayor."
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_MIN_WORDS = 3  # a shorter clause says nothing one could quote


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported clause, `text[start:end]`, and what gives it to a source."""

    start: int
    end: int
    cue: Cue


def find_reported(reading: Reading) -> Iterator[Reported]:
    """Reported clauses in order; none lies inside another."""
    done = 0
    found = [*_by_verbs(reading), *_by_according(reading)]
    for reported in sorted(found, key=lambda clause: (clause.start, -clause.end)):
        if reported.start >= done and len(reading.masked[reported.start : reported.end].split()) >= _MIN_WORDS:
            done = reported.end
            yield reported


def _by_verbs(reading: Reading) -> Iterator[Reported]:
    for verb in reading.verbs:
        if not verb.speech or verb.form in NOT_SPEECH:
            continue
        start, end = reading.layout.sentence(verb.start)
        before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
        if (before and before[1].lower() in _UNREAL) or is_noun(reading, start, verb):
            continue
        if inverted := inverted_subject(reading, start, verb):
            comma = reading.masked.rfind(",", start, verb.start)
            if reported := _preceding(reading.masked, start, comma, Cue(inverted, verb.form, "", "beside")):
                yield reported
            continue
        clause = _clause_after(reading, verb, end)
        if clause is not None:
            if subject := subject_of(reading, start, verb):
                yield Reported(*clause, Cue(subject, verb.form, find_hearer(reading, verb, end), "beside"))
        elif reported := _clause_before(reading, verb, start, end):
            yield reported


def _clause_after(reading: Reading, verb: Verb, end: int) -> tuple[int, int] | None:
    """What follows "said (on Monday) that", or "said" and a clause of its own."""
    match = _THAT.match(reading.masked, verb.end, end)
    if match is None and verb.form in TELLING_VERBS:
        match = _TOLD_THAT.match(reading.masked, verb.end, end)
    elif match is None:
        day = _DAY.match(reading.masked, verb.end, end)
        match = _CLAUSE.match(reading.masked, day.end() if day else verb.end, end)
        if match is None or not _FINITE.search(reading.masked, match.end(), end):
            return None
    return _trimmed(reading.masked, match.end(), end) if match else None


def _clause_before(reading: Reading, verb: Verb, start: int, end: int) -> Reported | None:
    """The clause of "..., Doe said." and of "..., said Doe, the mayor."."""
    comma = reading.masked.rfind(",", start, verb.start)
    if comma < 0:
        return None
    if not reading.masked[comma + 1 : verb.start].strip():
        subject = subject_after(reading, verb.end, end)
        if subject is None or not _APPOSED.match(reading.masked, subject.end, end):
            return None
    elif not _ENDED.match(reading.masked, verb.end, end):
        return None
    else:
        subject = subject_before(reading, comma + 1, verb.start)
        if subject is None or reading.masked[comma + 1 : subject.start].strip():
            return None
    return _preceding(reading.masked, start, comma, Cue(subject, verb.form, "", "beside"))


def _by_according(reading: Reading) -> Iterator[Reported]:
    for match in _ACCORDING.finditer(reading.masked):
        start, end = reading.layout.sentence(match.start())
        subject = subject_after(reading, match.end(), end)
        if subject is None:
            continue
        cue = Cue(subject, "according to", "", "beside")
        if reading.masked[start : match.start()].strip():
            if reported := _preceding(reading.masked, start, match.start(), cue):
                yield reported
        else:
            comma = reading.masked.find(",", subject.end, end)
            if comma >= 0:
                yield Reported(*_trimmed(reading.masked, comma + 1, end), cue)


def _preceding(masked: str, start: int, end: int, cue: Cue) -> Reported | None:
    if OPEN in masked[start:end]:
        return None
    start, end = _trimmed(masked, start, end)
    return Reported(start, end, cue)


def _trimmed(masked: str, start: int, end: int) -> tuple[int, int]:
    """Without white space around and the sentence's stop."""
    while start < end and masked[start].isspace():
        start += 1
    while end > start and (masked[end - 1].isspace() or masked[end - 1] in ".,;!?"):
        end -= 1
    return start, end
