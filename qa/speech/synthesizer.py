"""Answers to questions about speech: the quotation, its speaker, its place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from index_store.catalog import StoredQuotation
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.extractive import Extract
from qa.namesakes import Namesake, bare_surname, note_on, told_apart
from qa.nearness import narrowed
from qa.question import content_words
from qa.reader import Reader
from qa.reading import read_period
from qa.request import Request
from qa.settings import QASettings
from qa.speech.candidates import ON_TOPIC, Candidate, CandidateScorer, Search
from qa.speech.choosing import choose, cite, consider, join, one_each, with_namesakes
from qa.speech.holders import Holder, find_holder, lead_of
from qa.speech.kinds import is_deed
from qa.speech.reading import SpeechQuestion, asked_in
from qa.speech.refusing import no_quotation, off_topic
from qa.speech.roles import is_singular
from qa.speech.speakers import Speaker, folded_words, is_name, read_speaker
from qa.speech.timing import asked_period, is_spoken_in

_SAME_WORDS = 0.6  # share of the words that must be found in an utterance when its speaker is asked for
_FOUND_FOR = 3  # best passages whose articles are looked into for others who are quoted on the topic
_FOUND_FOR_EVERYBODY = 8  # the same where everybody is asked for


class _Pool(NamedTuple):
    """Quotations to choose from, and what tells which of an article's are the speaker's."""

    quotations: tuple[StoredQuotation, ...]
    said: Callable[[StoredQuotation], bool]


@dataclass(frozen=True, slots=True)
class SpeechSynthesizer:
    """Selects what the speakers that a question names are quoted with."""

    store: ArticleStore
    settings: QASettings
    reader: Reader

    def synthesize(self, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        """The quotations that answer, or the refusal; None when the question is not about speech."""
        asked = asked_in(request)
        if asked is None:
            return None
        period = asked_period(request)
        search = Search(asked, request, hits, period.left_out_of(request.question) if period else request.question)
        if asked.wants_everybody:
            return self._who_spoke(search)
        if not asked.speaker:
            return self._who_said(search)
        if not asked.further:
            return self._what_was_said(search)
        return join(
            [self._one_of_several(Search(each, request, hits, _alone(each), tells_others=False)) for each in asked.each]
        )

    def _one_of_several(self, search: Search) -> Extract:
        """One speaker's best utterance, or why there is none."""
        extract = self._what_was_said(search, limit=1)
        return extract or Extract((), (), no_quotation(search, None))

    def _what_was_said(self, search: Search, limit: int = 3) -> Extract | None:
        speaker = read_speaker(search.asked.speaker)
        holder = self._holder(speaker, search)
        pools = self._pools(speaker, holder, search)
        candidates: list[Candidate] = []
        for pool in pools:
            candidates = self._candidates(pool, search)
            fitting = [c for c in candidates if c.support >= ON_TOPIC and _is_as_asked(search.asked)(c)]
            chosen = choose(fitting, support=ON_TOPIC, limit=limit)
            if chosen:
                people = _namesakes(pool, search.asked.speaker)
                if len(people) > 1:
                    return _said_by_namesakes(chosen, fitting, people, search.asked.speaker)
                return cite(chosen, candidates)
        if is_deed(search.asked.kind):
            return None  # the sentences may tell of it
        is_quoted = any(pools[0].said(stored) and stored.quotation.kind != "act" for stored in pools[0].quotations)
        if not is_quoted and holder is None and not self._is_known(speaker):
            return None
        reason = self._reason(search, speaker, holder, is_quoted=is_quoted)
        return Extract((), (), reason, tuple(consider(candidate, ()) for candidate in candidates))

    def _pools(self, speaker: Speaker, holder: Holder | None, search: Search) -> tuple[_Pool, ...]:
        """Where the speaker's words are looked for, one after the other until some answer."""
        if speaker.role is None:
            return (self._by_name_or_body(speaker, search),)
        given = self._by_role(speaker, None, search)
        return (self._by_role(speaker, holder, search), given) if holder else (given,)

    def _candidates(self, pool: _Pool, search: Search) -> list[Candidate]:
        candidates = self._spoken_then(pool, search)
        if content_words(search.asked.topic):
            candidates = self._scorer.judge(candidates, lambda _: search.question)
        return candidates

    def _spoken_then(self, pool: _Pool, search: Search) -> list[Candidate]:
        """Those of the pool, and of the days that the question names."""
        candidates = self._scorer.score([q for q in pool.quotations if pool.said(q)], search, pool.said)
        period = asked_period(search.request)
        return [candidate for candidate in candidates if period is None or is_spoken_in(candidate, period)]

    def _reason(self, search: Search, speaker: Speaker, holder: Holder | None, *, is_quoted: bool) -> str:
        others = self._others_on_topic(speaker, search) if search.tells_others else None
        if holder:
            asked = replace(search.asked, speaker=f"{search.asked.speaker} ({holder.name})")
            search = replace(search, asked=asked)
        return off_topic(search, others) if is_quoted else no_quotation(search, others)

    def _who_said(self, search: Search) -> Extract | None:
        kind = search.asked.kind
        by_acts = bool(kind) and not is_deed(kind)  # who offered may be several, whom the sentences name

        def may_be(stored: StoredQuotation) -> bool:
            return is_name(stored.quotation.speaker) and (by_acts or stored.quotation.kind != "act")

        candidates = self._scorer.score(self.store.quotations_in(_articles(search.hits)), search, may_be)
        chosen = choose(candidates, support=_SAME_WORDS, limit=1)
        return cite(chosen, candidates) if chosen else None

    def _who_spoke(self, search: Search) -> Extract | None:
        """What each of those who are quoted on the topic said, the best first."""
        candidates = self._on_topic(search, lambda stored: is_name(stored.quotation.speaker), _FOUND_FOR_EVERYBODY)
        chosen = one_each(candidates)
        return cite(chosen, candidates) if chosen else None

    @property
    def _scorer(self) -> CandidateScorer:
        return CandidateScorer(self.store, self.settings, self.reader)

    def _by_name_or_body(self, speaker: Speaker, search: Search) -> _Pool:
        named = _named_article(search)
        if speaker.surname and not named:
            return _Pool(self._by_name(speaker.surname, search), lambda stored: speaker.said(stored.quotation))
        found = self.store.quotations_in(_articles(named or search.hits))
        return _Pool(found, lambda stored: speaker.said(stored.quotation))

    def _by_role(self, speaker: Speaker, holder: Holder | None, search: Search) -> _Pool:
        """Quotations of what was found, as far as the article gives them to the role, or to its holder wherever."""
        found = self.store.quotations_in(_articles(_named_article(search) or search.hits))
        if holder:
            return _Pool((*found, *self._by_name(holder.name, search)), holder.said)
        leads = {hit.stored.passage.article_id: lead_of(hit) for hit in search.hits}
        return _Pool(found, lambda stored: speaker.said(stored.quotation, leads.get(stored.article_id, "")))

    def _holder(self, speaker: Speaker, search: Search) -> Holder | None:
        if speaker.role is None or _named_article(search) or not is_singular(search.asked.speaker):
            return None
        return find_holder(speaker, search.asked.speaker, search.request, search.hits, self.store)

    def _by_name(self, name: str, search: Search) -> tuple[StoredQuotation, ...]:
        request = search.request
        scope = narrowed(request.scope, read_period(request.question, request.asked_on), request.asked_on)
        return self.store.quotations_by(name, scope) or self.store.quotations_by(name, request.scope)

    def _others_on_topic(self, speaker: Speaker, search: Search) -> tuple[str, ...]:
        """Who else is quoted on the topic; on anything where none is asked for."""

        def is_other(stored: StoredQuotation) -> bool:
            name = stored.quotation.speaker  # one word alone may be no name
            return is_name(name) and " " in name and not speaker.said(stored.quotation)

        return tuple(dict.fromkeys(c.utterance.speaker for c in self._on_topic(search, is_other)))

    def _on_topic(
        self, search: Search, said: Callable[[StoredQuotation], bool], passages: int = _FOUND_FOR
    ) -> list[Candidate]:
        """Utterances on the topic in the articles of so many of the best passages, best first."""
        quotations = self.store.quotations_in(_articles(search.hits[:passages]))
        asked = search.asked
        candidates = self._spoken_then(_Pool(quotations, said), search)
        if content_words(asked.topic):
            candidates = self._scorer.judge(candidates, lambda c: _alone(replace(asked, speaker=c.utterance.speaker)))
        return sorted((c for c in candidates if c.support >= ON_TOPIC), key=lambda candidate: -candidate.score)

    def _is_known(self, speaker: Speaker) -> bool:
        """Whether the articles speak of that person at all."""
        terms = self.store.terms(speaker.surname)
        return bool(terms) and all(map(self.store.document_frequency, terms))


