"""Matching of an answer with an accepted one, word by word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_MARKER = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_WORD = re.compile(r"[a-z0-9$%]+")
_ARTICLES = frozenset({"a", "an", "the"})


def words_of(text: str) -> tuple[str, ...]:
    """The words two answers are compared by: lower case, without citation markers, accents, punctuation, a, an, the.

    `1,200` is one word, `$5m` and `40%` keep their sign, a straight `'s` is dropped. What has no ASCII form is
    dropped too, so a text in another script has no words.

    Source: after the normalisation of Rajpurkar et al., SQuAD (2016).
    """
    decomposed = unicodedata.normalize("NFKD", _MARKER.sub(" ", text))
    plain = decomposed.encode("ascii", errors="ignore").decode("ascii").lower()
    return tuple(word for word in _WORD.findall(plain.replace("'s", " ").replace(",", "")) if word not in _ARTICLES)


def is_matchable(answers: Iterable[str]) -> bool:
    """Whether any accepted answer has a word to compare; one in another script has none, and no answer holds it."""
    return any(words_of(answer) for answer in answers)


def contains(words: Sequence[str], accepted: Sequence[str]) -> bool:
    """Whether all of `accepted` stands in `words` in one piece; nothing contains no words."""
    return bool(accepted) and f" {' '.join(accepted)} " in f" {' '.join(words)} "


def token_f1(words: Sequence[str], accepted: Sequence[str]) -> float:
    """Harmonic mean of the shares of `words` and of `accepted` that the two have in common, in [0, 1].

    `2 · common / (len(words) + len(accepted))`, where a word counts as often as both have it; 0 without a common one.

    Source: Rajpurkar et al., SQuAD (2016).
    """
    common = (Counter(words) & Counter(accepted)).total()
    return 2 * common / (len(words) + len(accepted)) if common else 0.0
