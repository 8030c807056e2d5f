"""Numbers in text, however they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
_MULTIPLES = {"hundred": 100.0, "dozen": 12.0}
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ONES = {word: float(value) for value, word in enumerate((*_DIGIT_WORDS, *_TEENS))}
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10.0 * value for value, word in enumerate(_DECADES, 2)}
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

_WORD = "|".join((*_TENS, *sorted(_ONES, key=len, reverse=True), *_MULTIPLES, *_SCALES))
_GROUPS = r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?<![^\W\d_]-)(?:(?P<whole>{_GROUPS}|\d+)(?P<decimals>[.,]\d+)?(?P<sign>[½¼¾])?|(?P<alone>[½¼¾]))"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:\s+and\s+|[\s-]+)(?:{_WORD}))*)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[a-z]+", re.IGNORECASE)
_AND_A_PART = re.compile(r"\s+and\s+(?:a|one)\s+(half|quarter)\b", re.IGNORECASE)
_SCALE = re.compile(rf"[\s-]*\b({'|'.join((*_MULTIPLES, *_SCALES))})\b|\s?({'|'.join(_SHORT_SCALES)})\b", re.IGNORECASE)
_HALF_A = re.compile(rf"\bhalf[\s-](?:an?|one)[\s-]({'|'.join((*_MULTIPLES, *_SCALES))})\b", re.IGNORECASE)
_ONE_BEFORE = re.compile(r"\b(?:an?|the|per)[\s-]+$", re.IGNORECASE)
_ASKS_FOR_NUMBER = re.compile(r"\bhow (?:many|much)\b|\bwhat (?:percent\w*|number|share)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `text[start:end]`, with the words that scale it."""

    start: int
    end: int
    values: tuple[float, ...]  # the likeliest first: "2.300" is 2.3 in English and 2300 in German
    scale: float = 1.0  # what a word behind the number multiplies it by; `values` are multiplied already
    spelled: bool = False  # in words


def asks_for_number(question: str) -> bool:
    """Whether a question wants a quantity."""
    return bool(_ASKS_FOR_NUMBER.search(question))


def numbers_in(text: str) -> frozenset[float]:
    """The quantities in `text`: "1,200", "1.2 thousand" and "twelve hundred" are the same."""
    return frozenset(number.values[0] for number in read_numbers(text))


def read_numbers(text: str) -> tuple[Number, ...]:
    """The numbers in `text`, in order; digits that belong to a name ("A320", "F-16") are none."""
    halves = [
        Number(m.start(), m.end(), (0.5 * _unit(m[1]),), _unit(m[1]), spelled=True) for m in _HALF_A.finditer(text)
    ]
    found = list(halves)
    for match in _NUMBER.finditer(text):
        for number in _spelled(text, match) if match["words"] else (_digits(text, match),):
            if not any(number.start < half.end and half.start < number.end for half in halves):
                found.append(number)
    return tuple(sorted(found, key=lambda number: number.start))


def _digits(text: str, match: re.Match[str]) -> Number:
    values = [_SIGNS[match["alone"]]] if match["alone"] else _readings(match["whole"], match["decimals"] or "")
    added = _SIGNS[match["sign"]] if match["sign"] else 0.0
    return _scaled(text, match.start(), match.end(), tuple(value + added for value in values), spelled=False)


def _readings(whole: str, decimals: str) -> list[float]:
    """The values digits can have; a point or a comma divides off decimals or thousands."""
    plain = float(re.sub(r"\D", "", whole))
    if not decimals:
        return [plain]
    value = float(f"{plain:.0f}.{decimals[1:]}")
    together = float(f"{plain:.0f}{decimals[1:]}")
    return [value, together] if len(decimals) == 4 and len(whole) <= 3 else [value]


def _scaled(text: str, start: int, end: int, values: tuple[float, ...], *, spelled: bool) -> Number:
    if part := _AND_A_PART.match(text, end):
        values, end = tuple(value + (0.5 if part[1].lower() == "half" else 0.25) for value in values), part.end()
    scale = 1.0
    while found := _SCALE.match(text, end):
        scale, end = scale * _unit(found[1] or found[2]), found.end()
    return Number(start, end, tuple(round(value * scale, 6) for value in values), scale, spelled)


def _unit(word: str) -> float:
    return (_SCALES | _SHORT_SCALES | _MULTIPLES)[word.lower()]


@dataclass(slots=True)
class _Counting:
    """A spelled number while its words are read."""

    start: int
    end: int
    total: float = 0.0  # closed by a scale: the two thousand of "two thousand and five"
    current: float | None = None
    scale: float = 1.0

    def multiply(self, word: str, end: int) -> None:
        self.scale, self.end = _unit(word), end
        times = (1.0 if self.current is None else self.current) * self.scale
        if word in _SCALES:
            self.total, self.current = self.total + times, None
        else:
            self.current = times

    def number(self, text: str) -> Number:
        found = _scaled(text, self.start, self.end, (self.total + (self.current or 0.0),), spelled=True)
        return replace(found, scale=max(self.scale, found.scale))


def _spelled(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The numbers in a run of number words: "two hundred and five" is one, "five and six" are two."""
    counting = _Counting(match.start(), match.start())
    joined = False
    for piece in _PIECE.finditer(text, match.start(), match.end()):
        word = piece[0].lower()
        if word in _SCALES or word in _MULTIPLES:
            if counting.current is None and not counting.total and not _ONE_BEFORE.search(text, 0, piece.start()):
                counting = _Counting(piece.end(), piece.end())  # "several million" counts nothing
            else:
                counting.multiply(word, piece.end())
        elif word != "and":
            value = _ONES.get(word, _TENS.get(word, 0.0))
            if counting.current is not None and not _continues(counting.current, value, joined=joined):
                yield counting.number(text)
                counting = _Counting(piece.start(), piece.start())
            if counting.current is None and not counting.total:
                counting.start = piece.start()
            counting.current, counting.end = (counting.current or 0.0) + value, piece.end()
        joined = word == "and"
    if counting.end > counting.start:
        yield counting.number(text)


def _continues(current: float, value: float, *, joined: bool) -> bool:
    """Whether a number word adds to the ones before it."""
    if current % 100 == 0 and current > 0:
        return True
    return not joined and 0 < value < 10 and current % 100 >= 20 and current % 10 == 0
