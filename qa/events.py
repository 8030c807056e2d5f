"""Events: what a question takes to have happened, and whether a text tells of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from qa.lexicon import entries, words
from qa.moments import tells_time
from qa.participants import Match, Participant, leaves_doer_out, read_participant
from qa.reading.word_forms import (
    AUXILIARIES,
    DO_AND_MODALS,
    PREPOSITIONS,
    WORD,
    is_base_verb,
    is_function_word,
    is_past_form,
)
from qa.silences import NOT_KNOWN

_ALIKE = 5  # letters that two stems must share at their beginning to be relatives: "resign" and "resignation"
_BEFORE_NOUN = frozenset("a an the this that its his her their".split()) | PREPOSITIONS  # noqa: SIM905
_WORD = r"(?:\s+(?!(?:and|but|or|then)\b)[\w’'-]+)"  # of the same clause
_LINK = r"(?:\s+(?:to|of|be|been|have|has|had|that))"
_WISHING = "|".join(sorted(words("wishing_verbs")))
_UNDOING = "|".join(sorted(" ".join(entry) for entry in entries("undoing_verbs")))
# What stands before a word for an event that is not told: "no intention of", "whether she would", "refused to".
_UNTOLD = re.compile(
    rf"(?:\b(?:no|not|never|without|nobody|none|neither|nor)|n['’]t){_WORD}?{_LINK}?\s*$"
    rf"|\b(?:whether|if|unless){_WORD}{{0,4}}\s*$"
    rf"|\b(?:{_WISHING}){_WORD}{{0,4}}?\s+(?:to|for{_WORD}{{0,2}}|that{_WORD}{{1,3}})\s*$"
    rf"|\b(?:{_UNDOING}){_WORD}{{0,3}}\s*$"
    rf"|\b(?:{_WISHING}|{_UNDOING})\b[^.;:]{{0,30}}?\bthat\b[^.;:]*$"
    rf"|{NOT_KNOWN}\b(?:how|who|what|when|where|why|whether|which)\b[^.;:]*$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(words('planning_words')))}) to|(?:is|are) to){_WORD}?\s*$", re.IGNORECASE
)
# Of what was planned: "a plan to cut 20 jobs was dropped".
_UNDONE = re.compile(rf"[^.;:]*\b(?:was|were|been|is|are){_WORD}?\s+(?:{_UNDOING})\b", re.IGNORECASE)
_REACH = 100  # characters before a word that are read
_POSSIBLE = re.compile(rf"\b(?:should|must|may|might|could){_WORD}?\s*$", re.IGNORECASE)  # that it happens
_DENYING_QUESTION = re.compile(r"\b(?:no|not|never)\b|n['’]t\b", re.IGNORECASE)
# From the question word, which stands first or almost, to where another clause begins.
_CLAUSE = re.compile(
    r"(?:^|[.!?:,]\s)\s*(?:[\w’']+ ){0,2}?(?:who|what|which|when|where|why|how)\b"
    r".*?(?=[,?]|$| (?:that|which|who|whose|after|before) )",
    re.IGNORECASE,
)
_PAST = frozenset({"did", "was", "were", "had"})
_BE = frozenset({"is", "are", "was", "were"})
_GROUPS = "company|firm|group|man|woman|couple|team|club|country"
_REFERRING = re.compile(rf"\b(?:he|she|they|it|his|her|their|its|we|i|the (?:{_GROUPS}))\b", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"((?:[A-Z][\w.’'-]+ )+)(?:(?:has|had|have|is|was|will|would|also|then|later) )*$")

Terms = Callable[[str], tuple[str, ...]]


class Telling(Enum):
    """What a text says of an event."""

    TOLD = "told"
    SILENT = "silent"
    OTHERWISE = "otherwise"  # it is denied, demanded or left open, or somebody else's
    ELSEWHERE = "elsewhere"  # one is told of something else, or without who did it where that is asked


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """The happening that a question asks about: "resign" in "Why did Tilda Brask resign?"."""

    stems: frozenset[str]  # of the verb and of words that tell of the same
    subject: frozenset[str]  # stems of who did it, where the question gives a name
    terms: Terms
    is_possible: bool = False  # the question itself asks for what may, could or should happen
    is_past: bool = False  # the question takes it to have happened
    participant: Participant | None = None  # whom or what it is of
    asks_doer: bool = False  # "who founded the museum?"
    asks_when: bool = False

    @property
    def asks_detail(self) -> bool:
        """Whether who did it or when is asked for, which nothing answers that does not tell the event."""
        return self.asks_doer or self.asks_when

    def told_in(self, text: str) -> Telling:
        """What `text` says of such an event: one that is denied, or that somebody else is named for, is not told."""
        if not self._fits(text):
            return Telling.SILENT
        found = [self._is_told(text, word) for word in WORD.finditer(text) if self._fits(word.group())]
        if not found or (any(found) and not self._may_speak_of_subject(text)):
            return Telling.SILENT
        return Telling.TOLD if any(found) else Telling.OTHERWISE

    def told_at(self, texts: Sequence[str], position: int, title: str) -> Telling:
        """What a sentence of a passage says of such an event of the asked thing, which one before it may name."""
        text = texts[position]
        telling = self.told_in(text)
        if self.asks_when and not tells_time(text):
            return {Telling.TOLD: Telling.SILENT, Telling.SILENT: Telling.ELSEWHERE}.get(telling, telling)
        if telling is not Telling.TOLD:
            return telling
        told = [word for word in WORD.finditer(text) if self._fits(word.group()) and self._is_told(text, word)]
        if self.asks_doer and all(self._leaves_doer_out(text, word) for word in told):
            return Telling.ELSEWHERE
        if self.participant is None:
            return telling
        found = [self.participant.matches(texts, position, word, title) for word in told]
        if Match.SAME in found:
            return Telling.TOLD
        return Telling.ELSEWHERE if Match.OTHER in found else Telling.SILENT

    def _leaves_doer_out(self, text: str, word: re.Match[str]) -> bool:
        precedes = self.participant is not None and self.participant.precedes(text, word)
        return leaves_doer_out(text, word, passive=precedes)

    def mentions(self, text: str) -> list[tuple[int, int]]:
        """Where words of `text` name such an event, as spans in order."""
        return [word.span() for word in WORD.finditer(text) if self._fits(word.group())]

    def _may_speak_of_subject(self, text: str) -> bool:
        stems = self.terms(text)
        return not self.subject or not self.subject.isdisjoint(stems) or bool(_REFERRING.search(text))

    def _fits(self, text: str) -> bool:
        """Whether a word of `text` names such an event."""
        return any(_related(stem, asked) for stem in self.terms(text) for asked in self.stems)

    def _is_told(self, text: str, word: re.Match[str]) -> bool:
        before = text[max(0, word.start() - _REACH) : word.start()]
        if _UNTOLD.search(before) or (not self.is_possible and _POSSIBLE.search(before)):
            return False
        if _PLANNED.search(before) and (self.is_past or _UNDONE.match(text, word.end())):
            return False
        named = _NAME_BEFORE.search(before)
        doer = [name for name in named[1].split() if not is_function_word(name)] if named else []
        return not (self.subject and doer) or not self.subject.isdisjoint(self.terms(" ".join(doer)))


def read_event(question: str, terms: Terms) -> AskedEvent | None:
    """The event a question asks about; None where it names none, or denies it itself.

    Only a clause that begins with its question word is read: elsewhere verbs are often the asker's own telling.
    """
    clause = _CLAUSE.search(question)
    if clause is None or _DENYING_QUESTION.search(question):
        return None
    said = WORD.findall(clause.group())
    auxiliary = next((k for k, word in enumerate(said) if word.lower() in AUXILIARIES), None)
    verb = _verb(said, auxiliary)
    if verb is None or said[verb] in words("light_verbs"):
        return None
    subject = said[auxiliary:verb] if auxiliary is not None and said[auxiliary].lower() in DO_AND_MODALS else []
    names = " ".join(word for word in subject if word[0].isupper())
    is_possible = bool(_POSSIBLE.search(" ".join(said[:verb])))
    return AskedEvent(
        _alike(said[verb], terms),
        frozenset(terms(names)),
        terms,
        is_possible,
        is_past=auxiliary is None or said[auxiliary].lower() in _PAST,
        participant=read_participant(said, auxiliary, verb, terms),
        asks_doer=auxiliary is None and verb == 1 and said[0].lower() == "who",
        asks_when=auxiliary == 1 and said[0].lower() == "when",
    )


def _verb(said: Sequence[str], auxiliary: int | None) -> int | None:
    """Position of the verb that tells the event: after "did" or "will" a base form, else a past form."""
    if auxiliary is not None and said[auxiliary].lower() in DO_AND_MODALS:
        bases = (k for k in range(auxiliary + 1, len(said)) if is_base_verb(said[k]) and said[k].islower())
        return next(
            (k for k in bases if said[k - 1].lower() not in _BEFORE_NOUN and not is_function_word(said[k])), None
        )
    begun = auxiliary or 0
    if auxiliary is not None and said[auxiliary].lower() in _BE:  # "are cutting", not "the building"
        running = (k for k in range(auxiliary + 1, len(said)) if said[k].endswith("ing") and said[k].islower())
        begun = next((k for k in running if said[k - 1].lower() not in _BEFORE_NOUN), begun)
        if said[begun].endswith("ing"):
            return begun
    return next((k for k in range(begun, len(said)) if said[k].islower() and _is_past(said[k])), None)


def _is_past(word: str) -> bool:
    known = is_past_form(word) or word in ("died", "tied")  # shorter than other past forms
    return known and "-" not in word and not word.endswith("ing") and not is_function_word(word)


def _alike(verb: str, terms: Terms) -> frozenset[str]:
    """Stems of the verb and of the words that tell of the same kind of event."""
    stems = frozenset(terms(verb))
    classes = [terms(" ".join(entry)) for entry in entries("event_classes")]
    own = [entry for entry in classes if entry[0] in stems] or [e for e in classes if not stems.isdisjoint(e)]
    return stems.union(*own)


def _related(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _ALIKE and one[:_ALIKE] == other[:_ALIKE])
