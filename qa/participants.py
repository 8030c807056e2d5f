"""Participants: whom or what a question's event is of, and whether a text tells it of the same."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from qa.lexicon import words
from qa.reading.word_forms import (
    AUXILIARIES,
    DO_AND_MODALS,
    PREPOSITIONS,
    QUESTION_WORDS,
    WORD,
    is_base_verb,
    is_function_word,
    is_past_form,
    is_plural,
)

Terms = Callable[[str], tuple[str, ...]]

_PRONOUNS = frozenset("he she it they we i you".split())  # noqa: SIM905
_BE = frozenset("is are was were be been being am".split())  # noqa: SIM905
_CLAUSE_START = re.compile(
    r"[,;:!?()“”\"—–]|\b(?:and|but|or|that|when|while|as|after|before|because|since|if|which|who|whose|where)\b"
)
_REFERRING = re.compile(
    r"\b(?:he|she|it|they|his|her|its|their|this|these|we|i)\b|^\W*(?:the|that|those) ", re.IGNORECASE
)
_TAKING_UP = frozenset("he she it they him her them we i you this these the that those".split())  # noqa: SIM905
_OWNER = re.compile(r"\b[\w-]+(?:['’]s\b|s['’](?!\w))")
_QUALIFIED = re.compile(r" (?:in|at|of|near) (?:the )?((?:[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*)*)")
_APPOSED_NAME = re.compile(r", ((?:[A-Z][\w.’'-]+ ?)+), $")
_PRONOUN_OPENS = re.compile(r"\W*(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:which|who|that)\b\W*$")


class Match(Enum):
    """How what a text tells of fits what the question asks about."""

    SAME = "same"
    OTHER = "other"  # somebody or something of another name
    UNLIKE = "unlike"  # called by another noun, which may mean the same or not
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Participant:
    """Whom or what the event of a question is of: "the museum" of "When was the museum founded?"."""

    heads: frozenset[str]  # stems one of which names it
    is_named: bool  # by a name rather than by a noun
    is_bare: bool  # by a noun alone: "gold" of "Who won gold?" is not silver
    qualifiers: frozenset[str]  # stems of the names behind "in" or "of": which of several mills it is
    undergoes: bool  # it is what the event is done to
    terms: Terms

    def matches(self, texts: Sequence[str], position: int, word: re.Match[str], title: str) -> Match:
        """How the event told by a `word` of a sentence fits; `texts` are the sentences of its passage."""
        text = texts[position]
        found = self._beside(text, word) if _is_verb(word.group()) else Match.UNSAID
        if found is not Match.UNSAID:
            return found
        if self._is_in(text):
            return Match.SAME
        named = position - 1
        while named > 0 and _PRONOUN_OPENS.match(texts[named]):
            named -= 1
        if _REFERRING.search(text) and any(map(self._is_in, (*texts[max(0, named) : position], title))):
            return Match.SAME
        return Match.UNLIKE if self.is_named else Match.SAME  # a noun may stand for another

    def precedes(self, text: str, word: re.Match[str]) -> bool:
        """Whether what an event is done to stands before its verb and nothing behind: "a chart stolen in May"."""
        before, _ = _subject(text, word.start())
        return self.undergoes and self._is_in(_OWNER.sub(" ", before)) and not _object(text, word.end())

    def _beside(self, text: str, word: re.Match[str]) -> Match:
        """By the phrase that takes this part beside the verb."""
        before, is_passive = _subject(text, word.start())
        after = _object(text, word.end())
        if self.undergoes:
            phrase = before if is_passive or not after else after
        else:
            phrase = _agent(text, word.end()) if is_passive else before
        return self._compared(phrase)

    def _compared(self, phrase: str) -> Match:
        bare = _OWNER.sub(" ", phrase)
        if self._is_in(bare):
            return Match.OTHER if self._is_elsewhere(bare) else Match.SAME
        said = WORD.findall(bare)
        names = [name for name in said if name[0].isupper() and not is_function_word(name)]
        if names[:1] == said[:1] and len(names) == 1:
            names = []  # a capital that may only open the sentence
        if self.is_bare or (self.is_named and names):
            return Match.OTHER if said else Match.UNSAID
        return Match.UNSAID if not said or said[0].lower() in _TAKING_UP else Match.UNLIKE

    def _is_in(self, text: str) -> bool:
        return not self.heads.isdisjoint(self.terms(text))

    def _is_elsewhere(self, phrase: str) -> bool:
        """Whether it is one of another place: "the mill in Tessing" for the one in Ledmoor."""
        placed = _QUALIFIED.findall(phrase)
        return bool(self.qualifiers and placed) and self.qualifiers.isdisjoint(self.terms(" ".join(placed)))


def read_participant(said: Sequence[str], auxiliary: int | None, verb: int, terms: Terms) -> Participant | None:
    """The participant that a clause names beside its verb; None where it names none."""
    if auxiliary is None or auxiliary + 1 == verb:
        return _participant(said[verb + 1 :], terms, undergoes=True) if auxiliary is None else None
    subject = said[auxiliary + 1 : verb]
    undergoes = said[auxiliary].lower() not in DO_AND_MODALS and not said[verb].endswith("ing")
    return _participant(subject, terms, undergoes=undergoes)


def leaves_doer_out(text: str, word: re.Match[str], *, passive: bool) -> bool:
    """Whether a verb in the passive, by its form or as is known already, goes without "by": "was built in 1874"."""
    is_passive = passive or _subject(text, word.start())[1]
    return is_past_form(word.group()) and is_passive and not _agent(text, word.end())


def _participant(phrase: Sequence[str], terms: Terms, *, undergoes: bool) -> Participant | None:
    link = next((k for k, word in enumerate(phrase) if word.lower() in PREPOSITIONS), len(phrase))
    own = [word for word in phrase[:link] if not is_function_word(word)]
    if not own or own[-1].lower() in QUESTION_WORDS or any(word.lower() in _PRONOUNS for word in phrase[:link]):
        return None
    names = [word for word in own if word[0].isupper()]
    if not names and not _is_one(phrase[:link]):
        return None
    kind = own[-1].lower() in words("place_nouns") | words("group_nouns")
    heads = own[-1:] if kind or not names else names
    qualifiers = [word for word in (*own[:-1], *phrase[link:]) if word[0].isupper() and word not in heads]
    stems = frozenset(terms(" ".join(heads)))
    if not stems:
        return None
    is_bare = not names and len(phrase[:link]) == 1
    return Participant(stems, bool(names), is_bare, frozenset(terms(" ".join(qualifiers))), undergoes, terms)


def _is_verb(word: str) -> bool:
    return is_past_form(word) or (word.endswith("s") and is_base_verb(word[:-1]))


def _is_one(phrase: Sequence[str]) -> bool:
    """Whether a noun means one thing, "the museum" or "gold", and not any: "a museum", "some towns", "two banks"."""
    definite = phrase[0].lower() in ("the", "this", "that") or phrase[0].lower().endswith(("'s", "’s"))
    bare = len(phrase) == 1 and not (is_function_word(phrase[0]) or is_plural(phrase[0]) or is_past_form(phrase[0]))
    return definite or bare


def _subject(text: str, start: int) -> tuple[str, bool]:
    """The words of the clause up to its verb at `start`, and whether that stands in the passive."""
    before = text[:start]
    if apposed := _APPOSED_NAME.search(before):  # "his deputy, Ada Oake, resigned"
        return apposed[1], False
    breaks = [0, *(end.end() for end in _CLAUSE_START.finditer(before))]
    phrase = WORD.findall(before[breaks[-1] :])
    if _RELATIVE.search(before[: breaks[-1]]) and all(map(is_function_word, phrase)):  # "a mill, which (had) opened"
        told = _RELATIVE.sub("", before[: breaks[-1]]).rstrip(" ,")
        begun = max((end.end() for end in _CLAUSE_START.finditer(told)), default=0)
        phrase = [*WORD.findall(told[begun:]), *phrase]
    is_passive = False
    while phrase and (phrase[-1].lower() in AUXILIARIES | _BE | {"also", "then", "first"} or phrase[-1].endswith("ly")):
        is_passive |= phrase.pop().lower() in _BE
    return " ".join(phrase), is_passive


def _object(text: str, end: int) -> str:
    """The words behind a verb up to a preposition or the end of the clause."""
    following = text[end:]
    stop = _CLAUSE_START.search(following)
    found = []
    for word in WORD.findall(following[: stop.start()] if stop else following):
        if word.lower() in PREPOSITIONS:
            break
        found.append(word)
    return " ".join(found)


def _agent(text: str, end: int) -> str:
    by = re.match(r"[^,;.]*?\bby ([^,;.]+)", text[end:])
    return by[1] if by else ""
