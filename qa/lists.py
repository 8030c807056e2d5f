"""Lists: questions that want every member, and sentences that enumerate them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from qa.lexicon import words
from qa.numbers import read_numbers
from qa.reading.word_forms import AUXILIARIES, PREPOSITIONS, is_base_verb, is_past_form

_REQUESTS = "|".join(sorted(words("request_verbs")))
_AND = r"^(?:and |but |so )?"
_COUNT = r"(?:of (?:the|these|those) )?(?:(?:\d+|two|three|four|five|six|seven|eight|nine) )?"
_WHICH = re.compile(
    rf"{_AND}(?:(?:in|at|on|for|to|from|by|with|against) )?(?:which|what) (?!are |were |is |was ){_COUNT}",
    re.IGNORECASE,
)
_WHAT_ARE = re.compile(rf"{_AND}what (?:are|were) (?:the )?", re.IGNORECASE)
_WHO_ALL = re.compile(rf"{_AND}who (?:are|were|else|all|has|have)\b|^(?:please )?(?:{_REQUESTS}) ", re.IGNORECASE)
_WANTS_THINGS = re.compile(rf"{_AND}(?:what|which|who|{_REQUESTS})\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•‣]|\(?\d{1,2}[.)]|\(?[a-h]\))\s+")
_ORDINAL = re.compile(
    r"\W*(?:and )?(?:first|second|third|fourth|fifth|sixth|final|last)(?:ly)?,"
    r"|\W*the (?:first|second|third|fourth|fifth|sixth|last) (?:is|was|would|asks|calls)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[A-Z][a-z]+")
_NOUN_WITHIN = 3  # words behind "which" or "what are": "northern towns", "the bus drivers' demands"
_MAY_FOLLOW = (AUXILIARIES | PREPOSITIONS | {"that", "who", "which"}) - {"to"}
_MOST = 9  # a lead that counts more announces no list that is told in full


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Sentences of a passage, by position, that tell the members one after the other, and the one before them."""

    first: int
    last: int
    lead: int | None  # None where the passage begins with a member

    @property
    def whole(self) -> range:
        """Positions of all its sentences."""
        return range(self.first if self.lead is None else self.lead, self.last + 1)


def asks_for_members(question: str) -> bool:
    """Whether a question wants all of several: "Which towns …?", "Name the …"."""
    if _WHO_ALL.match(question):
        return True
    if told := _WHAT_ARE.match(question):
        return any(map(_is_plural, _phrase(question[told.end() :])[:_NOUN_WITHIN]))
    begun = _WHICH.match(question)
    return begun is not None and _names_several(question[begun.end() :])


def _phrase(text: str) -> list[str]:
    """The words of `text` up to the first function word."""
    return list(takewhile(lambda word: word not in words("function_words"), re.findall(r"[\w’'-]+", text.lower())))


def _names_several(text: str) -> bool:
    """Whether `text` begins with a plural and goes on with what is told of it: "northern towns banned"."""
    phrase = list(takewhile(lambda word: not is_past_form(word), _phrase(text)))
    for place, word in enumerate(phrase[:_NOUN_WITHIN]):
        if _is_plural(word):
            following = re.findall(r"[\w’'-]+", text.lower())[place + 1 :]
            return not following or _tells(following[0])
    return False


def _tells(word: str) -> bool:
    """Whether a word may follow the subject: a verb that agrees with several, or what describes them."""
    return word in _MAY_FOLLOW or is_past_form(word) or is_base_verb(word)


def wants_things(question: str) -> bool:
    """Whether what or who is asked for, which a list may answer."""
    return bool(_WANTS_THINGS.match(question))


def enumerations(question: str, sentences: Sequence[str], gaps: Sequence[str]) -> tuple[Enumeration, ...]:
    """The enumerations among the sentences of a passage, in order; `gaps[k]` stands between sentence k and k + 1.

    Two items or more with bullets, numbers or "First …", "Second …"; or what follows, in its paragraph, a sentence
    that counts something the question asks about and names somebody or something: "three medals. Ada Oake won gold."
    """
    found = [*_marked(sentences, _BULLET), *_marked(sentences, _ORDINAL)]
    counted = _plurals(question)
    for lead, text in enumerate(sentences):
        if not any(lead in other.whole for other in found) and _counts(text, counted):
            last = lead
            while last + 1 < len(sentences) and "\n" not in gaps[last] and _names_something(sentences[last + 1]):
                last += 1
            if last > lead:
                found.append(Enumeration(lead + 1, last, lead))
    return tuple(sorted(found, key=lambda enumeration: enumeration.first))


def _marked(sentences: Sequence[str], mark: re.Pattern[str]) -> list[Enumeration]:
    found: list[Enumeration] = []
    items = [bool(mark.match(text)) for text in sentences]
    first = 0
    while first < len(items):
        last = first
        while last < len(items) and items[last]:
            last += 1
        if last - first > 1:
            found.append(Enumeration(first, last - 1, first - 1 if first else None))
        first = last + 1
    return found


def _counts(text: str, nouns: frozenset[str]) -> bool:
    """Whether a sentence counts a few of the nouns: "three gold medals"."""
    for number in read_numbers(text):
        following = re.findall(r"[a-z]+", text[number.end :].split(",")[0])[:_NOUN_WITHIN]
        if 1 < number.values[0] <= _MOST and not nouns.isdisjoint(following):
            return True
    return False


def _names_something(text: str) -> bool:
    return any(word.lower() not in words("function_words") for word in _CAPITAL.findall(text))


def _plurals(question: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z]+", question) if _is_plural(word))


def _is_plural(word: str) -> bool:
    if word in words("irregular_plurals"):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and not _is_singular(word)


def _is_singular(word: str) -> bool:
    return word in words("singular_in_s") or word in words("function_words")
