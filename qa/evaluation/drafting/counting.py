"""Counting: the number a sentence gives, and what it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.evaluation.drafting.clause import FINITE, base_of, plain_sentences
from qa.evaluation.drafting.named import Named
from qa.numbers import read_numbers
from qa.reading.word_forms import PREPOSITIONS, WORD, is_function_word, is_plural
from qa.verification.units import units_before, units_behind

ROUNDED = re.compile(
    r"\s*\b(?:about|around|almost|nearly|some|more than|less than|fewer than|at least|up to|over|an estimated|only|just"
    r"|a total of|a record)\s*$",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(r"(?:st|nd|rd|th)\b|[-–]|\s?(?:per cent|percent|%|o[’']clock|[ap]\.?m\b)")
_YEARS = (1500, 2100)  # four digits between these are more often a year than a count
_SHARED = re.compile(
    r"\band (?:[\w’'-]+ ){0,2}\d|\band (?:[\w’'-]+ ){1,7}?(?:was|were|is|are)\b|\b(?:said|according to)\b"
)  # "… and 108,000 damaged"
_MOST_NOUNS = 3


@dataclass(frozen=True, slots=True)
class CountedNumber:
    """A number in a text: `text`, up to `end`, with its currency where it is money."""

    start: int
    end: int
    text: str
    money: bool


def first_number(text: str) -> CountedNumber | None:
    """The first number of a text, where it counts something; None where it is a date, an ordinal or a share."""
    number = next(iter(read_numbers(text)), None)
    if number is None or _NOT_COUNTED.match(text, number.end):
        return None
    before, start = units_before(text, number.start)
    behind, end = units_behind(text, number.end)
    if any(unit.kind.startswith("money") for unit in (*before, *behind)):
        return CountedNumber(start, end, text[start:end], money=True)
    if any(unit.kind in ("percent", "points", "ordinal", "clock") for unit in behind):
        return None
    if number.values[0] <= 1 or (not number.spelled and _YEARS[0] <= number.values[0] <= _YEARS[1]):
        return None
    return CountedNumber(number.start, number.end, text[number.start : number.end], money=False)


def counted_nouns(after: str) -> tuple[str, str]:
    """The nouns behind a number, up to the plural, and what follows them; empty where none can be told."""
    nouns: list[re.Match[str]] = []
    for token in list(WORD.finditer(after))[:_MOST_NOUNS]:
        word = token.group()
        if not word.islower() or is_function_word(word) or word in PREPOSITIONS:
            break
        nouns.append(token)
        if is_plural(word):
            break
    if not nouns or not is_plural(nouns[-1].group()) or after[: nouns[0].start()].strip():
        return "", ""
    end = nouns[-1].end()
    return after[nouns[0].start() : end], after[end:]


@dataclass(frozen=True, slots=True)
class CountedSubject:
    """A sentence that says how many do or suffer something."""

    start: int
    end: int
    question: str
    answer: str


def counted_subjects(named: Named) -> Iterator[CountedSubject]:
    """The sentences of an article that begin with a number of things and a finite verb."""
    text = named.article.text
    for start, end in plain_sentences(text):
        sentence = text[start:end]
        number = first_number(sentence)
        if number is None or number.money or ROUNDED.sub("", sentence[: number.start]).strip():
            continue
        nouns, rest = counted_nouns(sentence[number.end :])
        verb = rest.split()[0] if nouns and rest.strip() else ""
        rest = rest.removesuffix(".").partition(", ")[0]
        if (verb in FINITE or base_of(verb)) and not _SHARED.search(rest):
            asked = f"How many {nouns}{named.spelled_out(rest)}?"
            yield CountedSubject(start, end, asked, number.text)
