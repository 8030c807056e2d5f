"""Vectors in a folder: opened, copied and kept from writing over themselves."""

import itertools
import shutil
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from index_store.catalog import copy_database
from index_store.durability import full_disk, synced
from index_store.errors import DataDirError, IndexDamagedError
from index_store.remedies import REPAIR
from index_store.vectors.chroma import imported_chroma, settings_of
from index_store.vectors.vectors import Vectors

_COLLECTION = "passages"
DATABASE_FILE = "chroma.sqlite3"

# Chroma writes its graph over the files of the last one, in any process that reads or writes, once that many rows are
# new: whoever is killed in it leaves neither. So it never does, and `FolderVectors.flush` writes the graph of a copy.
_NEVER, _AT_ONCE = 2**31 - 1, 2
_LINKS_FILE = "link_lists.bin"
_HEADER = struct.Struct("<i4Q")  # of a graph: version, offset, room, vectors held, and bytes of each
_LINK_BYTES = 512  # a passage; about 9 are needed, and Chroma is known to write more at every turn
_LINK_BYTES_ALLOWED = 1_000_000  # whatever is held
_spellings: set[str] = set()  # those of open clients
_choosing = threading.Lock()


class FolderVectors(Vectors):
    """The vectors in one folder."""

    def __init__(self, path: Path) -> None:
        """Opens what `FolderVectors.create` made."""
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

    @property
    def name(self) -> str:
        """What the catalog calls it: the folder's name."""
        return self.path.name

    @property
    def shown(self) -> str:
        """What a message calls it."""
        return f"the vector index {str(self.path)!r}"

    def claim(self) -> None:
        """Keeps Chroma from writing its graph in place, where an older version let it."""
        with self._translated():
            if self._collection.configuration_json["hnsw"]["sync_threshold"] != _NEVER:
                _set_threshold(self._client, _NEVER)
                self.reopen()

    def _open(self) -> None:
        self._spelling = _take_spelling(self.path)
        with self._translated(), ExitStack() as opened:
            opened.callback(_spellings.discard, self._spelling)
            _refuse_torn_graph(self.path)
            self._client = _client(self._spelling)
            opened.callback(self._client.close)  # else Chroma keeps what it failed to open
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            opened.pop_all()

    def reopen(self, name: str | None = None) -> None:
        """Sees what other processes have written, there or in the folder `name`: an open client keeps its rows."""
        self.close()
        self.path = self.path.with_name(name or self.name)
        self._open()

    def close(self) -> None:
        """Releases the files."""
        self._client.close()
        _spellings.discard(self._spelling)  # closed: Chroma keeps nothing under it any more

    def keys(self) -> frozenset[int]:
        """Every key that is named, current or not, whether or not its vector can be read."""
        with self._translated():
            return frozenset(map(int, self._collection.get(include=[])["ids"]))

    def swelling(self) -> str | None:
        """What has grown far beyond what the passages held need; None when nothing has."""
        allowed = _LINK_BYTES_ALLOWED + _LINK_BYTES * self.count()
        for file in self.path.glob(f"*/{_LINKS_FILE}"):
            if (size := file.stat().st_size) > allowed:
                return f"its file {_LINKS_FILE} has {size:,} bytes, where {allowed:,} are more than enough"
        return None

    @property
    def _batch_size(self) -> int:
        return int(self._client.get_max_batch_size())

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with _translated(self.path):
            yield


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


def _client(spelling: str) -> Any:
    try:
        return imported_chroma().PersistentClient(spelling, settings_of())
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
    faults = (imported_chroma().errors.ChromaError, ValueError)  # an import that is interrupted leaves no `errors`
    try:
        yield
    except OSError as error:
        raise full_disk(path, error) or DataDirError(f"cannot use the vector index {str(path)!r}: {error}") from error
    except faults as error:
        raise full_disk(path, error) or IndexDamagedError(
            f"cannot use the vector index {str(path)!r}: {error}; {REPAIR}"
        ) from error
