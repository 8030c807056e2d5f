"""Indexing: new and changed articles into the catalog and the derived indexes, safely at any moment."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.article import Article
from index_store.catalog import Catalog, Cut
from index_store.chunking import Chunker
from index_store.derived import DerivedIndexes
from index_store.durability import ensure_room
from index_store.embedding import token_starts
from index_store.errors import IndexMismatchError
from index_store.flushing import flush, unflushed
from index_store.lexical import LexicalEntry
from index_store.passage import Passage
from index_store.quotations import find_quotations
from index_store.report import IndexReport

Progress = Callable[[IndexReport], None]

# Word-pieces embedded with a passage: with its 200, the day, full stops and ends they stay under the model's 256.
_TITLE_PIECES, _SOURCE_PIECES = 40, 8
_HEADING_CHARACTERS = 400  # looked at; more is no headline

# Passages that whoever opens the index adds to the graph of vectors itself, in less than half a second: while a run
# lasts, against copying all vectors; at its end, against waiting at every opening.
_UNFLUSHED_DURING, _UNFLUSHED_AFTER = 1000, 100


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles to be written together, and the count of those that need no writing."""

    cuts: tuple[Cut, ...]
    known: frozenset[str]  # ids among `cuts` that replace an older version
    unchanged: int
    duplicates: int


_COPIES = 12  # of what a batch holds, that databases, their journals and indexes make of it for a moment


class Headed(Protocol):
    """What a passage is found by besides its words."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def source(self) -> str:
        """The outlet."""

    @property
    def published(self) -> date | None:
        """The day."""


@dataclass(frozen=True, slots=True)
class Indexer:
    """Writes articles; the caller holds the write lock."""

    data_dir: Path
    catalog: Catalog
    derived: DerivedIndexes
    embedder: BaseEmbedding
    chunker: Chunker
    batch_passages: int

    def add(self, articles: Iterable[Article], on_progress: Progress | None) -> IndexReport:
        """Adds what is new, replaces what changed; a batch becomes visible as a whole."""
        started, report = time.perf_counter(), IndexReport()
        self.sweep()
        for batch in self._batches(articles):
            passages = self._write(batch)
            self._flush(_UNFLUSHED_DURING)
            report = replace(
                report,
                added=report.added + len(batch.cuts) - len(batch.known),
                updated=report.updated + len(batch.known),
                unchanged=report.unchanged + batch.unchanged,
                duplicates=report.duplicates + batch.duplicates,
                passages=report.passages + passages,
                seconds=time.perf_counter() - started,
            )
            if on_progress:
                on_progress(report)
        self._flush(_UNFLUSHED_AFTER)
        return report

    def write_again(self, articles: Iterable[Article]) -> None:
        """Cuts, embeds and writes articles that are current, changed or not, as new versions."""
        for group in self._groups(articles):
            cuts = tuple(cut(article, self.chunker) for article in group)
            self._write(_Batch(cuts, frozenset(article.id for article in group), unchanged=0, duplicates=0))

    def sweep(self) -> None:
        """Takes what is not current out of the indexes, then out of the catalog: also what a kill left behind."""
        keys = self.catalog.leftovers()
        if keys:
            self.derived.delete(keys)
        self.catalog.sweep()

    def _write(self, batch: _Batch) -> int:
        """New passages into both indexes, then one transaction that makes them current, then the old ones go."""
        passages = [(cut.article, passage) for cut in batch.cuts for passage in cut.passages]
        if not passages:
            return 0
        texts = [embedded_text(article, passage) for article, passage in passages]
        vectors = embedded(
            self.embedder, texts, self.derived.dimension
        )  # before anything is written: a model that fails leaves no trace
        ensure_room(self.data_dir, _COPIES * (vectors.nbytes + sum(map(len, texts))))
        versions, keys = self.catalog.begin(batch.cuts)
        entries = [LexicalEntry(key, a.title, p.text) for key, (a, p) in zip(keys, passages, strict=True)]
        self.derived.add(entries, vectors)
        self.catalog.publish(versions)
        if batch.known:
            self.sweep()
        return len(passages)

    def _flush(self, unflushed_passages: int) -> None:
        never = self.catalog.placement.flushed == 0  # then even readers would write: the first, empty files of a graph
        if unflushed(self.catalog) >= (1 if never else unflushed_passages):
            flush(self.data_dir, self.catalog, self.derived)

    def _batches(self, articles: Iterable[Article]) -> Iterator[_Batch]:
        """Batches of about `batch_passages` passages; an id that comes again with other text starts a new one."""
        for group in self._groups(articles):
            yield self._sorted(group)

    def _groups(self, articles: Iterable[Article]) -> Iterator[list[Article]]:
        group: list[Article] = []
        hashes: dict[str, str] = {}
        characters = 0
        for article in articles:
            if hashes.get(article.id, article.content_hash) != article.content_hash:
                yield group
                group, hashes, characters = [], {}, 0
            group.append(article)
            hashes[article.id] = article.content_hash
            characters += len(article.text)
            if characters > self.batch_passages * 4 * self.chunker.passage_tokens:  # about 4 characters a piece
                yield group
                group, hashes, characters = [], {}, 0
        if group:
            yield group

    def _sorted(self, group: list[Article]) -> _Batch:
        distinct = {article.id: article for article in group}
        stored = self.catalog.content_hashes(distinct)
        changed = [a for a in distinct.values() if stored.get(a.id) != a.content_hash]
        return _Batch(
            cuts=tuple(cut(article, self.chunker) for article in changed),
            known=frozenset(article.id for article in changed if article.id in stored),
            unchanged=len(distinct) - len(changed),
            duplicates=len(group) - len(distinct),
        )


def cut(article: Article, chunker: Chunker) -> Cut:
    """The article with its passages and quotations."""
    return Cut(article, chunker.passages(article), find_quotations(article.text))


def embedded(embedder: BaseEmbedding, texts: list[str], dimension: int | None) -> np.ndarray:
    """Vectors of texts, shape `(len(texts), dimension)`, float32, input order.

    Raises:
        IndexMismatchError: they have another shape, or one has no direction.
    """
    vectors = np.asarray(embedder.get_text_embedding_batch(texts), dtype=np.float32)
    expected = (len(texts), dimension or vectors.shape[-1])
    if vectors.shape != expected:
        raise IndexMismatchError(
            f"the embedding model gave vectors of shape {vectors.shape}, the index takes {expected};"
            " open the index with the model it was built with"
        )
    if not (np.isfinite(vectors).all() and vectors.any(axis=1).all()):
        raise IndexMismatchError("the embedding model gave a vector of zeros or of no numbers; use another model")
    return vectors


def embedded_text(article: Headed, passage: Passage) -> str:
    """What is embedded for a passage: it is found by its headline, outlet and date too, but cited without them."""
    published = f"{article.published:%d %B %Y}" if article.published else ""
    title, source = _beginning(article.title, _TITLE_PIECES), _beginning(article.source, _SOURCE_PIECES)
    heading = ". ".join(part for part in (title, source, published) if part)
    return f"{heading}\n{passage.text}" if heading else passage.text


def _beginning(text: str, pieces: int) -> str:
    shown = text[:_HEADING_CHARACTERS]
    starts = token_starts(shown)
    return shown[: starts[pieces]].rstrip() if len(starts) > pieces else shown
