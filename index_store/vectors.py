"""The vectors of the passages: the door to Chroma."""

import itertools
import shutil
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index_store.catalog import copy_database
from index_store.durability import full_disk, synced
from index_store.errors import DataDirError, IndexDamagedError
from index_store.remedies import REPAIR

_COLLECTION = "passages"
DATABASE_FILE = "chroma.sqlite3"

# Chroma writes its graph over the files of the last one, in any process that reads or writes, once that many rows are
# new: whoever is killed in it leaves neither. So it never does, and `Vectors.flush` writes the graph of a copy.
_NEVER, _AT_ONCE = 2**31 - 1, 2
_LINKS_FILE = "link_lists.bin"
_HEADER = struct.Struct("<i4Q")  # of a graph: version, offset, room, vectors held, and bytes of each
_LINK_BYTES = 512  # a passage; about 9 are needed, and Chroma is known to write more at every turn
_LINK_BYTES_ALLOWED = 1_000_000  # whatever is held
_spellings: set[str] = set()  # those of open clients
_choosing = threading.Lock()


class Vectors:
    """Unit vectors by integer key, searched by cosine."""

    def __init__(self, path: Path) -> None:
        """Opens what `Vectors.create` made."""
        self.path = path
        self._open()

    @staticmethod
    def create(path: Path) -> None:
        """An empty index in a folder that is not there."""
        with _translated(path):
            path.mkdir()
            with closing(_client(str(path))) as client:
                client.create_collection(
                    _COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "sync_threshold": _NEVER}},
                )

    @staticmethod
    def flush(path: Path, copy: Path) -> None:
        """Copies an index that is not open here, with its graph written to disk, which makes it quick to open."""
        with _translated(copy):
            # even who only reads may be writing the database, and have its journal there for a moment
            shutil.copytree(path, copy, ignore=shutil.ignore_patterns(f"{DATABASE_FILE}*"))
            copy_database(path / DATABASE_FILE, copy / DATABASE_FILE)
            with closing(_client(str(copy))) as client:
                _set_threshold(client, _AT_ONCE)
            with closing(_client(str(copy))) as client:  # which knows the threshold
                client.get_collection(_COLLECTION, embedding_function=None).get(limit=1, include=["embeddings"])
                _set_threshold(client, _NEVER)
            synced(copy)

    def hold_back(self) -> None:
        """Keeps Chroma from writing its graph in place, where an older version let it."""
        with _translated(self.path):
            if self._collection.configuration_json["hnsw"]["sync_threshold"] != _NEVER:
                _set_threshold(self._client, _NEVER)
                self.reopen()

    def _open(self) -> None:
        self._spelling = _take_spelling(self.path)
        with _translated(self.path), ExitStack() as opened:
            opened.callback(_spellings.discard, self._spelling)
            _refuse_torn_graph(self.path)
            self._client = _client(self._spelling)
            opened.callback(self._client.close)  # else Chroma keeps what it failed to open
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            opened.pop_all()

    def reopen(self, path: Path | None = None) -> None:
        """Sees what other processes have written: an open client keeps the rows it knew."""
        self.close()
        self.path = path or self.path
        self._open()

    def close(self) -> None:
        """Releases the files."""
        self._client.close()
        _spellings.discard(self._spelling)  # closed: Chroma keeps nothing under it any more

    def add(self, keys: Sequence[int], vectors: np.ndarray) -> None:
        """Adds rows of `vectors`, shape `(len(keys), dimension)`, under keys never used before."""
        with _translated(self.path):
            for rows in self._batches(len(keys)):
                self._collection.add(ids=[str(key) for key in keys[rows]], embeddings=vectors[rows])

    def delete(self, keys: Sequence[int]) -> None:
        """Deletes; a key that is not there is no fault."""
        with _translated(self.path):
            for rows in self._batches(len(keys)):
                self._collection.delete(ids=[str(key) for key in keys[rows]])

    def search(self, vector: Sequence[float], limit: int) -> dict[int, float]:
        """Cosine similarity of the `limit` nearest keys, best first."""
        query = np.asarray([vector], dtype=np.float32)
        with _translated(self.path):
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
                    raise IndexDamagedError(f"the vector index {str(self.path)!r} has lost vectors; {REPAIR}")
                similarities.update(zip(found, (embeddings @ query / norms).tolist(), strict=True))
        return similarities

    @property
    def dimension(self) -> int | None:
        """Numbers in each vector; None while none is held."""
        with _translated(self.path):
            first = self._collection.get(limit=1, include=[])["ids"]
        return self._get([int(first[0])])[1].shape[1] if first else None

    def holds(self, key: int) -> bool:
        """Whether there is a vector under `key`, not only its name."""
        return self._get([key])[0] == [key]

    def count(self) -> int:
        """Number of vectors held, current or not."""
        with _translated(self.path):
            return int(self._collection.count())

    def keys(self) -> frozenset[int]:
        """Every key that is named, current or not, whether or not its vector can be read."""
        with _translated(self.path):
            return frozenset(map(int, self._collection.get(include=[])["ids"]))

    def readable(self, keys: Sequence[int]) -> dict[int, np.ndarray]:
        """The vectors of those of `keys` that have one with a direction."""
        held: dict[int, np.ndarray] = {}
        for rows in self._batches(len(keys)):
            found, embeddings = self._get(keys[rows])
            held.update(
                (k, row) for k, row in zip(found, embeddings, strict=True) if np.isfinite(row).all() and row.any()
            )
        return held

    def swelling(self) -> str | None:
        """What has grown far beyond what the passages held need; None when nothing has."""
        allowed = _LINK_BYTES_ALLOWED + _LINK_BYTES * self.count()
        for file in self.path.glob(f"*/{_LINKS_FILE}"):
            if (size := file.stat().st_size) > allowed:
                return f"its file {_LINKS_FILE} has {size:,} bytes, where {allowed:,} are more than enough"
        return None

    def _get(self, keys: Sequence[int]) -> tuple[list[int], np.ndarray]:
        with _translated(self.path):
            found = self._collection.get(ids=[str(key) for key in keys], include=["embeddings"])
        return list(map(int, found["ids"])), np.asarray(found["embeddings"], dtype=np.float32)

    def _batches(self, count: int) -> Iterator[slice]:
        size = self._client.get_max_batch_size()
        return (slice(start, start + size) for start in range(0, count, size))


