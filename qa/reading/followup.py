"""A follow-up question as one that can be understood alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.citation import CitedSpan
from qa.lexicon import words
from qa.reading.ellipsis import complete
from qa.reading.officeholders import place_office
from qa.reading.pronouns import resolve_other, resolve_pronouns
from qa.reading.referents import Exchange, Referent, likeliest, recall

_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|they|them|their|it|its|this|that|these|those|there)\b", re.I)
_REACH = 24  # turns looked back upon: what somebody said before them has faded to a thousandth


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question and what was answered, which may be nothing."""

    question: str
    answer: str = ""
    citations: tuple[CitedSpan, ...] = ()  # their numbers are kept in the turns that follow


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone; `changed` tells that it is not the one that was asked."""

    question: str
    changed: bool


def resolve_followup(question: str, history: Sequence[Turn]) -> Understood:
    """The question with what it leaves to the earlier turns, oldest first, put into words.

    Earlier questions are understood the same way first. A question that is complete stays as it is.
    """
    earlier: list[Exchange] = []
    known: tuple[Referent, ...] = ()
    for number, turn in enumerate(history[-_REACH:]):
        earlier.append(Exchange(turn.question, _understand(turn.question, earlier, known), turn.answer))
        known = recall(known, earlier[-1], number)
    understood = _understand(question, earlier, known)
    return Understood(understood, understood != question.strip())


def _understand(question: str, earlier: Sequence[Exchange], known: Sequence[Referent]) -> str:
    question = question.strip()
    if not earlier or not question or _asks_nothing(question):
        return question
    last, referents = earlier[-1], likeliest(known)
    question = resolve_other(place_office(question, earlier), last.understood, referents)
    completed = complete(question, last.understood, last.answer)
    if completed != question and not _pronouns(question) & _pronouns(completed):
        return completed  # what it took from the question before is understood already
    resolved = resolve_pronouns(completed, referents)
    return complete(resolved, last.understood, last.answer) if resolved != completed else resolved


def _asks_nothing(text: str) -> bool:
    """Whether a message is a courtesy: "Thanks, great!"."""
    return set(re.findall(r"\w+", text.lower())) <= words("courtesies")


def _pronouns(question: str) -> frozenset[str]:
    return frozenset(match.lower() for match in _PRONOUN.findall(question))
