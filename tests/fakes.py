"""Stand-ins for what lies outside the project: an embedding model that is quick and needs no file."""

from zlib import crc32

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

DIMENSION = 64


class FakeEmbedder(BaseEmbedding):
    """Words hashed into a unit vector, so that alike texts lie close; keeps what it was asked."""

    model_name: str = "fake"
    asked: list[str] = []  # noqa: RUF012 - a pydantic field, copied per instance
    fails_on: str = ""  # a text that holds this makes the model fail

    def _get_text_embedding(self, text: str) -> list[float]:
        if self.fails_on and self.fails_on in text:
            raise ConnectionError("the embedding model is gone")
        self.asked.append(text)
        vector = np.full(DIMENSION, 1e-3)
        for word in text.lower().split():
            vector[crc32(word.strip(".,?!").encode()) % DIMENSION] += 1
        return list(vector / np.linalg.norm(vector))

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)
