"""The vectors of the passages: the door to Chroma."""

import itertools
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index_store.errors import REBUILD, DataDirError, IndexDamagedError

_COLLECTION = "passages"
_spellings: set[str] = set()  # those of open clients
_choosing = threading.Lock()


class Vectors:
    """Unit vectors by integer key, searched by cosine."""

    def __init__(self, path: Path) -> None:
        """Opens what `Vectors.create` made."""
        self._path = path
        self._open()

    @staticmethod
    def create(path: Path) -> None:
        """An empty index in a folder that is not there."""
        with _translated(path):
            path.mkdir()
            with closing(_client(str(path))) as client:
                client.create_collection(
                    _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
                )

    def _open(self) -> None:
        self._spelling = _take_spelling(self._path)
        with _translated(self._path), ExitStack() as opened:
            opened.callback(_spellings.discard, self._spelling)
            self._client = _client(self._spelling)
            opened.callback(self._client.close)  # else Chroma keeps what it failed to open
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            opened.pop_all()

    def reopen(self) -> None:
        """Sees what other processes have written: an open client keeps the rows it knew."""
        self.close()
        self._open()

    def close(self) -> None:
        """Releases the files."""
        self._client.close()
        _spellings.discard(self._spelling)  # closed: Chroma keeps nothing under it any more

    def add(self, keys: Sequence[int], vectors: np.ndarray) -> None:
        """Adds rows of `vectors`, shape `(len(keys), dimension)`, under keys never used before."""
        with _translated(self._path):
            for rows in self._batches(len(keys)):
                self._collection.add(ids=[str(key) for key in keys[rows]], embeddings=vectors[rows])

    def delete(self, keys: Sequence[int]) -> None:
        """Deletes; a key that is not there is no fault."""
        with _translated(self._path):
            for rows in self._batches(len(keys)):
                self._collection.delete(ids=[str(key) for key in keys[rows]])

    def search(self, vector: Sequence[float], limit: int) -> dict[int, float]:
        """Cosine similarity of the `limit` nearest keys, best first."""
        query = np.asarray([vector], dtype=np.float32)
        with _translated(self._path):
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
            found, embeddings = self._get(keys[rows])
            if found:
                norms = np.linalg.norm(embeddings, axis=1) * (np.linalg.norm(query) or 1.0)
                if not (np.isfinite(norms).all() and norms.all()):  # no such vector was written
                    raise IndexDamagedError(f"the vector index {str(self._path)!r} has lost vectors; {REBUILD}")
                similarities.update(zip(found, (embeddings @ query / norms).tolist(), strict=True))
        return similarities

    @property
    def dimension(self) -> int | None:
        """Numbers in each vector; None while none is held."""
        with _translated(self._path):
            first = self._collection.get(limit=1, include=[])["ids"]
        return self._get([int(first[0])])[1].shape[1] if first else None

    def holds(self, key: int) -> bool:
        """Whether there is a vector under `key`, not only its name."""
        return self._get([key])[0] == [key]

    def count(self) -> int:
        """Number of vectors held, current or not."""
        with _translated(self._path):
            return int(self._collection.count())

    def _get(self, keys: Sequence[int]) -> tuple[list[int], np.ndarray]:
        with _translated(self._path):
            found = self._collection.get(ids=[str(key) for key in keys], include=["embeddings"])
        return list(map(int, found["ids"])), np.asarray(found["embeddings"], dtype=np.float32)

    def _batches(self, count: int) -> Iterator[slice]:
        size = self._client.get_max_batch_size()
        return (slice(start, start + size) for start in range(0, count, size))


def _client(spelling: str) -> Any:
    try:
        return chromadb.PersistentClient(spelling, Settings(anonymized_telemetry=False))
    except AttributeError as error:  # what Chroma's own cleaning up fails with, in place of the cause
        raise ValueError("Chroma cannot start on these files") from error


def _take_spelling(path: Path) -> str:
    """The path in a way that no open client spells it.

    Chroma keeps one System per path string in a process and would hand a stale one to a second client. A spelling
    that was closed is taken again: each is longer than the one before, and paths have an end.
    """
    with _choosing:
        spelling = next(s for n in itertools.count(1) if (s := f"{path}/" + "./" * n) not in _spellings)
        _spellings.add(spelling)
        return spelling


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataDirError(f"cannot use the vector index {str(path)!r}: {error}") from error
    except (ChromaError, ValueError) as error:
        raise IndexDamagedError(
            f"cannot use the vector index {str(path)!r}: {error}; if the disk is not full, {REBUILD}"
        ) from error
