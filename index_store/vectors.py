"""The vectors of the passages: the door to Chroma."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index_store.errors import DataDirError

_COLLECTION = "passages"
_SPELLINGS = itertools.count(1)


class Vectors:
    """Unit vectors by integer key, searched by cosine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()

    def _open(self) -> None:
        # Chroma keeps one System per path string in a process and would hand a stale one to a second client;
        # a spelling of its own gives each opening its own System.
        spelling = f"{self._path}/" + "./" * next(_SPELLINGS)
        try:
            self._client: Any = chromadb.PersistentClient(spelling, Settings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except (ChromaError, ValueError, OSError) as error:
            raise DataDirError(f"cannot open the vector index at {str(self._path)!r}: {error}") from error

    def reopen(self) -> None:
        """Sees what other processes have written: an open client keeps the rows it knew."""
        self.close()
        self._open()

    def close(self) -> None:
        """Releases the files."""
        self._client.close()

    def add(self, keys: Sequence[int], vectors: np.ndarray) -> None:
        """Adds rows of `vectors`, shape `(len(keys), dimension)`, under keys never used before."""
        for rows in self._batches(len(keys)):
            self._collection.add(ids=[str(key) for key in keys[rows]], embeddings=vectors[rows])

    def delete(self, keys: Sequence[int]) -> None:
        """Deletes; a key that is not there is no fault."""
        for rows in self._batches(len(keys)):
            self._collection.delete(ids=[str(key) for key in keys[rows]])

    def search(self, vector: Sequence[float], limit: int) -> dict[int, float]:
        """Cosine similarity of the `limit` nearest keys, best first."""
        query = np.asarray([vector], dtype=np.float32)
        found = self._collection.query(query_embeddings=query, n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        # cosine space: distance = 1 - similarity
        return {int(key): 1 - distance for key, distance in zip(found["ids"][0], distances[0], strict=True)}

    def similarities(self, vector: Sequence[float], keys: Sequence[int]) -> dict[int, float]:
        """Cosine similarity of each of `keys` that is held, computed exactly.

        `query(ids=…)` would do the same, but fails as a whole when one of the keys is not held.
        """
        query = np.asarray(vector, dtype=np.float32)
        similarities: dict[int, float] = {}
        for rows in self._batches(len(keys)):
            found = self._collection.get(ids=[str(key) for key in keys[rows]], include=["embeddings"])
            embeddings = np.asarray(found["embeddings"], dtype=np.float32).reshape(-1, query.size)
            norms = np.linalg.norm(embeddings, axis=1) * np.linalg.norm(query)
            similarities.update(zip(map(int, found["ids"]), (embeddings @ query / norms).tolist(), strict=True))
        return similarities

    def count(self) -> int:
        """Number of vectors held, current or not."""
        return int(self._collection.count())

    def _batches(self, count: int) -> Iterator[slice]:
        size = self._client.get_max_batch_size()
        return (slice(start, start + size) for start in range(0, count, size))
