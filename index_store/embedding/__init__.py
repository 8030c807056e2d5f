"""Embedding: texts become vectors, by the bundled model or by a server's."""

from index_store.embedding.choice import embedding_from
from index_store.embedding.fingerprint import embedding_fingerprint
from index_store.embedding.minilm import MINILM_DIR, MiniLMEmbedding, token_starts
from index_store.embedding.openai_embedding import OpenAIEmbedding

__all__ = [
    "MINILM_DIR",
    "MiniLMEmbedding",
    "OpenAIEmbedding",
    "embedding_fingerprint",
    "embedding_from",
    "token_starts",
]
