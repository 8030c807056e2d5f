"""Installations: whom a text tells to be elected, named or sworn into an office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.lexicon import words

_NAME = r"(?P<name>[^\W\d_a-z][\w’'-]+(?: (?:[A-Z]\.|[^\W\d_a-z][\w’'-]+|al|bin|da|de|del|di|la|of|van|von)){1,4})"
_PASSIVE = "|".join(sorted(words("installing_participles"), key=len, reverse=True))
_INSTALLED = re.compile(
    rf"\b{_NAME},?(?: who)?"
    rf"(?: (?:was|were|is|has been|had been|will be)(?: (?:then|later|also))? (?:{_PASSIVE})(?: in)?(?: as)?"
    r"| (?:will become|has become|becomes|became|took office as|takes office as|took over as|takes over as))"
    r" (?P<office>(?:the |its |their |a |an )?[^,;.:()“”\"\n]+)"
)
_OFFICE_ENDS = re.compile(
    r" (?:on|after|before|by|with|when|while|in|at|from|since|following|during|who|that|which|and|but|defeating|to)\b"
)


@dataclass(frozen=True, slots=True)
class Installation:
    """A person with the office that a text tells them to take."""

    name: str
    office: str  # as written: "mayor of Port Ansgill"


def installations(text: str) -> Iterator[Installation]:
    """Who is told to take which office, by full name: "Mirela Askwith was sworn in as mayor"."""
    for found in _INSTALLED.finditer(text):
        yield Installation(found["name"], _OFFICE_ENDS.split(found["office"])[0])
