"""How a question is read: what it asks for and about what."""

import re
from dataclasses import dataclass
from enum import Enum

from qa.lexicon import words

_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*\.?")


class Wanted(Enum):
    """The kind of thing that would answer."""

    STATEMENT = "what somebody said"
    PERSON = "who"
    TIME = "when"
    PLACE = "where"
    NUMBER = "how many"
    ANYTHING = "anything"


_OPENINGS = (
    (
        Wanted.NUMBER,
        re.compile(
            r"\bhow (?:many|much|long|old|far|tall|big|large|often)\b|\bwhat (?:percent\w*|number|share)\b", re.I
        ),
    ),
    (Wanted.TIME, re.compile(r"\bwhen\b|\bwhat (?:day|date|year|month|time)\b", re.I)),
    (Wanted.PLACE, re.compile(r"\bwhere\b|\b(?:what|which) (?:country|city|state|town|place)\b", re.I)),
    (Wanted.PERSON, re.compile(r"\bwho(?:m|se)?\b", re.I)),
)
_ASKS_WHAT_WAS_SAID = re.compile(r"\b(?:what|how|did|does|has|have)\b", re.I)


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with what was understood of it."""

    text: str
    wanted: Wanted
    content_words: tuple[str, ...]  # as written, without function words
    names: tuple[str, ...]  # content words written with a capital


def read_question(text: str) -> ReadQuestion:
    """Reads a question by its form alone."""
    found = [
        match.group().rstrip(".") if match.group().count(".") < 2 else match.group() for match in _WORD.finditer(text)
    ]
    content = tuple(dict.fromkeys(word for word in found if word.lower() not in words("function_words")))
    names = tuple(word for word in content if word[0].isupper())
    return ReadQuestion(text, _wanted(text), content, names)


def content_words(text: str) -> tuple[str, ...]:
    """Distinct words of `text` as written, without function and question words."""
    return tuple(dict.fromkeys(word for word in _words(text) if word.lower() not in words("function_words")))


def _words(text: str) -> list[str]:
    found = (match.group() for match in _WORD.finditer(text))
    return [word if word.count(".") > 1 else word.rstrip(".") for word in found]  # "U.S." keeps its points


def _wanted(text: str) -> Wanted:
    asked = next((kind for kind, form in _OPENINGS if form.search(text)), Wanted.ANYTHING)
    speaks = any(word.lower() in words("speech_verbs") for word in _words(text))
    if asked is Wanted.ANYTHING and speaks and _ASKS_WHAT_WAS_SAID.match(text):
        return Wanted.STATEMENT
    return asked
