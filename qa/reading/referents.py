"""What a conversation has spoken of so far, and which of it a pronoun most likely means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.lexicon import words
from qa.reading import word_forms as forms
from qa.reading.clauses import bare_subject
from qa.reading.mentions import Mention, find_mentions

# What is asked about outweighs what an answer brings in, unless the answer is hardly more than that name. A turn
# farther back counts for less; people stay in mind for longer than things do.
_FIRST_OF_QUESTION = 2.0
_OF_QUESTION = 1.5
_SHORT_ANSWER = 2.5
_FIRST_OF_ANSWER = 1.2
_OF_ANSWER = 0.4
_ACTS_IN_ANSWER = 1.0
_BESIDE_SOMEBODY = 0.4  # times that, for who else comes into an answer about "him" or "her"
_SHORT_WORDS = 8
_NAMES_KEPT = 1_024  # each is held against every other
_PERSON_FADES = 0.75
_THING_FADES = 0.5
_PERSONAL = re.compile(r"\b(?:he|she|his|her|him)\b", re.I)
_ASKS_WHICH = re.compile(r"(?:which|what) (?P<kind>[a-z]+)", re.I)
_DESCRIBES_SOMEBODY = re.compile(r"who(?:['’]s| is| was) [A-Z]", re.I)


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something the conversation has mentioned, under the fullest name it was given."""

    mention: Mention
    weight: float
    turn: int  # the last one that mentions it, the first being 0
    leads: bool = False  # it was what its question was first about

    @property
    def text(self) -> str:
        """How to name it again: what was "a chart" is "the chart" now."""
        article, _, rest = self.mention.text.partition(" ")
        return f"the {rest}" if article.lower() in {"a", "an", "the"} else self.mention.text


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier turn: the question as asked and as understood, and the answer."""

    asked: str
    understood: str
    answer: str


def recall(before: Sequence[Referent], exchange: Exchange, number: int) -> tuple[Referent, ...]:
    """What was mentioned before, which fades, with what the next exchange mentions, in the order it was met."""
    known = [replace(each, weight=each.weight * _fading(each)) for each in before]
    answered = _weighed_answer(exchange.understood, exchange.answer)
    for mention, weight in (*_weighed_question(exchange.understood, exchange.asked), *answered):
        _remember(known, Referent(mention, weight, number, weight == _FIRST_OF_QUESTION))
    return tuple(known)


def likeliest(known: Sequence[Referent]) -> tuple[Referent, ...]:
    """The same, the most likely to be taken up again first."""
    return tuple(sorted(known, key=lambda referent: -referent.weight))


def _fading(referent: Referent) -> float:
    return _PERSON_FADES if referent.mention.person > 0.5 else _THING_FADES


def _weighed_question(question: str, asked: str) -> list[tuple[Mention, float]]:
    found = (*bare_subject(question), *find_mentions(question))
    pronoun = _PERSONAL.search(asked)
    if pronoun:
        gender = "m" if pronoun.group().lower().startswith("h") and pronoun.group().lower() != "her" else "f"
        found = tuple(replace(m, gender=gender) if m.person > 0.5 and m.text not in asked else m for m in found)
    if _DESCRIBES_SOMEBODY.match(question) and found and not found[0].described:
        found = (replace(found[0], person=1.0), *found[1:])
    return [(mention, _OF_QUESTION if place else _FIRST_OF_QUESTION) for place, mention in enumerate(found)]


def _weighed_answer(question: str, answer: str) -> list[tuple[Mention, float]]:
    found = find_mentions(answer)
    short = len(answer.split()) <= _SHORT_WORDS and bool(found) and found[0].start == 0 and not found[0].acts
    if _DESCRIBES_SOMEBODY.match(question) and found and found[0].described:
        found = found[1:]  # who the name of the question belongs to is no second person
    first = _SHORT_ANSWER if short or question.lower().startswith("who") else _FIRST_OF_ANSWER
    if question.lower().startswith("who"):
        found = tuple(replace(m, person=min(1.0, m.person + 0.3)) if m.person else m for m in found)
    which = _ASKS_WHICH.match(question)
    if which and which["kind"].lower() not in words("person_nouns") | forms.AUXILIARIES and short and found:
        found = (replace(found[0], person=0.0), *found[1:])
    if re.search(r"\bwhere\b", question, re.I) and short and found:
        found = tuple(replace(mention, person=0.0, place=True) for mention in found)
    asks_who = question.lower().startswith("who")
    about_somebody = bool(_PERSONAL.search(question))
    weighed = []
    for place, mention in enumerate(found):
        weight = _OF_ANSWER if place or (about_somebody and not short and not mention.acts) else first
        weight = max(weight, _ACTS_IN_ANSWER * mention.acts)
        weight *= 0.5 if asks_who and mention.person < 0.5 else 1.0  # "it" is what was done, not the body that did it
        weighed.append((mention, weight if mention.acts or not about_somebody else weight * _BESIDE_SOMEBODY))
    return weighed


def _remember(known: list[Referent], new: Referent) -> None:
    for index in reversed(range(len(known))):
        old = known[index]
        if _same(old.mention, new.mention):
            leads = new.leads or (old.leads and old.turn == new.turn)
            known[index] = Referent(_merged(old.mention, new.mention), old.weight + new.weight, new.turn, leads)
            return
    known.append(new)


def _same(one: Mention, other: Mention) -> bool:
    first, second = _words_of(one.text), _words_of(other.text)
    if (" and " in one.text) != (" and " in other.text):  # two are neither of them
        return False
    if one.named and other.named:
        return first <= second or second <= first
    return one.head == other.head and (first <= second or second <= first)


@lru_cache(_NAMES_KEPT)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in forms.WORD.findall(name)) - {"the", "a", "an"}


def _merged(one: Mention, other: Mention) -> Mention:
    fuller = one if len(one.text) >= len(other.text) else other
    certain = max((one, other), key=lambda mention: abs(mention.person - 0.5))
    return replace(fuller, person=certain.person, gender=one.gender or other.gender, place=one.place or other.place)
