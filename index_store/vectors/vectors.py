"""The vectors of one index, wherever they are kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from index_store.errors import IndexDamagedError
from index_store.remedies import REPAIR


class Vectors(ABC):
    """Unit vectors by integer key, searched by cosine: an open collection of Chroma's."""

    _collection: Any

    @property
    @abstractmethod
    def name(self) -> str:
        """What the catalog calls it."""

    @abstractmethod
    def reopen(self, name: str | None = None) -> None:
        """Sees what other processes have written, there or under another name."""

    @abstractmethod
    def close(self) -> None:
        """Releases what is open."""

    @abstractmethod
    def claim(self) -> None:
        """Makes ready for a writing, so that neither what is read nor a copy of the index is harmed by it."""

    @abstractmethod
    def keys(self) -> frozenset[int]:
        """Every key that is named, current or not, whether or not its vector can be read."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """What a message calls it."""

    @property
    @abstractmethod
    def _batch_size(self) -> int:
        """Rows that may be sent or asked for at once."""

    @abstractmethod
    def _translated(self) -> AbstractContextManager[None]:
        """Raises what goes wrong inside as errors of ours."""

    def swelling(self) -> str | None:
        """What has grown far beyond what the passages held need; None when nothing has, or nobody here can see."""
        return None

    def add(self, keys: Sequence[int], vectors: np.ndarray) -> None:
        """Adds rows of `vectors`, shape `(len(keys), dimension)`, under keys never used before."""
        with self._translated():
            for rows in self._batches(len(keys)):
                self._collection.add(ids=[str(key) for key in keys[rows]], embeddings=vectors[rows])

    def delete(self, keys: Sequence[int]) -> None:
        """Deletes; a key that is not there is no fault."""
        with self._translated():
            for rows in self._batches(len(keys)):
                self._collection.delete(ids=[str(key) for key in keys[rows]])

    def search(self, vector: Sequence[float], limit: int) -> dict[int, float]:
        """Cosine similarity of the `limit` nearest keys, best first."""
        query = np.asarray([vector], dtype=np.float32)
        with self._translated():
            limit = min(limit, self._batch_size)
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
        for found, embeddings in self._get(keys):
            if found:
                norms = np.linalg.norm(embeddings, axis=1) * (np.linalg.norm(query) or 1.0)
                if not (np.isfinite(norms).all() and norms.all()):  # no such vector was written
                    raise IndexDamagedError(f"{self.shown} has lost vectors; {REPAIR}")
                similarities.update(zip(found, (embeddings @ query / norms).tolist(), strict=True))
        return similarities

    @property
    def dimension(self) -> int | None:
        """Numbers in each vector; None while none is held."""
        with self._translated():
            first = self._collection.get(limit=1, include=[])["ids"]
        return next(self._get([int(first[0])]))[1].shape[1] if first else None

    def holds(self, key: int) -> bool:
        """Whether there is a vector under `key`, not only its name."""
        return next(self._get([key]))[0] == [key]

    def count(self) -> int:
        """Number of vectors held, current or not."""
        with self._translated():
            return int(self._collection.count())

    def named(self, keys: Sequence[int]) -> frozenset[int]:
        """Those of `keys` that are named."""
        found: list[str] = []
        with self._translated():
            for rows in self._batches(len(keys)):
                found += self._collection.get(ids=[str(key) for key in keys[rows]], include=[])["ids"]
        return frozenset(map(int, found))

    def readable(self, keys: Sequence[int]) -> dict[int, np.ndarray]:
        """The vectors of those of `keys` that have one with a direction."""
        held: dict[int, np.ndarray] = {}
        for found, embeddings in self._get(keys):
            held.update(
                (k, row) for k, row in zip(found, embeddings, strict=True) if np.isfinite(row).all() and row.any()
            )
        return held

    def _get(self, keys: Sequence[int]) -> Iterator[tuple[list[int], np.ndarray]]:
        """Keys that are held and their vectors, batch by batch."""
        for rows in self._batches(len(keys)):
            with self._translated():
                found = self._collection.get(ids=[str(key) for key in keys[rows]], include=["embeddings"])
            yield list(map(int, found["ids"])), np.asarray(found["embeddings"], dtype=np.float32)

    def _batches(self, count: int) -> Iterator[slice]:
        with self._translated():
            size = self._batch_size
        return (slice(start, start + size) for start in range(0, count, size))
