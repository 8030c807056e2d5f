"""How a question is read: what it is about."""

import re
from dataclasses import dataclass

from qa.lexicon import words
from qa.reading import Period

_REQUEST = re.compile(rf"^(?:please )?(?:{'|'.join(sorted(words('request_verbs')))}) (?:me )?(?:all )?", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*\.?")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with what was understood of it."""

    text: str
    content_words: tuple[str, ...]  # as written, without function words
    names: tuple[str, ...]  # content words written with a capital


def read_question(text: str, *, period: Period | None = None, within: Period | None = None) -> ReadQuestion:
    """Reads a question by its form alone.

    The words of the `period` that it speaks of are no names. Of an article published about then (`within`) only a
    weekday remains to be asked: that is how articles put it, not "on 12 July" or "last week".
    """
    asked = within.left_out_of(text, but_weekdays=True) if within else text
    content = content_words(_REQUEST.sub("", asked))
    times = {word for expression in (period.expressions if period else ()) for word in expression.split()}
    names = tuple(word for word in content if word[0].isupper() and word not in times)
    return ReadQuestion(asked, content, names)


def content_words(text: str) -> tuple[str, ...]:
    """Distinct words of `text` as written, without function and question words."""
    return tuple(dict.fromkeys(word for word in _words(text) if word.lower() not in words("function_words")))


def _words(text: str) -> list[str]:
    found = (match.group() for match in _WORD.finditer(text))
    return [word if word.count(".") > 1 else word.rstrip(".") for word in found]  # "U.S." keeps its points
