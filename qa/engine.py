"""The query engine: a question becomes a cited answer."""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, QueryType
from platformdirs import user_data_path

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.answer import Answer, RetrievedPassage
from qa.extractive import ExtractiveSynthesizer
from qa.request import Request
from qa.retriever import ArticleRetriever, nodes
from qa.settings import QASettings
from qa.speech.synthesizer import SpeechSynthesizer


def open_engine(data_dir: str | Path | None = None, settings: QASettings | None = None) -> "ArticleQueryEngine":
    """The engine over the articles indexed in `data_dir`; None is the user's data directory.

    Raises:
        IndexNotFoundError: nothing has been indexed there.
    """
    return ArticleQueryEngine(ArticleStore(resolve_data_dir(data_dir), MiniLMEmbedding()), settings)


def resolve_data_dir(data_dir: str | Path | None) -> Path:
    """`data_dir`, else the environment's ARTICLE_QA_DATA_DIR, else the user's data directory."""
    named = data_dir or os.environ.get("ARTICLE_QA_DATA_DIR")
    return Path(named) if named else user_data_path("article-qa", appauthor=False)


@dataclass
class RequestBundle(QueryBundle):
    """A LlamaIndex query that carries the options it was asked with."""

    request: Request = field(kw_only=True)


class ArticleQueryEngine(BaseQueryEngine):
    """Answers questions about the articles of a store; a LlamaIndex query engine.

    `query`, `aquery` and `retrieve` take the options of `Request.of` as keywords: `asked_on` (the day "last week"
    is relative to; default today), `as_of` (only what was published up to that day), `since`, `until`, `sources`,
    `history` (the turns before, oldest first: questions, or `Turn`s with their answers).
    """

    def __init__(self, store: ArticleStore, settings: QASettings | None = None) -> None:
        super().__init__(callback_manager=None)
        self.store = store
        self.settings = settings or QASettings()
        self._retriever = ArticleRetriever(store, self.settings)
        self._speech = SpeechSynthesizer(store, self.settings)
        self._synthesizer = ExtractiveSynthesizer(store, self.settings)

    def query(self, str_or_query_bundle: QueryType, **options: Any) -> Answer:
        """The answer to a question."""
        return cast(Answer, super().query(_bundle(str_or_query_bundle, options)))

    async def aquery(self, str_or_query_bundle: QueryType, **options: Any) -> Answer:
        """The answer to a question."""
        return cast(Answer, await super().aquery(_bundle(str_or_query_bundle, options)))

    def retrieve(self, query_bundle: QueryType, **options: Any) -> list[NodeWithScore]:
        """The passages that bear on a question, best first; `node.metadata["article_id"]` names the article."""
        return nodes(self._retriever.find(_bundle(query_bundle, options).request.understood()))

    def as_retriever(self) -> ArticleRetriever:
        """The retriever that the engine uses, for LlamaIndex components that take one."""
        return self._retriever

    def _query(self, query_bundle: QueryBundle) -> Answer:
        asked = _bundle(query_bundle, {}).request
        request = asked.understood()
        started = time.perf_counter()
        hits = self._retriever.find(request)
        found = time.perf_counter()
        extract = self._speech.synthesize(request, hits) or self._synthesizer.synthesize(request.question, hits)
        done = time.perf_counter()
        return Answer(
            question=asked.question,
            understood=request.question,
            statements=extract.statements,
            citations=extract.citations,
            retrieved=self._retrieved(hits),
            refused=not extract.statements,
            reason=extract.reason,
            source_nodes=nodes(hits),
            timings_ms={"retrieve": 1000 * (found - started), "answer": 1000 * (done - found)},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Answer:
        return await asyncio.to_thread(self._query, query_bundle)

    def _retrieved(self, hits: Sequence[SearchHit]) -> tuple[RetrievedPassage, ...]:
        articles: dict[str, Article] = {}
        for hit in hits:
            article_id = hit.stored.passage.article_id
            articles[article_id] = articles.get(article_id) or self.store.article(article_id)
        return tuple(
            RetrievedPassage(articles[p.article_id], p.start, p.end, hit.score)
            for hit in hits
            for p in [hit.stored.passage]
        )

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _bundle(query: QueryType, options: dict[str, Any]) -> RequestBundle:
    if isinstance(query, RequestBundle):
        return query
    text = query if isinstance(query, str) else query.query_str
    return RequestBundle(text, request=Request.of(text, **options))
