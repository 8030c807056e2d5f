"""The query engine: a question becomes a cited answer."""

import asyncio
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, QueryType
from platformdirs import user_data_path

from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.answer import Answer, RetrievedPassage
from qa.explaining import explain
from qa.extractive import ExtractiveSynthesizer
from qa.reader import Reader
from qa.request import Request
from qa.retriever import ArticleRetriever, Found, nodes
from qa.settings import QASettings
from qa.speech.synthesizer import SpeechSynthesizer

if TYPE_CHECKING:
    from qa.chat import ArticleChatEngine


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
    `history` (the turns before, oldest first: questions, or `Turn`s with their answers). How sure an answer must be
    is `settings.strictness`.
    """

    def __init__(self, store: ArticleStore, settings: QASettings | None = None) -> None:
        super().__init__(callback_manager=None)
        self.store = store
        self.settings = settings or QASettings()
        self._retriever = ArticleRetriever(store, self.settings)
        reader = Reader()
        self._speech = SpeechSynthesizer(store, self.settings, reader)
        self._synthesizer = ExtractiveSynthesizer(store, self.settings, reader)

    def query(self, str_or_query_bundle: QueryType, **options: Any) -> Answer:
        """The answer to a question."""
        return cast(Answer, super().query(_bundle(str_or_query_bundle, options)))

    async def aquery(self, str_or_query_bundle: QueryType, **options: Any) -> Answer:
        """The answer to a question."""
        return cast(Answer, await super().aquery(_bundle(str_or_query_bundle, options)))

    def retrieve(self, query_bundle: QueryType, **options: Any) -> list[NodeWithScore]:
        """The passages that bear on a question, best first; `node.metadata["article_id"]` names the article."""
        return nodes(self._retriever.find(_bundle(query_bundle, options).request.understood()).hits)

    def as_retriever(self) -> ArticleRetriever:
        """The retriever that the engine uses, for LlamaIndex components that take one."""
        return self._retriever

    def as_chat_engine(self) -> "ArticleChatEngine":
        """A conversation with this engine: a LlamaIndex chat engine that understands follow-ups."""
        from qa.chat import ArticleChatEngine  # which builds on this module

        return ArticleChatEngine(self)

    def close(self) -> None:
        """Releases the files of the store."""
        self.store.close()

    def _query(self, query_bundle: QueryBundle) -> Answer:
        asked = _bundle(query_bundle, {}).request
        request = asked.understood()
        started = time.perf_counter()
        found = self._retriever.find(request)
        retrieved = time.perf_counter()
        extract = self._speech.synthesize(request, found.hits) or self._synthesizer.synthesize(request, found)
        done = time.perf_counter()
        return Answer(
            question=asked.question,
            understood=request.question,
            statements=extract.statements,
            citations=extract.citations,
            retrieved=_retrieved(found),
            refused=not extract.statements,
            reason=extract.reason,
            source_nodes=nodes(found.hits),
            explanation=explain(request, found.hits, extract, read=self.settings.passages_read),
            timings_ms={"retrieve": 1000 * (retrieved - started), "answer": 1000 * (done - retrieved)},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Answer:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _retrieved(found: Found) -> tuple[RetrievedPassage, ...]:
    return tuple(
        RetrievedPassage(found.article(hit), hit.stored.passage.start, hit.stored.passage.end, hit.score)
        for hit in found.hits
    )


def _bundle(query: QueryType, options: dict[str, Any]) -> RequestBundle:
    if isinstance(query, RequestBundle):
        return query
    text = query if isinstance(query, str) else query.query_str
    return RequestBundle(text, request=Request.of(text, **options))
