"""An article as it is read for attribution: its layout, its people and the verbs outside quotation marks."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from index_store.quotations.layout import Layout
from index_store.quotations.lexicon import entries, verb_forms, words
from index_store.quotations.people import PersonIndex

SPEECH_VERBS = verb_forms("speech_verbs")
NAMING_VERBS = {form: base for form, base in verb_forms("naming_verbs").items() if form not in SPEECH_VERBS}
TELLING_VERBS = verb_forms("told_verbs")
HEARER_VERBS = verb_forms("hearer_verbs")
DUB_VERBS = verb_forms("dub_verbs")
STANCE_VERBS = verb_forms("stance_verbs")
NOT_SPEECH = words("not_speech")

_PHRASAL = dict(entry.split() for entry in entries("phrasal_verbs"))
_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")
_CUE_FORMS = frozenset(SPEECH_VERBS) | frozenset(NAMING_VERBS)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech or naming in the text."""

    start: int
    end: int
    form: str
    speech: bool  # reports words, rather than naming or judging


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything attribution looks at; offsets are those of the text."""

    text: str
    layout: Layout
    people: PersonIndex
    verbs: tuple[Verb, ...]
    verb_starts: tuple[int, ...]

    @property
    def masked(self) -> str:
        """The text with quotations blanked out."""
        return self.layout.masked

    def verbs_between(self, start: int, end: int) -> tuple[Verb, ...]:
        """Verbs that begin in a stretch, in order."""
        return self.verbs[bisect_left(self.verb_starts, start) : bisect_left(self.verb_starts, end)]


def read(text: str, layout: Layout) -> Reading:
    """The reading of a text that has been laid out."""
    verbs = []
    opening = frozenset(layout.sentence_starts)
    for match in _WORD.finditer(layout.masked):
        form = match[0]
        if form[0].isupper():
            # A capital inside a sentence belongs to a name: "the Huffington Post", "the United States"
            if not form.isupper() and match.start() not in opening:
                continue
            form = form.lower()
        particle = _PHRASAL.get(form)
        if particle and _is_phrasal(layout.masked, match.end(), particle):
            end = match.end() + 1 + len(particle)
            verbs.append(Verb(match.start(), end, f"{form} {particle}", speech=True))
        elif form in _CUE_FORMS:
            verbs.append(Verb(match.start(), match.end(), form, form in SPEECH_VERBS))
    return Reading(text, layout, PersonIndex(layout.masked), tuple(verbs), tuple(verb.start for verb in verbs))


def _is_phrasal(masked: str, end: int, particle: str) -> bool:
    """Whether the particle follows: "went on", but not "went on to"."""
    after = end + 1 + len(particle)
    return (
        masked.startswith(particle, end + 1)
        and masked[after : after + 3] != " to"
        and not masked[after : after + 1].isalnum()
    )


def last_match(pattern: re.Pattern[str], masked: str, start: int, end: int) -> re.Match[str] | None:
    """The last place a pattern is found in a stretch."""
    match = None
    for match in pattern.finditer(masked, start, end):  # noqa: B007 - the last one is wanted
        pass
    return match
