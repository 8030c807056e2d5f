"""What a conversation has spoken of so far, and which of it a pronoun most likely means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.reading import word_forms as forms
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
_PERSON_FADES = 0.75
_THING_FADES = 0.5


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something the conversation has mentioned, under the fullest name it was given."""

    mention: Mention
    weight: float
    turn: int  # the last one that mentions it, the first being 0

    @property
    def text(self) -> str:
        """How to name it again: what was "a chart" is "the chart" now."""
        article, _, rest = self.mention.text.partition(" ")
        return f"the {rest}" if article.lower() in {"a", "an", "the"} else self.mention.text


def find_referents(turns: Sequence[tuple[str, str]]) -> tuple[Referent, ...]:
    """The referents of earlier (question, answer) pairs, the questions as understood, oldest first; heaviest first."""
    known: list[Referent] = []
    for number, (question, answer) in enumerate(turns):
        known = [replace(each, weight=each.weight * _fading(each)) for each in known]
        for mention, weight in (*_weighed_question(question), *_weighed_answer(question, answer)):
            _remember(known, mention, weight, number)
    return tuple(sorted(known, key=lambda referent: -referent.weight))


def _fading(referent: Referent) -> float:
    return _PERSON_FADES if referent.mention.person > 0.5 else _THING_FADES


def _weighed_question(question: str) -> list[tuple[Mention, float]]:
    found = find_mentions(question)
    return [(mention, _OF_QUESTION if place else _FIRST_OF_QUESTION) for place, mention in enumerate(found)]


def _weighed_answer(question: str, answer: str) -> list[tuple[Mention, float]]:
    found = find_mentions(answer)
    short = len(answer.split()) <= _SHORT_WORDS
    first = _SHORT_ANSWER if short or question.lower().startswith("who") else _FIRST_OF_ANSWER
    if question.lower().startswith("who"):
        found = tuple(replace(m, person=min(1.0, m.person + 0.3)) if m.person else m for m in found)
    if re.search(r"\bwhere\b", question, re.I) and short and found:
        found = tuple(replace(mention, person=0.0, place=True) for mention in found)
    about_somebody = bool(re.search(r"\b(?:he|she|his|her|him)\b", question, re.I))
    weighed = []
    for place, mention in enumerate(found):
        weight = max(_OF_ANSWER if place else first, _ACTS_IN_ANSWER * mention.acts)
        weighed.append((mention, weight if mention.acts or not about_somebody else weight * _BESIDE_SOMEBODY))
    return weighed


def _remember(known: list[Referent], mention: Mention, weight: float, turn: int) -> None:
    for index in reversed(range(len(known))):
        if _same(known[index].mention, mention):
            known[index] = Referent(_merged(known[index].mention, mention), known[index].weight + weight, turn)
            return
    known.append(Referent(mention, weight, turn))


def _same(one: Mention, other: Mention) -> bool:
    first, second = (
        {word.lower() for word in forms.WORD.findall(each.text)} - {"the", "a", "an"} for each in (one, other)
    )
    if one.named and other.named:
        return first <= second or second <= first
    return one.head == other.head and (first <= second or second <= first)


def _merged(one: Mention, other: Mention) -> Mention:
    fuller = one if len(one.text) >= len(other.text) else other
    certain = max((one, other), key=lambda mention: abs(mention.person - 0.5))
    return replace(fuller, person=certain.person, gender=one.gender or other.gender, place=one.place or other.place)
