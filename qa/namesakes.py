"""Namesakes: several persons of one surname, of whom a question may mean any."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index_store.article import Article
from index_store.quotations import lexicon, people_in
from qa.answer import Statement
from qa.lexicon import words
from qa.speech.roles import read_role
from qa.speech.speakers import folded_words, is_name, read_speaker, same_person

_NAMED = 4  # in a note


@dataclass(frozen=True, slots=True)
class Namesake:
    """A person of the surname, with the role that articles give them."""

    name: str
    role: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.role})" if self.role else self.name


def told_apart(people: Iterable[Namesake]) -> tuple[Namesake, ...]:
    """Each person once, under the fullest name; without those of whom only the surname is known."""
    found: list[Namesake] = []
    for person in people:
        if not is_name(person.name) or len(person.name.split()) < 2:
            continue
        known = next((k for k, other in enumerate(found) if same_person(person.name, other.name)), None)
        if known is None:
            found.append(replace(person, role=_plain_role(person.role)))
        elif not found[known].role:
            found[known] = replace(found[known], role=_plain_role(person.role))
    return tuple(found)


def named_in(texts: Iterable[str], surname: str) -> tuple[Namesake, ...]:
    """The persons of a surname whom the texts name in full."""
    return told_apart(
        Namesake(person.name, next(iter(person.roles), ""))
        for text in texts
        for person in people_in(text)
        if folded_words(person.surname) == (surname,)
    )


def bare_surname(name: str) -> str:
    """The surname, folded, where it is all that is given of somebody; else empty."""
    speaker = read_speaker(name)
    return speaker.surname if all(word in lexicon.genders("roles") for word in speaker.words[:-1]) else ""


def note_on(people: Sequence[Namesake], surname: str) -> str:
    """That the surname is borne by several; empty for one."""
    if len(people) < 2:
        return ""
    told = [str(person) for person in people[:_NAMED]]
    more = f" and {len(people) - _NAMED} more" if len(people) > _NAMED else ""
    return f"The articles name several persons called {surname}: {', '.join(told)}{more}."


def _plain_role(phrase: str) -> str:
    """A role without its article, for a note; empty where it may be somebody else's: "daughter of the mayor"."""
    known = lexicon.genders("roles")
    grades = words("rank_adjectives") | words("other_offices")
    held = [word for word in folded_words(phrase) if word in known and word not in grades]
    if len(held) != 1 or read_role(phrase) is None or re.search(r"['’]", phrase):
        return ""
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() in lexicon.words("determiners") else phrase


def lone_names(question: str) -> tuple[str, ...]:
    """The names that stand in a question without another beside them: "Ost" of "When did Ost leave?", not "Jan Ost"."""
    said = re.findall(r"[\w’'-]+", question)
    capital = [word[0].isupper() and number > 0 for number, word in enumerate(said)]
    padded = [False, *capital, False]
    lone = [word for k, word in enumerate(said, 1) if padded[k] and not padded[k - 1] and not padded[k + 1]]
    return tuple(re.sub(r"['’]s?$", "", word) for word in lone)


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Of the persons of one surname those whom articles name, article by article."""

    surname: str  # as the question has it
    people: tuple[Namesake, ...]
    by_article: Mapping[str, tuple[Namesake, ...]]

    def note_for(self, statements: Iterable[Statement]) -> str:
        """That there are several, for statements that name one of them."""
        return note_on(self.people, self.surname) if any(self.surname in s.text for s in statements) else ""

    def may_stand_beside(self, article_id: str, best: str) -> bool:
        """Whether two articles can be about the same one of them."""
        one, other = (self.by_article.get(each, ()) for each in (article_id, best))
        return not one or not other or any(same_person(p.name, q.name) for p in one for q in other)


def find_namesakes(question: str, articles: Iterable[Article]) -> Namesakes | None:
    """The several persons that a surname alone in the question may mean; None where there is one at most."""
    read = {article.id: article for article in articles}
    for name in lone_names(question):
        surname = (folded_words(name) or ("",))[-1]
        found = {key: named_in([article.text], surname) for key, article in read.items() if name in article.text}
        people = told_apart(person for named in found.values() for person in named)
        if len(people) > 1:
            return Namesakes(name, people, found)
    return None
