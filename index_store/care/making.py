"""Making: derived indexes from the catalog, in new folders beside those in use."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.care.condition import in_chunks
from index_store.catalog import Catalog
from index_store.durability import ensure_room, synced
from index_store.folders import cannot_write, next_folder, sign
from index_store.indexing import embedded, embedded_text
from index_store.layout import COPYING, LEXICAL_FOLDER
from index_store.lexical import Lexical, LexicalEntry
from index_store.vectors import Home, Vectors

Progress = Callable[[str, int, int], None]  # what is done, how many passages so far, of how many

_CHUNK = 256  # passages at a time: what a kill loses
_COPIES = 12  # of a vector, that a database, its journal and the graph make of it
_SAMPLE = 8  # vectors that are computed again before the others of a damaged index are believed
_SAME = 0.999  # cosine similarity of a vector to itself, whatever server computed it


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes derived indexes that hold given passages; the caller holds the write lock."""

    data_dir: Path
    catalog: Catalog
    home: Home
    embedder: BaseEmbedding
    fingerprint: str  # what is made for it can be gone on with after a kill
    progress: Progress

    def vectors(self, keys: Sequence[int], old: Vectors | None = None) -> str:
        """Vectors of these passages under a new name; those that `old` has are taken from there."""
        begun = self.home.begin(self.fingerprint, self.catalog.placement.vectors)
        with closing(self.home.open(begun)) as made:
            made.delete(sorted(made.keys() - set(made.readable(sorted(made.keys() & set(keys))))))
            self.fill(made, keys, old if old and self._is_believable(old, keys) else None)
        return self.home.settled(begun)

    def fill(self, vectors: Vectors, keys: Sequence[int], old: Vectors | None = None) -> None:
        """Adds the vectors of those passages that have none."""
        held = vectors.keys()
        missing = [key for key in keys if key not in held]
        done = len(keys) - len(missing)
        for chunk in in_chunks(missing, _CHUNK):
            self.progress("vectors", done, len(keys))
            rows = old.readable(chunk) if old else {}
            rows |= self._embedded([key for key in chunk if key not in rows], vectors.dimension)
            ensure_room(self.data_dir, _COPIES * sum(row.nbytes for row in rows.values()))
            vectors.add(list(rows), np.stack(list(rows.values())))
            done += len(chunk)
        self.progress("vectors", done, len(keys))

    def words(self, keys: Sequence[int]) -> str:
        """A folder of the words of these passages."""
        name = next_folder(self.data_dir, LEXICAL_FOLDER)
        folder = self.data_dir / f"{name}{COPYING}"
        Lexical.create(folder)
        try:
            sign(folder, self.catalog.index_id)
            Lexical(folder).write(added=self._entries(keys))
            synced(folder)
            folder.rename(self.data_dir / name)
        except OSError as error:
            raise cannot_write(folder, error) from error
        return name

    def _is_believable(self, old: Vectors, keys: Sequence[int]) -> bool:
        """Whether some vectors of a damaged index are those of their passages."""
        held = old.readable(keys[:: max(len(keys) // _SAMPLE, 1)][:_SAMPLE])
        if not held:
            return False
        again = self._embedded(list(held), None)
        return all(row.shape == again[key].shape and _cosine(row, again[key]) > _SAME for key, row in held.items())

    def _embedded(self, keys: Sequence[int], dimension: int | None) -> dict[int, np.ndarray]:
        if not keys:
            return {}
        passages = self.catalog.upkeep.passages(keys)
        texts = [embedded_text(stored, stored.passage) for stored in passages]
        rows = embedded(self.embedder, texts, dimension)
        return {stored.key: row for stored, row in zip(passages, rows, strict=True)}

    def _entries(self, keys: Sequence[int]) -> Iterator[LexicalEntry]:
        done = 0
        for chunk in in_chunks(keys, _CHUNK):
            self.progress("words", done, len(keys))
            for stored in self.catalog.upkeep.passages(chunk):
                yield LexicalEntry(stored.key, stored.title, stored.passage.text)
            done += len(chunk)
        self.progress("words", done, len(keys))


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
