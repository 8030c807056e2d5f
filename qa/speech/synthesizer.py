"""Answers to questions about speech: the quotation, its speaker, its place."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.answer import Citation, Statement
from qa.explanation import Considered
from qa.extractive import Extract
from qa.nearness import nearness
from qa.question import content_words
from qa.reader import Reader
from qa.request import Request
from qa.settings import QASettings
from qa.speech.reading import SpeechQuestion, read_speech_question
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

    def found_for(self, utterance: Utterance) -> bool:
        """Whether the utterance lies in one of the best passages."""
        return any(
            p.article_id == utterance.article_id and p.start <= utterance.start and utterance.end <= p.end
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
        asked = read_speech_question(request.question)
        if asked is None:
            return None
        return self._what_was_said(asked, request, hits) if asked.speaker else self._who_said(asked, request, hits)

    def _what_was_said(self, asked: SpeechQuestion, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        speaker = read_speaker(asked.speaker)
        said = [q for q in self._pool(speaker, asked, request, hits) if speaker.said(q.quotation)]
        candidates = self._scored(said, _Search(asked, request, hits))
        if content_words(asked.topic):
            candidates = self._judged(request.question, candidates)
        chosen = choose(candidates, support=_ON_TOPIC)
        if chosen or not self._is_known(speaker):
            return cite(chosen, candidates) if chosen else None
        considered = tuple(_consider(candidate, chosen) for candidate in candidates)
        return Extract((), (), self._nobody_quotes(asked, speaker, hits), considered)

    def _who_said(self, asked: SpeechQuestion, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        quotations = [q for q in self.store.quotations_in(_articles(hits)) if is_name(q.quotation.speaker)]
        candidates = self._scored(quotations, _Search(asked, request, hits))
        chosen = choose(candidates, support=_SAME_WORDS, limit=1)
        return cite(chosen, candidates) if chosen else None

    def _pool(
        self, speaker: Speaker, asked: SpeechQuestion, request: Request, hits: Sequence[SearchHit]
    ) -> tuple[StoredQuotation, ...]:
        """Quotations that may be the speaker's: of the article that is named, else by name, else in what was found."""
        title = folded_words(asked.article_title)
        named = [hit for hit in hits if title and folded_words(hit.stored.title) == title]
        if named or not speaker.surname:
            return self.store.quotations_in(_articles(named or hits))
        return self.store.quotations_by(speaker.surname, request.scope)

    def _scored(self, quotations: Sequence[StoredQuotation], search: _Search) -> list[_Candidate]:
        topic = TermWeights.of(content_words(search.asked.topic), self.store)
        gains = {q.version: self._gain(q, search) for q in quotations}
        allowed = sorted(gains, key=lambda version: -gains[version])[:_ARTICLES]
        articles = self.store.articles_of(allowed)  # without those replaced meanwhile, whose offsets no longer hold
        candidates = []
        for utterance in utterances(q for q in quotations if q.version in articles):
            article = articles[utterance.quotations[0].version]
            support = self._support(topic, utterance, article, search)
            score = support + gains[utterance.quotations[0].version] + (_MARKED_GAIN if utterance.is_marked else 0.0)
            candidates.append(_Candidate(utterance, article, support, score))
        return candidates

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

    def _nobody_quotes(self, asked: SpeechQuestion, speaker: Speaker, hits: Sequence[SearchHit]) -> str:
        search = _Search(asked, Request(""), hits)
        quotations = self.store.quotations_in(_articles(hits[:_FOUND_FOR]))
        heard = [u.speaker for u in utterances(quotations) if search.found_for(u) and is_name(u.speaker)]
        others = [name for name in dict.fromkeys(heard) if speaker.surname not in folded_words(name)][:4]
        on = f" on {asked.topic}" if asked.topic else ""
        quoted = f" Quoted nearby: {', '.join(others)}." if others else ""
        return f"No article here quotes {asked.speaker}{on}.{quoted}"


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
        Citation(number, c.article, *shown_span(c.utterance, c.article)) for number, c in enumerate(chosen, 1)
    )
    texts = [shown_text(c.utterance, c.article) for c in chosen]
    statements = tuple(Statement(text, (number,)) for number, text in enumerate(texts, 1))
    considered = sorted((_consider(c, chosen) for c in candidates), key=lambda c: -c.scores["score"])
    return Extract(statements, citations, "", tuple(considered))


def _consider(candidate: _Candidate, chosen: Sequence[_Candidate]) -> Considered:
    kept = candidate in chosen
    why = "quotes the speaker on the topic" if kept else "is off the topic, or behind a better quotation"
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
