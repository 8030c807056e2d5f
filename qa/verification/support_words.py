"""Words of a statement and of the passage it cites: which of them say the same."""

import re
from dataclasses import dataclass
from itertools import pairwise

from qa.lexicon import words
from qa.reading.word_forms import WORD, is_function_word, is_verb

_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("edly", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""))
_KEEPS_S = ("ss", "us", "is")
_STEM_MIN = 3  # letters that an ending must leave
_PREFIX_MIN = 4  # letters that two words of one family share at least, when one is the beginning of the other
_PREFIX_SHARE = 0.6  # of the longer one


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that says what a text is about."""

    stem: str
    name: bool  # written with a capital that the beginning of a sentence does not explain
    verb: bool

    def stands_among(self, stems: frozenset[str]) -> bool:
        """Whether the word, or one of its family, is among the stems; of a name and a figure nothing but itself."""
        if self.stem in stems:
            return True
        return not self.name and any(_of_one_family(self.stem, stem) for stem in stems)


def content_words(text: str) -> tuple[ContentWord, ...]:
    """The words of `text` that are not function words, in order."""
    found = [match[0] for match in WORD.finditer(text)]
    pairs = pairwise([*found, ""])
    return tuple(
        _content_word(word, begins=position == 0, following=following)
        for position, (word, following) in enumerate(pairs)
        if not (is_function_word(word) or word.lower() in words("function_words"))
    )


def stem(word: str) -> str:
    """The word in lower case without its commonest endings; the stems of a word's forms are mostly alike."""
    word = re.sub(r"['’]s?$", "", word.lower())
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_MIN and not _keeps(word, ending):
            word = word.removesuffix(ending) + instead
            break
    if len(word) > _STEM_MIN and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e") if len(word) > _STEM_MIN else word


def _keeps(word: str, ending: str) -> bool:
    return ending in {"s", "es"} and word.endswith(_KEEPS_S)


def _content_word(word: str, *, begins: bool, following: str) -> ContentWord:
    capital = word[0].isupper()
    name = capital and (not begins or following[:1].isupper())
    return ContentWord(stem(word), name, is_verb(word) and not name)


def _of_one_family(one: str, other: str) -> bool:
    """Whether two stems begin alike for long enough: "protest" and "protester"."""
    if not (one.isalpha() and other.isalpha()) or one[0] != other[0]:
        return False
    short, long = sorted((one, other), key=len)
    common = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    least = _PREFIX_MIN if common == len(short) else _PREFIX_MIN + 1
    return common >= max(least, _PREFIX_SHARE * len(long))
