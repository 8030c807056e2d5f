"""Proving: a draft is kept only when its own article answers it, by the letter and by the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Protocol

from index_store.article import Article
from index_store.search import SearchHit
from qa.engine import ArticleQueryEngine
from qa.evaluation.drafting.draft import Draft
from qa.evaluation.drafting.named import Named
from qa.evaluation.drafting.standing_alone import is_alone
from qa.evaluation.marks import ANSWER_WORDS
from qa.evaluation.matching import contains, words_of
from qa.evaluation.spans import Span

_SHORTEST_COPY = 30  # characters; fewer are alike by chance
_NEAREST = 10  # passages looked through for other articles with the same sentence


class Why(str, Enum):
    """Why a draft was dropped."""

    NOT_ALONE = "not understood without the article"
    NOT_LITERAL = "the answer is not in the article word for word"
    TOLD = "the question holds its answer"
    NOT_ANSWERED = "its own article does not answer it"


class SearchedStore(Protocol):
    """Whatever is searched; the index is."""

    def search(self, question: str, *, limit: int) -> tuple[SearchHit, ...]:
        """Return the passages nearest to the question, best first."""

    def article(self, article_id: str, /) -> Article:
        """Return the article."""

    def places(self, article_id: str, /) -> tuple[Article, ...]:
        """Return the article in every place that printed its text."""


@dataclass(frozen=True, slots=True)
class Prover:
    """Tries drafts on the index they were made from."""

    store: SearchedStore
    engine: ArticleQueryEngine

    def fault(self, draft: Draft, named: Named) -> Why | None:
        """Why the draft is of no use; None for one that is kept."""
        if not is_alone(draft.question, named):
            return Why.NOT_ALONE
        if not all(answer in named.article.text for answer in draft.answers):
            return Why.NOT_LITERAL
        asked = words_of(draft.question)
        if any(contains(asked, words_of(answer)) or not words_of(answer) for answer in draft.answers):
            return Why.TOLD
        return None if self._is_answered(draft, named.article) else Why.NOT_ANSWERED

    def gold(self, draft: Draft) -> tuple[str, ...]:
        """The article of the draft, and the others that hold the same sentence: wire copies and reprints answer too."""
        span = draft.passage
        sentence = self.store.article(span.article_id).text[span.start : span.end]
        holding = [span.article_id]
        if len(sentence) >= _SHORTEST_COPY:
            found = (hit.stored.passage for hit in self.store.search(sentence, limit=_NEAREST))
            holding += [passage.article_id for passage in found if sentence in passage.text]
        places = (place.id for article_id in holding for place in self.store.places(article_id))
        return tuple(dict.fromkeys((span.article_id, *places)))

    def _is_answered(self, draft: Draft, article: Article) -> bool:
        """Whether the engine, looking at the day and the outlet of the article alone, cites it for an accepted answer.

        Other articles are kept out on purpose: whether it is found among all of them is what a run shall measure.
        """
        answer = self.engine.query(draft.question, mode="extractive", **_scope(article, draft.asked_on))
        if answer.refused:
            return False
        cited = [Span(c.article_id, c.start, c.end) for c in answer.citations]
        said = words_of(str(answer))[:ANSWER_WORDS]
        holds = any(contains(said, words_of(accepted)) for accepted in draft.answers)
        return any(each.article_id == article.id for each in cited) and (
            holds or any(each.holds(draft.passage) for each in cited)
        )


def _scope(article: Article, asked_on: date | None) -> Mapping[str, Any]:
    return dict(_options(article, asked_on))


def _options(article: Article, asked_on: date | None) -> Iterator[tuple[str, Any]]:
    if asked_on:
        yield "asked_on", asked_on
    if article.published:
        yield "since", article.published
        yield "until", article.published
    if article.source:
        yield "sources", (article.source,)