def _said_by_namesakes(
    chosen: Sequence[Candidate], fitting: Sequence[Candidate], people: Sequence[Namesake], surname: str
) -> Extract:
    """The chosen words with those of each other person of the surname, and a note that tells them apart."""
    extract = cite(with_namesakes(chosen, fitting), fitting, full_names=True)
    return replace(extract, note=" ".join(filter(None, (extract.note, note_on(people, surname)))))


def _namesakes(pool: _Pool, speaker: str) -> tuple[Namesake, ...]:
    """Who of the pool has the surname by which alone the speaker is asked for."""
    said = [stored.quotation for stored in pool.quotations if bare_surname(speaker) and pool.said(stored)]
    return told_apart(Namesake(quotation.speaker, quotation.role) for quotation in said)


def _alone(asked: SpeechQuestion) -> str:
    about = f" about {asked.topic}" if asked.topic else ""
    return f"What did {asked.speaker} say{about}?"


def _is_as_asked(asked: SpeechQuestion) -> Callable[[Candidate], bool]:
    """Whether the way of telling fits: a promise must be told as one where no topic narrows it, a deed always."""
    loosely = not asked.kind or (bool(asked.topic) and not is_deed(asked.kind))
    return lambda candidate: candidate.as_asked or loosely


def _named_article(search: Search) -> list[SearchHit]:
    """The passages of the article that the question names by its headline."""
    title = folded_words(search.asked.article_title)
    return [hit for hit in search.hits if title and folded_words(hit.stored.title) == title]


def _articles(hits: Iterable[SearchHit]) -> list[str]:
    return list(dict.fromkeys(hit.stored.passage.article_id for hit in hits))
