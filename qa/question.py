"""How a question is read: what it is about."""

import re
from dataclasses import dataclass

from qa.lexicon import words
from qa.reading import Period

_REQUEST = re.compile(rf"^(?:please )?(?:{'|'.join(sorted(words('request_verbs')))}) (?:me )?(?:all )?", re.IGNORECASE)
_DAY_OWNED = re.compile(r"\w+day['’]s$")  # "Friday's vote"
_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*\.?")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with what was understood of it."""

    text: str
    content_words: tuple[str, ...]  # as written, without function words
    names: tuple[str, ...]  # content words written with a capital


def read_question(text: str, period: Period | None = None, *, is_then: bool = False) -> ReadQuestion:
    """Reads a question by its form alone.

    The words of the `period` that it speaks of are no names. An article of that time (`is_then`) is not asked for it,
    but for a weekday: that is how articles put it, not "on 12 July" or "last week".
    """
    untimed = period.left_out_of(text) if period else text
    asked = period.left_out_of(text, but_weekdays=True) if period and is_then else text
    content = content_words(_REQUEST.sub("", asked))
    names = (word for word in content_words(_REQUEST.sub("", untimed)) if word[0].isupper())
    return ReadQuestion(asked, content, tuple(name for name in names if not _DAY_OWNED.match(name)))


def content_words(text: str) -> tuple[str, ...]:
    """Distinct words of `text` as written, without function and question words."""
    return tuple(dict.fromkeys(word for word in _words(text) if word.lower() not in words("function_words")))


def _words(text: str) -> list[str]:
    found = (match.group() for match in _WORD.finditer(text))
    return [word if word.count(".") > 1 else word.rstrip(".") for word in found]  # "U.S." keeps its points
