"""The embedding of a server: models behind OpenAI's embeddings endpoint."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import BaseModel, Field, PrivateAttr, ValidationError

from index_store.embedding.text import encodable
from index_store.endpoint import Call, Endpoint, Faulted, Target, unusable

if TYPE_CHECKING:
    from openai import OpenAI


_MOST_BYTES = 2_000_000  # of a reply, for each text: 65,536 numbers, and some more


class _Row(BaseModel):
    embedding: list[float]
    index: int | None = None


class _Vectors(BaseModel):
    data: list[_Row]


class OpenAIEmbedding(BaseEmbedding):
    """A model of OpenAI, or of any server with its embeddings endpoint, as a LlamaIndex embedding.

    Every call may raise a `ModelError` of index_store/errors.py: a reply that lacks a vector, or holds one of another
    dimension, of zeros or of no numbers, is a `ModelReplyError`, and nothing of it is used. One instance serves any
    number of threads.
    """

    model_name: str
    endpoint: Endpoint = Field(default_factory=Endpoint, exclude=True)  # it holds the key
    dimension: int | None = Field(default=None, gt=0)  # asked of the server; None: whatever the model has
    embed_batch_size: int = Field(default=64, gt=0, le=2048)  # texts a request

    url_variable: str = Field(default="OPENAI_BASE_URL", exclude=True)  # what names the server, for messages
    key_variable: str = Field(default="OPENAI_API_KEY", exclude=True)

    _found_dimension: int | None = PrivateAttr(default=None)

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex serialises this class under."""
        return "ArticleQAOpenAIEmbedding"

    @property
    def fingerprint(self) -> str:
        """All that decides the vectors: model and dimension, wherever it is served.

        Without a `dimension` the first use is a request, which embeds one word.
        """
        if self.dimension is None and self._found_dimension is None:
            self._embedded(["dimension"])
        return f"OpenAIEmbedding {self.model_name} dim={self.dimension or self._found_dimension}"

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embedded([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embedded([query])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embedded(texts)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    def _embedded(self, texts: Sequence[str]) -> list[list[float]]:
        inputs = [encodable(text) for text in texts]

        def send(client: "OpenAI") -> Iterator[list[list[float]]]:
            wanted: dict[str, Any] = {"dimensions": self.dimension} if self.dimension else {}
            answer = client.embeddings.with_raw_response.create(
                model=self.model_name, input=inputs, encoding_format="float", **wanted
            )
            yield self._vectors(json.loads(answer.content), len(inputs))

        (vectors,) = Call(self._target, send, most_bytes=_MOST_BYTES * (1 + len(inputs)))
        return vectors

    @property
    def _target(self) -> Target:
        return Target(
            self.model_name,
            self.endpoint,
            url_variable=self.url_variable,
            key_variable=self.key_variable,
            model_variable="ARTICLE_QA_EMBEDDING_MODEL",
            length_variable=None,
        )

    def _vectors(self, payload: Any, count: int) -> list[list[float]]:
        """The vectors in the order of the texts; `Faulted` unless they are all there and all of one kind."""
        try:
            rows = _Vectors.model_validate(payload).data
        except ValidationError:
            raise Faulted(unusable("answered with something else than vectors", self._target)) from None
        if all(row.index is not None for row in rows):
            rows = sorted(rows, key=lambda row: row.index or 0)
            if [row.index for row in rows] != list(range(len(rows))):
                raise Faulted(unusable("numbered its vectors wrongly", self._target))
        vectors = [row.embedding for row in rows]
        if fault := self._objection(vectors, count):
            raise Faulted(unusable(fault, self._target))
        self._found_dimension = len(vectors[0])
        return vectors

    def _objection(self, vectors: Sequence[Sequence[float]], count: int) -> str:
        if len(vectors) != count:
            return f"answered with {len(vectors)} vectors to {count} texts"
        dimension = self.dimension or self._found_dimension or len(vectors[0])
        for vector in vectors:
            if len(vector) != dimension or not vector:
                return f"answered with a vector of {len(vector)} dimensions in place of {dimension or 'any other'}"
        with np.errstate(over="ignore"):  # what is too great to be stored becomes infinite
            norms = np.linalg.norm(np.asarray(vectors, dtype=np.float32).reshape(count, -1), axis=1)
        return "" if np.isfinite(norms).all() and norms.all() else "answered with a vector of zeros or of no numbers"
