"""The retriever: a question becomes scored passages."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.instrumentation.events.retrieval import RetrievalEndEvent, RetrievalStartEvent
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index_instrumentation import get_dispatcher

from index_store.article import Article
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.copies import without_copies
from qa.nearness import narrowed, nearest_day, nearness
from qa.question import content_words
from qa.reading import Period, read_period, tells_of_period
from qa.request import Request
from qa.settings import QASettings

_TRIES = 3
_CANDIDATES = (1, 4, 16)  # times as many, while copies take too many places among them
_dispatcher = get_dispatcher(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: hits, best first, and their articles in the version that was searched."""

    hits: tuple[SearchHit, ...]
    articles: Mapping[int, Article]  # by version
    period: Period | None = None  # what the question plainly speaks of

    def article(self, hit: SearchHit) -> Article:
        """The article of a hit: the hit's offsets hold in its text."""
        return self.articles[hit.stored.version]


class ArticleRetriever(BaseRetriever):
    """Passages by words, meaning and nearness in time; a LlamaIndex retriever."""

    def __init__(self, store: ArticleStore, settings: QASettings) -> None:
        self._store = store
        self._settings = settings
        super().__init__()

    @_dispatcher.span
    def find(self, request: Request) -> Found:
        """The passages nearest to the question, best first, with their articles as they were when found."""
        _dispatcher.event(RetrievalStartEvent(str_or_query_bundle=request.question))
        found = self._found(request)
        _dispatcher.event(RetrievalEndEvent(str_or_query_bundle=request.question, nodes=nodes(found.hits)))
        return found

    def _found(self, request: Request) -> Found:
        for _ in range(_TRIES):
            hits, period = self._nearest(request)
            articles = self._store.articles_of({hit.stored.version for hit in hits})
            if len(articles) == len({hit.stored.version for hit in hits}):
                break  # else an article was replaced between search and reading: its offsets no longer hold
        return Found(tuple(hit for hit in hits if hit.stored.version in articles), articles, period)

    def _nearest(self, request: Request) -> tuple[tuple[SearchHit, ...], Period | None]:
        """The best passages, of more candidates where copies took places, and the days that are plainly asked about."""
        for limit in (self._store.settings.candidates * times for times in _CANDIDATES):
            hits, period = self._ranked(request, limit)
            distinct = self._distinct(request.question, hits)
            if len(distinct) >= min(self._settings.passages, len(hits)) or len(hits) < limit:
                break
        return distinct[: self._settings.passages], period

    def _ranked(self, request: Request, limit: int) -> tuple[list[SearchHit], Period | None]:
        period = read_period(request.question, request.asked_on)
        scope = narrowed(request.scope, period, request.asked_on)
        hits = self._store.search(request.question, limit=limit, scope=scope)
        if period and scope != request.scope:  # else they are among the hits already
            hits = (*hits, *self._telling_of(period, request, {hit.stored.key for hit in hits}))
        if period and not hits:  # whoever says "on Monday" of an old archive has an article's Monday in mind
            hits = self._store.search(request.question, limit=limit, scope=request.scope)
            period = period if period.is_dated else None
        day = nearest_day(period, request.asked_on)
        near = [replace(hit, score=hit.score + self._gain(hit, day)) for hit in hits]
        return sorted(near, key=lambda hit: -hit.score), period if period and period.explicit else None

    def _telling_of(self, period: Period, request: Request, known: Set[int]) -> Iterator[SearchHit]:
        """The best passages published at any time that name a day of the period: it may be told about later."""
        for hit in self._store.search(request.question, limit=self._settings.passages, scope=request.scope):
            stored = hit.stored
            new = stored.published if stored.key not in known else None
            if new and tells_of_period(stored.passage.text, new, period):
                yield hit

    def _distinct(self, question: str, hits: Sequence[SearchHit]) -> tuple[SearchHit, ...]:
        groups = self._store.copy_groups(hits)
        asked = frozenset(self._store.terms(" ".join(content_words(question))))
        return without_copies(hits, groups, asked, self._store.terms)

    def _gain(self, hit: SearchHit, day: date) -> float:
        settings = self._settings
        return settings.nearness_weight * nearness(hit.stored.published, day, days=settings.nearness_days)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return nodes(self.find(Request.of(query_bundle.query_str)).hits)


def nodes(hits: Sequence[SearchHit]) -> list[NodeWithScore]:
    """The hits as LlamaIndex nodes, whose metadata names article and offsets."""
    return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: SearchHit) -> TextNode:
    passage, published = hit.stored.passage, hit.stored.published
    metadata = {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "title": hit.stored.title,
        "source": hit.stored.source,
        "published": published.isoformat() if published else None,
    }
    return TextNode(id_=passage.id, text=passage.text, metadata=metadata)
