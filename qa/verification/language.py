"""Whether a statement is in English, as far as its commonest words tell, and what can be told of one that is not."""

import re
import unicodedata
from collections.abc import Iterator

from qa.lexicon import words
from qa.reading import word_forms as forms
from qa.verification.names import StatedName

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 40  # characters before a word that are looked at
_OPENING = re.compile(r"(?:^|[.!?:“„«\x01])\W*$")
_WORD_IN_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+")
_BEHIND_NAME = re.compile(r"(?:[^\W\d_a-z][\w’'-]*|\bvon|\bvan|\bde)\s$")
_IN_NAME = re.compile(r"\s[^\W\d_a-z]")
# Two capitalised words and more; German writes every noun so, but seldom two side by side
_RUN = re.compile(r"[^\W\d_a-z][\w’'-]+(?: (?:(?:al|da|de|del|della|di|du|la|van|von|der) ){0,2}[^\W\d_a-z][\w’'-]+)+")


def is_english(text: str) -> bool:
    """True unless the letters are not Latin, or more function words are of other languages than of English.

    A foreign word in a name tells nothing: "Le Pen said".
    """
    if not is_latin(text):
        return False
    tokens = [match[0].lower() for match in _WORD.finditer(text) if not _is_in_name(text, match)]
    foreign = sum(token in words("foreign_function_words") for token in tokens)
    return foreign <= sum(forms.is_function_word(token) for token in tokens)


def is_latin(text: str) -> bool:
    """Whether at least half of the letters are Latin."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return not letters or latin * 2 >= len(letters)


def full_names(text: str) -> Iterator[StatedName]:
    """The last two of words with capitals that stand side by side: in whatever language, mostly a name."""
    for run in _RUN.finditer(text):
        given, surname = list(_WORD_IN_NAME.finditer(text, *run.span()))[-2:]
        if given[0].lower() not in words("foreign_function_words"):
            yield StatedName(given.start(), surname.end(), (given[0], surname[0]))


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """Whether a capital, or one before and one behind, make a word part of a name: "Los Angeles", "von der Leyen"."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    precedes = _IN_NAME.match(text, match.end()) is not None
    if match[0][0].isupper():
        return precedes or _OPENING.search(before) is None
    return precedes and _BEHIND_NAME.search(before) is not None
