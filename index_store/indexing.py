"""Indexing: new and changed articles into the catalog and the derived indexes, safely at any moment."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.article import Article
from index_store.catalog import Catalog, Cut
from index_store.chunking import Chunker
from index_store.comparing import compare
from index_store.derived import DerivedIndexes
from index_store.durability import ensure_room
from index_store.embedding import token_starts
from index_store.errors import IndexMismatchError
from index_store.flushing import flush, unflushed
from index_store.lexical import LexicalEntry
from index_store.merging import settle
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
    """Articles to be written together, and what the report says of them and of those that need no writing."""

    cuts: tuple[Cut, ...]
    counts: IndexReport


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
        self.write_again(self.catalog.upkeep.misplaced_articles())  # by a version that did not know of places
        compare(self.catalog)  # what such a version wrote, or a kill left
        for batch in self._batches(articles):
            passages = self._write(batch.cuts)
            self._flush(_UNFLUSHED_DURING)
            counts = replace(batch.counts, passages=passages, seconds=time.perf_counter() - started - report.seconds)
            report += counts
            if on_progress:
                on_progress(report)
        self._flush(_UNFLUSHED_AFTER)
        return report

    def write_again(self, article_ids: Iterable[str]) -> None:
        """Cuts, embeds and writes articles that are current, changed or not, as new versions."""
        for group in self._groups(map(self.catalog.article, article_ids)):
            self._write(self._cuts(group))

    def remove(self, article_ids: Sequence[str]) -> int:
        """Takes articles out, each from its place; what is the same text elsewhere stays, and is found, there."""
        self.sweep()
        leaving = tuple(dict.fromkeys(article_ids))
        self._write(self._cuts((), leaving=leaving), retired=leaving)
        return len(leaving)

    def sweep(self) -> None:
        """Takes what is not current out of the indexes, then out of the catalog: also what a kill left behind."""
        keys = self.catalog.leftovers()
        if keys:
            self.derived.delete(keys)
        self.catalog.sweep()

    def _write(self, cuts: Sequence[Cut], *, retired: Sequence[str] = ()) -> int:
        """New passages into both indexes, then one transaction that makes them current, then the old ones go."""
        if not (cuts or retired):
            return 0
        passages = [(cut.article, passage) for cut in cuts for passage in cut.passages]
        texts = [embedded_text(article, passage) for article, passage in passages]
        # before anything is written: a model that fails leaves no trace
        vectors = embedded(self.embedder, texts, self.derived.dimension) if texts else np.empty((0, 0))
        ensure_room(self.data_dir, _COPIES * (vectors.nbytes + sum(len(cut.article.text) for cut in cuts)))
        versions, keys = self.catalog.begin(cuts)
        if passages:
            entries = [LexicalEntry(key, a.title, p.text) for key, (a, p) in zip(keys, passages, strict=True)]
            self.derived.add(entries, vectors)
        self.catalog.publish(versions, retired=retired)
        self.sweep()
        compare(self.catalog)
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
        cuts = self._cuts(changed)
        elsewhere = {cut.article.id for cut in cuts if cut.lead}
        new = [article.id for article in changed if article.id not in stored]
        added = sum(article_id not in elsewhere for article_id in new)
        counts = IndexReport(
            added=added,
            updated=len(changed) - len(new),
            unchanged=len(distinct) - len(changed),
            duplicates=len(group) - len(distinct) + len(new) - added,
        )
        return _Batch(cuts, counts)

    def _cuts(self, arriving: Sequence[Article], *, leaving: Sequence[str] = ()) -> tuple[Cut, ...]:
        if not (arriving or leaving):
            return ()
        settled = settle(arriving, self.catalog.places, leaving=leaving)
        return tuple(cut(article, self.chunker, settled.leads.get(article.id, "")) for article in settled.articles)


def cut(article: Article, chunker: Chunker, lead: str = "") -> Cut:
    """The article with its passages and quotations, which are those of its lead where it has one."""
    if lead:
        return Cut(article, lead=lead)
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
