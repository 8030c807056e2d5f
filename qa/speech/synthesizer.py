"""Answers to questions about speech: the quotation, its speaker, its place."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.quotations import Quotation
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.answer import Citation, Statement
from qa.explanation import Considered
from qa.extractive import Extract
from qa.nearness import narrowed, nearness
from qa.question import content_words
from qa.reader import Reader
from qa.reading import read_period
from qa.request import Request
from qa.selection import is_copy
from qa.settings import QASettings
from qa.speech.reading import SpeechQuestion, asked_in
from qa.speech.speakers import Speaker, folded_words, is_name, read_speaker
from qa.speech.utterances import Utterance, shown_span, shown_text, utterances
from qa.weights import TermWeights

_ARTICLES = 40  # articles of a much-quoted speaker that are looked into
_WORDS = 55  # of all statements together: a further one must fit
_ON_TOPIC = 0.4  # mean of the share of the topic's words found and the reader's probability that it is the topic
_READ = 6  # utterances that the reader judges: the most promising by their words and their article
_SAME_WORDS = 0.6  # share of the words that must be found in an utterance when its speaker is asked for
_FOUND_FOR = 3  # best passages whose utterances are on the topic whatever their words

_NEARLY = 0.3  # how far behind the best utterance a further one may be
_MARKED_GAIN = 0.1  # for words in quotation marks, over words that are only reported

# Shares of a topic word's weight by where it stands.
_IN_CONTEXT, _IN_TITLE = 0.6, 0.5
_CONTEXT = 300  # characters before and after an utterance


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An utterance with how well it fits."""

    utterance: Utterance
    article: Article
    support: float  # share of the topic found, in [0, 1]; 1 without a topic
    score: float


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked, and what was found for it."""

    asked: SpeechQuestion
    request: Request
    hits: Sequence[SearchHit]

    def found_for(self, stored: StoredQuotation) -> bool:
        """Whether the quotation lies in one of the best passages."""
        start, end = stored.quotation.start, stored.quotation.end
        return any(
            p.article_id == stored.article_id and p.start <= start and end <= p.end
            for p in (hit.stored.passage for hit in self.hits[:_FOUND_FOR])
        )


@dataclass(frozen=True, slots=True)
class SpeechSynthesizer:
    """Selects what the speaker that a question names is quoted with."""

    store: ArticleStore
    settings: QASettings
    reader: Reader

    def synthesize(self, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        """The quotations that answer, or the refusal; None when the question is not about speech."""
        asked = asked_in(request)
        if asked is None:
            return None
        return self._what_was_said(asked, request, hits) if asked.speaker else self._who_said(asked, request, hits)

    def _what_was_said(self, asked: SpeechQuestion, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        speaker = read_speaker(asked.speaker)
        search = _Search(asked, request, hits)
        said = [q for q in self._pool(speaker, search) if speaker.said(q.quotation)]
        candidates = self._scored(said, search, speaker.said)
        if content_words(asked.topic):
            candidates = self._judged(request.question, candidates)
        chosen = choose(candidates, support=_ON_TOPIC)
        if chosen:
            return cite(chosen, candidates)
        if not said and not self._is_known(speaker):
            return None
        considered = tuple(_consider(candidate, chosen) for candidate in candidates)
        return Extract((), (), self._nobody_quotes(search, speaker, is_quoted=bool(said)), considered)

    def _who_said(self, asked: SpeechQuestion, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        search = _Search(asked, request, hits)
        candidates = self._scored(self.store.quotations_in(_articles(hits)), search, lambda q: is_name(q.speaker))
        chosen = choose(candidates, support=_SAME_WORDS, limit=1)
        return cite(chosen, candidates) if chosen else None

    def _pool(self, speaker: Speaker, search: _Search) -> tuple[StoredQuotation, ...]:
        """Quotations that may be the speaker's: of the article that is named, else by name, else in what was found."""
        title = folded_words(search.asked.article_title)
        named = [hit for hit in search.hits if title and folded_words(hit.stored.title) == title]
        if named or not speaker.surname:
            return self.store.quotations_in(_articles(named or search.hits))
        request = search.request
        scope = narrowed(request.scope, read_period(request.question, request.asked_on), request.asked_on)
        return self.store.quotations_by(speaker.surname, scope) or self.store.quotations_by(
            speaker.surname, request.scope
        )

    def _scored(
        self, quotations: Sequence[StoredQuotation], search: _Search, said: Callable[[Quotation], bool]
    ) -> list[_Candidate]:
        """The utterances of the best articles among those of `quotations`, as far as they are the speaker's."""
        topic = TermWeights.of(content_words(search.asked.topic), self.store)
        gains = {q.version: self._gain(q, search) for q in quotations}
        allowed = sorted(gains, key=lambda version: -gains[version])[:_ARTICLES]
        articles = self.store.articles_of(allowed)  # without those replaced meanwhile, whose offsets no longer hold
        in_article: dict[int, list[StoredQuotation]] = {version: [] for version in articles}
        for stored in self.store.quotations_in(article.id for article in articles.values()):
            in_article.get(stored.version, []).append(stored)
        return [
            self._candidate(utterance, articles[version], topic, search)
            for version, everything in in_article.items()
            for utterance in utterances(everything, articles[version].text)
            if said(utterance.quotations[0].quotation)
        ]

    def _candidate(self, utterance: Utterance, article: Article, topic: TermWeights, search: _Search) -> _Candidate:
        support = self._support(topic, utterance, article, search)
        gain = self._gain(utterance.quotations[0], search) + (_MARKED_GAIN if utterance.is_marked else 0.0)
        return _Candidate(utterance, article, support, support + gain)

    def _gain(self, stored: StoredQuotation, search: _Search) -> float:
        """What counts for every quotation of an article: how well it was found, or else how near in time it is."""
        days, weight = self.settings.nearness_days, self.settings.nearness_weight
        near = weight * nearness(stored.published, search.request.asked_on, days=days)
        return max(
            (hit.score for hit in search.hits if hit.stored.passage.article_id == stored.article_id), default=near
        )

    def _support(self, topic: TermWeights, utterance: Utterance, article: Article, search: _Search) -> float:
        if not topic.weights:
            return 1.0
        start, end = shown_span(utterance, article)
        said = self.store.terms(article.text[start:end])
        if not search.asked.speaker:
            return topic.found_in((1.0, said))
        context = self.store.terms(_around(article, start, end))
        return topic.found_in((1.0, said), (_IN_CONTEXT, context), (_IN_TITLE, self.store.terms(article.title)))

    def _judged(self, question: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """The most promising candidates, with what the reader thinks of their topic beside the words."""
        best = sorted(candidates, key=lambda candidate: -candidate.score)[:_READ]
        passages = [(c.article.title, _around(c.article, c.utterance.start, c.utterance.end)) for c in best]
        readings = self.reader.read_all(question, passages)
        judged = []
        for candidate, reading in zip(best, readings, strict=True):
            support = (candidate.support + 1 / (1 + math.exp(-reading.relevance))) / 2
            score = candidate.score - candidate.support + support
            judged.append(replace(candidate, support=support, score=score))
        return judged

    def _is_known(self, speaker: Speaker) -> bool:
        """Whether the articles speak of that person at all."""
        terms = self.store.terms(speaker.surname)
        return bool(terms) and all(map(self.store.document_frequency, terms))

    def _nobody_quotes(self, search: _Search, speaker: Speaker, *, is_quoted: bool) -> str:
        asked, hits = search.asked, search.hits
        within = search.request.limits
        if is_quoted and asked.topic:
            return f"{asked.speaker} is quoted{within}, but not on {asked.topic}."
        quotations = self.store.quotations_in(_articles(hits[:_FOUND_FOR]))
        heard = [q.quotation for q in quotations if search.found_for(q) and is_name(q.quotation.speaker)]
        others = [name for name in dict.fromkeys(q.speaker for q in heard) if speaker.surname not in folded_words(name)]
        on = f" on {asked.topic}" if asked.topic else ""
        quoted = f" Quoted nearby: {', '.join(others[:4])}." if others else ""
        return f"No article here quotes {asked.speaker}{on}{within}.{quoted}"


def choose(candidates: Iterable[_Candidate], *, support: float, limit: int = 3) -> tuple[_Candidate, ...]:
    """The best utterance on the topic, and what the same article adds while it stays short."""
    fitting = sorted((c for c in candidates if c.support >= support), key=lambda c: (-c.score, c.utterance.start))
    chosen = fitting[:1]
    words = sum(len(shown_text(c.utterance, c.article).split()) for c in chosen)
    for candidate in fitting[1:]:
        length = len(shown_text(candidate.utterance, candidate.article).split())
        near = candidate.article == fitting[0].article and candidate.score >= fitting[0].score - _NEARLY
        new = not any(_overlap(candidate, other) for other in chosen)
        if len(chosen) < limit and near and new and words + length <= _WORDS:
            chosen.append(candidate)
            words += length
    return tuple(chosen)


def cite(chosen: Sequence[_Candidate], candidates: Sequence[_Candidate]) -> Extract:
    """A statement for each chosen utterance, with its citation, and the fate of every candidate."""
    citations = tuple(
        Citation(number, c.article, *shown_span(c.utterance, c.article), also_in=_copies(c, candidates))
        for number, c in enumerate(chosen, 1)
    )
    texts = [shown_text(c.utterance, c.article) for c in chosen]
    statements = tuple(Statement(text, (number,)) for number, text in enumerate(texts, 1))
    considered = sorted((_consider(c, chosen) for c in candidates), key=lambda c: -c.scores["score"])
    return Extract(statements, citations, "", tuple(considered))


def _copies(chosen: _Candidate, candidates: Sequence[_Candidate]) -> tuple[Article, ...]:
    text = shown_text(chosen.utterance, chosen.article)
    others = [c for c in candidates if c.article.id != chosen.article.id]
    same = {c.article.id: c.article for c in others if is_copy(text, shown_text(c.utterance, c.article))}
    return tuple(same.values())


def _consider(candidate: _Candidate, chosen: Sequence[_Candidate]) -> Considered:
    kept = candidate in chosen
    on_topic = candidate.support >= _ON_TOPIC
    why = "quotes the speaker on the topic" if kept else "is behind a better one" if on_topic else "is off the topic"
    start, end = shown_span(candidate.utterance, candidate.article)
    scores = {"score": candidate.score, "topic": candidate.support}
    return Considered(candidate.article.id, start, end, candidate.article.text[start:end], scores, why, kept=kept)


def _overlap(one: _Candidate, other: _Candidate) -> bool:
    (start, end), (other_start, other_end) = (shown_span(c.utterance, c.article) for c in (one, other))
    return one.article == other.article and start < other_end and other_start < end


def _around(article: Article, start: int, end: int) -> str:
    return article.text[max(0, start - _CONTEXT) : end + _CONTEXT]


def _articles(hits: Sequence[SearchHit]) -> list[str]:
    return list(dict.fromkeys(hit.stored.passage.article_id for hit in hits))
