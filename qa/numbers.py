"""Numbers in text, and answers that give different ones to the same question."""

import re

_DIGITS = re.compile(r"(?<![\w.,])[$€£]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = re.compile(r"[\s-]*(" + "|".join(_SCALES) + r")\b", re.IGNORECASE)
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ONES = {word: value for value, word in enumerate((*_DIGIT_WORDS, *_TEENS))}
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * value for value, word in enumerate(_DECADES, 2)}
_WORDS = re.compile(
    rf"\b(?:({'|'.join(_TENS)})(?:[\s-]({'|'.join(_DIGIT_WORDS[1:])}))?|({'|'.join(_ONES)}))\b", re.IGNORECASE
)
_ASKS_FOR_NUMBER = re.compile(r"\bhow (?:many|much)\b|\bwhat (?:percent\w*|number|share)\b", re.IGNORECASE)


def asks_for_number(question: str) -> bool:
    """Whether a question wants a quantity."""
    return bool(_ASKS_FOR_NUMBER.search(question))


def numbers_in(text: str) -> frozenset[float]:
    """The quantities in `text`: "1,200", "1.2 thousand" and "twelve hundred" are the same."""
    found = [(match.end(), float(match[1].replace(",", "") + (match[2] or ""))) for match in _DIGITS.finditer(text)]
    found += [(match.end(), _spelled(match)) for match in _WORDS.finditer(text)]
    return frozenset(round(value * _scale(text, end), 6) for end, value in found)


def _spelled(match: re.Match[str]) -> float:
    tens, ones, alone = match.groups()
    if alone:
        return float(_ONES[alone.lower()])
    return float(_TENS[tens.lower()] + (_ONES[ones.lower()] if ones else 0))


def _scale(text: str, end: int) -> float:
    scale = _SCALE.match(text, end)
    return _SCALES[scale[1].lower()] if scale else 1.0