def _refuse_torn_graph(path: Path) -> None:
    """Raises `ValueError` for a graph whose files are shorter than they say, which would crash the process."""
    for written in path.glob("*/index_metadata.pickle"):  # without it, Chroma reads none of the others
        folder = written.parent
        sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
        if sizes.get("header.bin", 0) < _HEADER.size:
            raise ValueError("the graph's header is torn")
        *_, held, size = _HEADER.unpack_from(folder.joinpath("header.bin").read_bytes())
        for name, expected in (("data_level0.bin", held * size), ("length.bin", held * 4)):
            if (found := sizes.get(name, 0)) < expected:
                raise ValueError(f"the graph's file {name} has {found:,} bytes of {expected:,}")


def _chroma() -> Any:
    """Chroma, imported at first use: it reads `.env` and the environment by names of its own as it is imported."""
    try:
        import chromadb
    except (OSError, ValueError) as error:
        kind = type(error).__name__  # its text may hold a key
    else:
        return chromadb
    raise DataDirError(f"Chroma cannot read the file '.env' or a variable of the environment ({kind}); correct it")


def _client(spelling: str) -> Any:
    chroma = _chroma()
    # Built without its sources: `.env` and the environment could send the vectors to another server.
    settings = chroma.Settings.model_construct(anonymized_telemetry=False)
    try:
        return chroma.PersistentClient(spelling, settings)
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


def _set_threshold(client: Any, rows: int) -> None:
    collection = client.get_collection(_COLLECTION, embedding_function=None)
    collection.modify(configuration={"hnsw": {"sync_threshold": rows, "batch_size": min(rows, 100)}})


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise full_disk(path, error) or DataDirError(f"cannot use the vector index {str(path)!r}: {error}") from error
    except (_chroma().errors.ChromaError, ValueError) as error:
        raise full_disk(path, error) or IndexDamagedError(
            f"cannot use the vector index {str(path)!r}: {error}; {REPAIR}"
        ) from error
