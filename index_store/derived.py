"""The derived indexes: vectors and words together, rebuilt from the catalog at any time."""

import threading
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from index_store.catalog import Catalog, Placement
from index_store.folders import make_folder
from index_store.lexical import Lexical, LexicalEntry
from index_store.settings import StoreSettings
from index_store.vectors import Home


@dataclass(frozen=True, slots=True)
class Query:
    """A question in words and as a vector."""

    text: str
    vector: Sequence[float]
    among: Sequence[int] | None = None  # the only keys that count; None: all


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores by both kinds of search, best first."""

    lexical: dict[int, float]  # BM25; a key without a shared word is left out
    dense: dict[int, float]  # cosine similarity

    def best(self, keys: Set[int], limit: int) -> "Scores":
        """The `limit` best of each kind that are among `keys`."""
        kinds = ({key: kind[key] for key in kind if key in keys} for kind in (self.lexical, self.dense))
        return Scores(*(dict(islice(kind.items(), limit)) for kind in kinds))


@dataclass(frozen=True, slots=True)
class DerivedCounts:
    """Passages held, current or not."""

    lexical: int
    vectors: int


class DerivedIndexes:
    """Both indexes of one data directory, written and read as one; safe to use from several threads."""

    def __init__(self, data_dir: Path, settings: StoreSettings, placement: Placement, home: Home) -> None:
        """Opens what lies where the catalog says; the home of the vectors stays the caller's."""
        self._settings = settings
        self._data_dir = data_dir
        self._lock = threading.RLock()  # reopening must not happen under a running search
        self._lexical = Lexical(data_dir / placement.lexical)
        self._home = home
        self._vectors = home.open(placement.vectors)

    @staticmethod
    def create(data_dir: Path, catalog: Catalog, home: Home) -> str:
        """Both indexes, empty and marked with the catalog they belong to; returns the name of the vectors.

        What is in their place is deleted.
        """
        make_folder(data_dir / catalog.placement.lexical, Lexical.create, catalog.index_id)
        return home.create()

    def reopen(self, placement: Placement) -> None:
        """Sees what other processes have written, and where."""
        with self._lock:
            # a writer adds vectors first: opened last, they hold every passage that the words find
            self._lexical.reopen(self._data_dir / placement.lexical)
            self._vectors.reopen(placement.vectors)

    def claim(self) -> None:
        """Makes the vectors ready for a writing."""
        with self._lock:
            self._vectors.claim()

    def settle(self) -> str:
        """Copies the vectors, their graph written to disk, and returns the name of the copy."""
        with self._lock:
            self._vectors.close()
            try:
                return self._home.settled(self._vectors.name)
            finally:
                self._vectors.reopen()

    def close(self) -> None:
        """Releases the files."""
        with self._lock:
            self._vectors.close()

    @property
    def dimension(self) -> int | None:
        """Numbers in each vector; None while none is held."""
        with self._lock:
            return self._vectors.dimension

    def counts(self) -> DerivedCounts:
        """How many passages each index holds."""
        with self._lock:
            return DerivedCounts(self._lexical.count(), self._vectors.count())

    def holds_vector(self, key: int) -> bool:
        """Whether the vector of that passage can be read."""
        with self._lock:
            return self._vectors.holds(key)

    def add(self, entries: Sequence[LexicalEntry], vectors: np.ndarray) -> None:
        """Adds passages, one row of `vectors` each, shape `(len(entries), dimension)`."""
        with self._lock:
            self._vectors.add([entry.key for entry in entries], vectors)
            self._lexical.write(added=entries)

    def delete(self, keys: Sequence[int]) -> None:
        """Deletes passages; keys that are not there are no fault."""
        with self._lock:
            self._vectors.delete(keys)
            self._lexical.write(deleted=keys)

    def search(self, query: Query, limit: int) -> Scores:
        """The `limit` best of each kind."""
        with self._lock:
            return Scores(self._words(query, limit, query.among), self._meaning(query, limit))

    def completed(self, query: Query, found: Scores) -> Scores:
        """The scores with that of the other kind for each key, as far as it is still held."""
        lexical, dense = found.lexical.keys(), found.dense.keys()
        with self._lock:
            similar = self._vectors.similarities(query.vector, list(lexical - dense))
            shared = self._words(query, max(len(dense), 1), list(dense - lexical))
        return Scores(found.lexical | shared, found.dense | similar)

    def _words(self, query: Query, limit: int, among: Sequence[int] | None) -> dict[int, float]:
        return self._lexical.search(query.text, limit, title_boost=self._settings.title_boost, among=among)

    def _meaning(self, query: Query, limit: int) -> dict[int, float]:
        if query.among is None:
            return self._vectors.search(query.vector, limit)
        similar = self._vectors.similarities(query.vector, query.among)
        return dict(sorted(similar.items(), key=lambda item: -item[1])[:limit])

    def terms(self, text: str) -> tuple[str, ...]:
        """Distinct index terms of `text`, in order of first use."""
        return self._lexical.terms(text)

    def document_frequency(self, term: str) -> int:
        """Number of passages that hold `term`, an index term, in headline or text."""
        with self._lock:
            return self._lexical.document_frequency(term)
