"""Holders: whom the articles name with a role that a question asks by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index_store.catalog import StoredQuotation
from index_store.quotations import people_in
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.nearness import nearest_day
from qa.reading import read_period
from qa.request import Request
from qa.speech.installations import installations
from qa.speech.speakers import Speaker, is_name, read_speaker, same_person

_SOUGHT = 20  # passages in which a holder is sought besides those found for the question
_HELD_DAYS = 90  # how long before and after an article names a holder the office is taken as held


@dataclass(frozen=True, slots=True)
class _Equation:
    """An article that names a person with the role."""

    name: str
    published: date | None
    article_id: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held the role near the day that is asked about, by the articles' own words."""

    name: str
    asked: Speaker  # the role
    equations: tuple[_Equation, ...]  # all that were found, of this person and of others

    def said(self, stored: StoredQuotation) -> bool:
        """Whether the words are the holder's, in an article that names the role or is near in time to one that does.

        What the same person said out of office, or while another held it, is not.
        """
        if not (is_name(stored.quotation.speaker) and read_speaker(self.name).is_named(stored.quotation.speaker)):
            return False
        if self.asked.is_other_office(stored.quotation.role):
            return False
        own = [equation for equation in self.equations if equation.article_id == stored.article_id]
        if own:
            return any(same_person(equation.name, self.name) for equation in own)
        day = stored.published
        dated = [(abs((e.published - day).days), e) for e in self.equations if e.published] if day else []
        if not dated or (nearest := min(days for days, _ in dated)) > _HELD_DAYS:
            return False
        return all(same_person(equation.name, self.name) for days, equation in dated if days == nearest)


def find_holder(
    speaker: Speaker, asked: str, request: Request, hits: Sequence[SearchHit], store: ArticleStore
) -> Holder | None:
    """The one person whom articles in the request's scope name with the role; None when that is not clear.

    Of several who held it, the one named nearest to the day that is asked about. A role without its place, such as
    "the mayor", may be anybody's: where several persons have it, none is chosen.
    """
    if speaker.role is None:
        return None
    sought = store.search(asked, limit=_SOUGHT, scope=request.scope)
    found = [*hits, *sought]
    named = tuple(dict.fromkeys(_equations(speaker, found, store)))
    equations = (*named, *(taken for taken in _takings(speaker, found) if not _is_contradicted(taken, named)))
    day = nearest_day(read_period(request.question, request.asked_on), request.asked_on)
    known = sorted(equations, key=lambda e: abs((e.published - day).days) if e.published else day.toordinal())
    if not known:
        return None
    several = any(not same_person(known[0].name, equation.name) for equation in known)
    if several and (not speaker.role.places or not known[0].published):
        return None
    same_day = [equation for equation in known if equation.published == known[0].published]
    if any(not same_person(known[0].name, equation.name) for equation in same_day):
        return None
    names = [equation.name for equation in known if same_person(known[0].name, equation.name)]
    return Holder(max(names, key=lambda name: len(name.split())), speaker, equations)


def _equations(speaker: Speaker, hits: Iterable[SearchHit], store: ArticleStore) -> Iterable[_Equation]:
    """Who is named with the role in the passages, or quoted with it anywhere in their articles."""
    hits = tuple({hit.stored.key: hit for hit in hits}.values())
    leads = {hit.stored.passage.article_id: lead_of(hit) for hit in hits}
    for hit in hits:
        for person in people_in(hit.stored.passage.text):
            if any(speaker.role_is(role, lead_of(hit)) for role in person.roles):
                yield _Equation(person.name, hit.stored.published, hit.stored.passage.article_id)
    for said in store.quotations_in(leads):
        name = said.quotation.speaker
        if is_name(name) and speaker.role_is(said.quotation.role, leads[said.article_id]):
            yield _Equation(name, said.published, said.article_id)


def _takings(speaker: Speaker, hits: Iterable[SearchHit]) -> Iterable[_Equation]:
    """Who is told in the passages to have come into the role."""
    for hit in hits:
        published = hit.stored.published
        for taken in installations(hit.stored.passage.text, published):
            if published and speaker.role_is(taken.office, lead_of(hit)):
                yield _Equation(taken.name, published, hit.stored.passage.article_id)


def _is_contradicted(taken: _Equation, named: Iterable[_Equation]) -> bool:
    """Whether another is named with the role then or later: who was only elected does not hold it yet."""
    return any(
        taken.published and other.published and other.published >= taken.published
        for other in named
        if not same_person(taken.name, other.name)
    )


def lead_of(hit: SearchHit) -> str:
    """Where the place of a bare role may stand: headline and passage."""
    return f"{hit.stored.title} {hit.stored.passage.text}"
