"""Offices: who holds what a question asks by, "Who is the prime minister of Vell?", as a text tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index_store.quotations import Person, people_in
from qa.events import Telling
from qa.lexicon import words
from qa.reading.word_forms import AUXILIARIES, QUESTION_WORDS, WORD, is_past_form
from qa.speech.installations import installations
from qa.speech.roles import Role, countries_in, roles_in
from qa.speech.speakers import Speaker, folded_words, read_speaker

_ASKED = re.compile(
    r"^(?:and |but |so )?(?:who(?:['’]s| is| was)|what (?:is|was) the name of) (?:now |currently )?"
    r"(?P<office>[\w’'. -]+?)(?: (?:now|today|currently|right now|at the moment|in \d{4}))?[ ?.!]*$",
    re.IGNORECASE,
)
_TIMELY = re.compile(r"\b(?:new|current|present|incumbent|next) ", re.IGNORECASE)  # no part of the office's name
_NOWHERE: frozenset[str] = frozenset()
_NAME = r"[^\W\d_a-z][\w’'-]+(?: (?:[^\W\d_a-z][\w.’'-]*|al|bin|da|de|del|di|la|van|von)){1,4}"
_OFFICE = r"(?P<office>(?:[\w’'-]+ ){0,5}?[\w’'-]+(?: (?:of|for|at|in) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)?)"
_ELECTING = "|".join(sorted(words("installing_participles"), key=len, reverse=True))
_TELLING = (
    re.compile(
        rf"\b{_NAME}(?:,? who)? (?:is|was|remains|has been|serves as|served as|is now) (?:the |its |their )?"
        rf"{_OFFICE}(?=[,.;:)]|$| (?:and|who|since|when|until|from|at|on|in|after|before|for)\b)"
    ),
    re.compile(
        rf"\b(?:{_ELECTING}) {_NAME}(?: as| to be)? (?:the |its |their |a )?(?:new )?{_OFFICE}"
        r"(?=[,.;:)]|$| (?:and|who|since|when|until|from|at|on|in|after|before|for|with)\b)"
    ),
)


@dataclass(frozen=True, slots=True)
class AskedOffice:
    """The office whose holder a question wants to know."""

    office: Speaker
    written: str  # as the question puts it

    @property
    def head(self) -> str:
        """Its noun."""
        return _singular(self.office.role.head) if self.office.role else ""

    @property
    def places(self) -> frozenset[str]:
        """Where it is held."""
        return self.office.role.places if self.office.role else _NOWHERE

    def tellings(self, texts: Sequence[str], passage: str, title: str) -> list[Telling]:
        """What each sentence of a passage says of the office.

        One that gives it to somebody tells it; one that has its noun without, tells of another office or of nobody.
        """
        lead = f"{title} {passage}"
        people = [person for person in people_in(passage) if person.roles]
        return [self._telling(text, [p for p in people if _is_in(p, text)], lead) for text in texts]

    def _telling(self, text: str, people: Sequence[Person], lead: str) -> Telling:
        if self.head not in map(_singular, folded_words(text)):
            return Telling.SILENT
        offices = [role for person in people for role in person.roles] + list(_given(text))
        if any(self.office.role_is(office, lead) for office in offices):
            return Telling.TOLD
        if not any(self._may_be(role) for office in offices for role in roles_in(office)):
            return Telling.OTHERWISE
        return Telling.TOLD if countries_in(lead) == self.places else Telling.SILENT

    def _may_be(self, role: Role) -> bool:
        """Whether it is the office where its country goes without saying, as "President" in a country's papers."""
        asked = self.office.role
        return (
            asked is not None and not role.places and role.holds(Role(asked.head, asked.words - asked.places, _NOWHERE))
        )


def _is_in(person: Person, text: str) -> bool:
    return set(folded_words(person.surname)) <= set(folded_words(text.replace("’s", "").replace("'s", "")))


def _singular(word: str) -> str:
    return word.removesuffix("s")


def read_office(question: str) -> AskedOffice | None:
    """The office whose holder is asked for; None where a question asks for something else."""
    asked = _ASKED.match(" ".join(question.split()))
    if asked is None:
        return None
    if any(map(_tells_a_deed, WORD.findall(asked["office"]))):
        return None
    office = read_speaker(_TIMELY.sub("", asked["office"]))
    if office.role is None or office.role.head not in words("offices"):
        return None
    return AskedOffice(office, asked["office"])


def _tells_a_deed(word: str) -> bool:
    """Whether a word is no part of an office: "the mayor who resigned"."""
    if word.lower() in AUXILIARIES | QUESTION_WORDS | {"that"}:
        return True
    return is_past_form(word) and word.islower() and word not in words("other_offices") and not word.endswith("ing")


def _given(text: str) -> Iterator[str]:
    """The offices that a sentence gives to somebody by a verb: "Ada Oake is the mayor of Vell"."""
    for taken in installations(text, None):
        yield taken.office
    for pattern in _TELLING:
        for found in pattern.finditer(text):
            yield found["office"]
