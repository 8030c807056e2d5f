"""Installations: whom a text tells to be elected, named or sworn into an office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index_store.sentences import sentence_spans
from qa.lexicon import words
from qa.reading.word_forms import is_function_word

_NAME = r"(?P<name>[^\W\d_a-z][\w’'-]+(?: (?:[A-Z]\.|[^\W\d_a-z][\w’'-]+|al|bin|da|de|del|di|la|of|van|von)){1,4})"
_PASSIVE = "|".join(sorted(words("installing_participles"), key=len, reverse=True))
_INSTALLED = re.compile(
    rf"\b{_NAME}(?:, \d{{1,3}},)?(?:, who)?"
    rf"(?: (?:was|were|is|has been|had been)(?: (?:then|later|also))? (?:{_PASSIVE})(?: in)?(?: as)?"
    r"| (?:has become|becomes|became|took office as|takes office as|took over as|takes over as))"
    r" (?P<office>(?:the |its |their |a |an )?[^,;.:()“”\"\n]+)"
)
_OFFICE_ENDS = re.compile(
    r" (?:on|after|before|by|with|when|while|in|at|from|since|following|during|who|that|which|and|but|defeating|to)\b"
)
_QUOTED = re.compile(r"[\"“”]")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_UNREAL = re.compile(rf"\b(?:{'|'.join(sorted(words('unreal_openings')))})\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Installation:
    """A person with the office that a text tells them to take."""

    name: str
    office: str  # as written: "mayor of Port Ansgill"


def installations(text: str, published: date | None) -> Iterator[Installation]:
    """Who is told to have taken which office, by full name: "Mirela Askwith was sworn in as mayor".

    What is quoted, doubted, supposed or of another year is not told.
    """
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for found in _INSTALLED.finditer(sentence):
            name = _without_opening(found["name"])
            before = sentence[: found.end("name") - len(name)]
            years = {int(year) for year in _YEAR.findall(sentence)}
            if _QUOTED.search(before) or _UNREAL.search(before) or years - {published.year if published else None}:
                continue
            if " " in name:
                yield Installation(name, _OFFICE_ENDS.split(found["office"])[0])


def _without_opening(name: str) -> str:
    """The name without what only owes its capital to the beginning of a sentence: "On Sunday Ada Oake"."""
    parts = name.split()
    while parts and (is_function_word(parts[0]) or parts[0].lower() in words("sentence_openers")):
        parts.pop(0)
    while parts and parts[0].lower().endswith("day"):
        parts.pop(0)
    return " ".join(parts)
