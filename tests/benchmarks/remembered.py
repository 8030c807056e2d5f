"""The remembered embedding: each original embedded once and kept on disk, a copy near its original.

Only the benchmark uses it, to make an index of 100,000 passages without an hour of embedding. The vector of a copy is
that of its original and a small noise, the same at every run. No figure of time, memory or disk depends on it: a
question is embedded by the bundled model, and the vectors lie as near to one another as those of true copies.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.indexing import embedded_text
from tests.benchmarks.material import CHUNKER, Copied

_SHARD = 1024  # texts embedded before they are kept
_NOISE = 0.3  # of length 1: the cosine to the original is about .96


class RememberedEmbedding(MiniLMEmbedding):
    """The bundled model for questions and for what is new; for copies what `learn` was told."""

    _vectors: dict[bytes, np.ndarray] = PrivateAttr(default_factory=dict)

    def remember(self, articles: Iterable[Article], folder: Path) -> None:
        """Embeds every passage of the articles that is not kept in `folder` yet, and keeps it there."""
        folder.mkdir(parents=True, exist_ok=True)
        shards = sorted(folder.glob("[0-9]*.npz"))
        for shard in shards:
            kept = np.load(shard)
            self._vectors |= {key.tobytes(): row for key, row in zip(kept["keys"], kept["vectors"], strict=True)}
        texts = {_key(text): text for article in articles for text in _texts(article)}
        missing = [key for key in texts if key not in self._vectors]
        for number, start in enumerate(range(0, len(missing), _SHARD), start=len(shards)):
            keys = missing[start : start + _SHARD]
            vectors = np.asarray(super()._get_text_embeddings([texts[key] for key in keys]), dtype=np.float32)
            self._vectors |= dict(zip(keys, vectors, strict=True))
            _keep(folder / f"{number:04d}.npz", keys, vectors)

    def learn(self, copied: Iterable[Copied]) -> Iterator[Article]:
        """The articles of the copies; when one is asked for, the vectors of its passages are known."""
        for copy in copied:
            known = [self._vectors[_key(text)] for text in _texts(copy.original)]
            for position, text in enumerate(_texts(copy.article)):
                vector = known[min(position, len(known) - 1)]
                self._vectors[_key(text)] = _beside(vector, text) if copy.round else vector
            yield copy.article

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [self._vectors[_key(text)].tolist() for text in texts]


def _texts(article: Article) -> list[str]:
    return [embedded_text(article, passage) for passage in CHUNKER.passages(article)]


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _beside(vector: np.ndarray, text: str) -> np.ndarray:
    noise = np.random.default_rng(int.from_bytes(_key(text))).normal(size=vector.size).astype(np.float32)
    moved: Any = vector + _NOISE * noise / np.linalg.norm(noise)
    return moved / np.linalg.norm(moved)


def _keep(path: Path, keys: list[bytes], vectors: np.ndarray) -> None:
    rows = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), 16)
    half = path.with_name("half.npz")
    np.savez(half, keys=rows, vectors=vectors)
    half.rename(path)
