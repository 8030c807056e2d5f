"""Candidates: utterances with how well they fit a question."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.nearness import nearness
from qa.question import content_words
from qa.reader import Reader
from qa.request import Request
from qa.settings import QASettings
from qa.speech.kinds import DENIAL, is_told_as, may_deny
from qa.speech.reading import SpeechQuestion
from qa.speech.speakers import folded_words
from qa.speech.surroundings import following_text, own_text, preceding_text
from qa.speech.utterances import Utterance, is_bare, shown_span, utterances
from qa.weights import TermWeights

ON_TOPIC = 0.4  # mean of the share of the topic's words found and the reader's probability that it is the topic

_ARTICLES = 40  # articles of a much-quoted speaker that are looked into
_READ = 6  # utterances that the reader judges: the most promising by their words and their article
_MARKED_GAIN = 0.1  # for words in quotation marks, over words that are only reported
_SAID_GAIN = 0.3  # times the share of the topic that the utterance holds itself, over what only stands around it
_KIND_GAIN = 0.5  # for words introduced by the verb asked by, or one of its kind
_HEARER_GAIN = 0.4  # for words said to whom the question names

# Shares of a topic word's weight by where it stands.
_IN_PARAGRAPH, _BEFORE, _AFTER, _IN_TITLE = 0.6, 0.4, 0.2, 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An utterance with how well it fits."""

    utterance: Utterance
    article: Article
    support: float  # share of the topic found, in [0, 1]; 1 without a topic
    score: float
    as_asked: bool = False  # told with the verb asked by, or one of its kind


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, and what was found for it."""

    asked: SpeechQuestion
    request: Request
    hits: Sequence[SearchHit]
    question: str  # what the reader is asked: of several speakers this one alone
    tells_others: bool = True  # a refusal says who else is quoted on the topic


@dataclass(frozen=True, slots=True)
class CandidateScorer:
    """Scores the utterances of articles for a question about speech."""

    store: ArticleStore
    settings: QASettings
    reader: Reader

    def score(
        self, quotations: Sequence[StoredQuotation], search: Search, said: Callable[[StoredQuotation], bool]
    ) -> list[Candidate]:
        """The utterances of the best articles among those of `quotations`, as far as `said` takes them."""
        topic = TermWeights.of(content_words(search.asked.topic), self.store)
        gains = {q.version: self._gain(q, search) for q in quotations}
        allowed = sorted(gains, key=lambda version: -gains[version])[:_ARTICLES]
        articles = self.store.articles_of(allowed)  # without those replaced meanwhile, whose offsets no longer hold
        in_article: dict[int, list[StoredQuotation]] = {version: [] for version in articles}
        for stored in self.store.quotations_in(article.id for article in articles.values()):
            in_article.get(stored.version, []).append(stored)
        candidates = (
            self._candidate(utterance, articles[version], topic, search)
            for version, everything in in_article.items()
            for utterance in utterances(everything, articles[version].text)
            if said(utterance.quotations[0])
        )
        return [candidate for candidate in candidates if _may_answer(candidate, search.asked)]

    def judge(self, candidates: Sequence[Candidate], question: Callable[[Candidate], str]) -> list[Candidate]:
        """The most promising candidates, with what the reader thinks of their topic beside the words."""
        best = sorted(candidates, key=lambda candidate: -candidate.score)[:_READ]
        judged = []
        for asked, alike in groupby(sorted(best, key=question), key=question):
            read = list(alike)
            readings = self.reader.read_all(asked, [(c.article.title, _told(c)) for c in read])
            judged += [_seen(candidate, reading.relevance) for candidate, reading in zip(read, readings, strict=True)]
        return judged

    def _candidate(self, utterance: Utterance, article: Article, topic: TermWeights, search: Search) -> Candidate:
        support = self._support(topic, utterance, article, search)
        as_asked = any(is_told_as(stored, search.asked.kind) for stored in utterance.quotations)
        gain = self._gain(utterance.quotations[0], search)
        gain += _MARKED_GAIN * is_bare(utterance, article) + _KIND_GAIN * as_asked
        said = self.store.terms(article.text[slice(*shown_span(utterance, article))])
        gain += _SAID_GAIN * topic.found_in((1.0, said))
        gain += _HEARER_GAIN * _is_heard(utterance, search.asked.hearer)
        return Candidate(utterance, article, support, support + gain, as_asked)

    def _gain(self, stored: StoredQuotation, search: Search) -> float:
        """What counts for every quotation of an article: how well it was found, or else how near in time it is."""
        days, weight = self.settings.nearness_days, self.settings.nearness_weight
        near = weight * nearness(stored.published, search.request.asked_on, days=days)
        return max(
            (hit.score for hit in search.hits if hit.stored.passage.article_id == stored.article_id), default=near
        )

    def _support(self, topic: TermWeights, utterance: Utterance, article: Article, search: Search) -> float:
        if not topic.weights:
            return 1.0
        start, end = shown_span(utterance, article)
        said = self.store.terms(article.text[start:end])
        if not search.asked.speaker:
            return topic.found_in((1.0, said))
        places = (
            (_IN_PARAGRAPH, own_text(article.text, start, end)),
            (_BEFORE, preceding_text(article.text, start)),
            (_AFTER, following_text(article.text, end)),
            (_IN_TITLE, article.title),
        )
        return topic.found_in((1.0, said), *((share, self.store.terms(text)) for share, text in places))


def _seen(candidate: Candidate, relevance: float) -> Candidate:
    support = (candidate.support + 1 / (1 + math.exp(-relevance))) / 2
    return replace(candidate, support=support, score=candidate.score - candidate.support + support)


def _told(candidate: Candidate) -> str:
    """The utterance with what stands around it, for the reader."""
    text, start, end = candidate.article.text, candidate.utterance.start, candidate.utterance.end
    parts = (preceding_text(text, start), own_text(text, start, end), following_text(text, end))
    return "\n".join(filter(None, parts))


def _may_answer(candidate: Candidate, asked: SpeechQuestion) -> bool:
    """Not an act of speech that was not asked for, nor as a denial what denies nothing, nor what another was told."""
    acts = any(stored.quotation.kind == "act" for stored in candidate.utterance.quotations)
    if asked.speaker and acts and not candidate.as_asked:
        return False
    start, end = shown_span(candidate.utterance, candidate.article)
    if asked.speaker and asked.kind == DENIAL and not candidate.as_asked:
        return bool(asked.topic) and may_deny(candidate.article.text[start:end])
    named = bool(asked.hearer) and asked.hearer.split()[-1][0].isupper()
    return not named or _may_have_heard(candidate, asked.hearer)


def _may_have_heard(candidate: Candidate, hearer: str) -> bool:
    """Whether somebody named may be who was told: the article says so, names them around the words or is theirs."""
    if _is_heard(candidate.utterance, hearer):
        return True
    article = candidate.article
    around = folded_words(f"{article.source} {article.title} {_told(candidate)}")
    told_others = any(stored.quotation.told for stored in candidate.utterance.quotations)
    return not told_others and _named_in(hearer) <= set(around)


def _is_heard(utterance: Utterance, hearer: str) -> bool:
    told = {word for stored in utterance.quotations for word in folded_words(stored.quotation.told)}
    return bool(hearer) and _named_in(hearer) <= told


def _named_in(hearer: str) -> set[str]:
    return set(folded_words(hearer)) - {"the"}
