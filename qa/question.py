"""How a question is read: what it is about."""

import re
from dataclasses import dataclass

from qa.lexicon import words

_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*\.?")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with what was understood of it."""

    text: str
    content_words: tuple[str, ...]  # as written, without function words
    names: tuple[str, ...]  # content words written with a capital


def read_question(text: str) -> ReadQuestion:
    """Reads a question by its form alone."""
    content = content_words(text)
    names = tuple(word for word in content if word[0].isupper())
    return ReadQuestion(text, content, names)


def content_words(text: str) -> tuple[str, ...]:
    """Distinct words of `text` as written, without function and question words."""
    return tuple(dict.fromkeys(word for word in _words(text) if word.lower() not in words("function_words")))


def _words(text: str) -> list[str]:
    found = (match.group() for match in _WORD.finditer(text))
    return [word if word.count(".") > 1 else word.rstrip(".") for word in found]  # "U.S." keeps its points
