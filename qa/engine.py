"""The query engine: a question becomes a cited answer."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import LLM
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, QueryType
from platformdirs import user_data_path

from index_store.chroma_server import ChromaServer, chroma_server_from
from index_store.embedding import MiniLMEmbedding, embedding_from
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.answering import Answering
from qa.extractive import ExtractiveSynthesizer
from qa.instrumentation import watched, watched_query
from qa.llm import ChatModel, LlamaIndexModel, ModelSettings, OpenAIModel, read_environment
from qa.reader import Reader
from qa.request import Request
from qa.retriever import ArticleRetriever, nodes
from qa.settings import QASettings
from qa.speech.synthesizer import SpeechSynthesizer
from qa.stream import AnswerStream, Stopper

if TYPE_CHECKING:
    from qa.chat import ArticleChatEngine
    from qa.generative.synthesizer import GenerativeSynthesizer


def open_engine(
    data_dir: str | Path | None = None,
    settings: QASettings | None = None,
    *,
    model: ChatModel | LLM | None = None,
    embedder: BaseEmbedding | None = None,
    chroma: ChromaServer | None = None,
) -> "ArticleQueryEngine":
    """The engine over the articles indexed in `data_dir`; None is the user's data directory.

    A model, an embedding and a Chroma server that are not given are those that the environment names: no model, the
    embedded embedding, and vectors in the data directory where it names none.

    Raises:
        IndexNotFoundError: nothing has been indexed there.
        ModelSettingsError: a variable that names a model holds a value that cannot be used.
        ChromaServerError: the server that keeps the vectors cannot be asked.
    """
    environment = read_environment()
    kept = StoreSettings(chroma=chroma or chroma_server_from(environment))
    store = ArticleStore(resolve_data_dir(data_dir), embedder or embedding_from(environment), kept)
    return ArticleQueryEngine(store, settings, model or _configured(environment))


def _configured(environment: Mapping[str, str]) -> ChatModel | None:
    settings = ModelSettings.from_environment(environment)
    return OpenAIModel(settings) if settings else None


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

    def __init__(
        self, store: ArticleStore, settings: QASettings | None = None, model: ChatModel | LLM | None = None
    ) -> None:
        super().__init__(callback_manager=None)
        self.store = store
        self.settings = settings or QASettings()
        self._retriever = ArticleRetriever(store, self.settings)
        self.model = LlamaIndexModel(model) if isinstance(model, LLM) else model
        reader = Reader()
        self._answers = Answering(
            store,
            self.settings,
            self._retriever,
            SpeechSynthesizer(store, self.settings, reader),
            ExtractiveSynthesizer(store, self.settings, reader),
            self._generative(self.model, reader),
        )

    def _generative(self, model: ChatModel | None, reader: Reader) -> "GenerativeSynthesizer | None":
        if model is None:
            return None
        from qa.generative.synthesizer import GenerativeSynthesizer  # which most who ask do without
        from qa.verification.support import SupportScorer

        # Calibrated with the embedded model, whatever the articles are found by.
        return GenerativeSynthesizer(self.store, self.settings, model, SupportScorer(MiniLMEmbedding(), reader))

    def query(self, str_or_query_bundle: QueryType, **options: Any) -> Answer:
        """The answer to a question."""
        return cast(Answer, super().query(_bundle(str_or_query_bundle, options)))

    async def aquery(self, str_or_query_bundle: QueryType, **options: Any) -> Answer:
        """The answer to a question."""
        return cast(Answer, await super().aquery(_bundle(str_or_query_bundle, options)))

    def retrieve(self, query_bundle: QueryType, **options: Any) -> list[NodeWithScore]:
        """The passages that bear on a question, best first; `node.metadata["article_id"]` names the article."""
        return nodes(self._retriever.find(_bundle(query_bundle, options).request.understood()).hits)

    def stream(self, question: QueryType, **options: Any) -> AnswerStream:
        """The answer statement by statement, as it is written and checked; `stream(…).answer` is the whole."""
        return self._answering(_bundle(question, options).request, streamed=True)

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

    def _answering(self, asked: Request, *, streamed: bool) -> AnswerStream:
        stopper = Stopper()
        steps = self._answers.answer(asked, stopper, streamed=streamed)
        return AnswerStream(watched_query(asked, steps) if streamed else watched(asked, steps), stopper)

    def _query(self, query_bundle: QueryBundle) -> Answer:
        return self._answering(_bundle(query_bundle, {}).request, streamed=False).answer

    async def _aquery(self, query_bundle: QueryBundle) -> Answer:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _bundle(query: QueryType, options: dict[str, Any]) -> RequestBundle:
    if isinstance(query, RequestBundle):
        return query
    text = query if isinstance(query, str) else query.query_str
    return RequestBundle(text, request=Request.of(text, **options))
