"""Indexing: new and changed articles into the catalog and the derived indexes, safely at any moment."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.article import Article
from index_store.catalog import Catalog, Cut
from index_store.chunking import Chunker
from index_store.derived import DerivedIndexes
from index_store.embedding import token_starts
from index_store.errors import IndexMismatchError
from index_store.lexical import LexicalEntry
from index_store.passage import Passage
from index_store.quotations import find_quotations
from index_store.report import IndexReport

Progress = Callable[[IndexReport], None]

# Word-pieces embedded with a passage: with its 200, the day, full stops and ends they stay under the model's 256.
_TITLE_PIECES, _SOURCE_PIECES = 40, 8
_HEADING_CHARACTERS = 400  # looked at; more is no headline


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles to be written together, and the count of those that need no writing."""

    cuts: tuple[Cut, ...]
    known: frozenset[str]  # ids among `cuts` that replace an older version
    unchanged: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class Indexer:
    """Writes articles; the caller holds the write lock."""

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
        return report

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
        vectors = self._embed(passages)  # before anything is written: a model that fails leaves no trace
        versions, keys = self.catalog.begin(batch.cuts)
        entries = [LexicalEntry(key, a.title, p.text) for key, (a, p) in zip(keys, passages, strict=True)]
        self.derived.add(entries, vectors)
        self.catalog.publish(versions)
        if batch.known:
            self.sweep()
        return len(passages)

    def _embed(self, passages: Iterable[tuple[Article, Passage]]) -> np.ndarray:
        texts = [embedded_text(article, passage) for article, passage in passages]
        vectors = np.asarray(self.embedder.get_text_embedding_batch(texts), dtype=np.float32)
        held = self.derived.dimension or vectors.shape[-1]
        if vectors.shape != (len(texts), held):
            raise IndexMismatchError(
                f"the embedding model gave vectors of shape {vectors.shape}, the index takes {(len(texts), held)};"
                " open the index with the model it was built with"
            )
        if not (np.isfinite(vectors).all() and vectors.any(axis=1).all()):
            raise IndexMismatchError("the embedding model gave a vector of zeros or of no numbers; use another model")
        return vectors

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
            cuts=tuple(Cut(a, self.chunker.passages(a), find_quotations(a.text)) for a in changed),
            known=frozenset(article.id for article in changed if article.id in stored),
            unchanged=len(distinct) - len(changed),
            duplicates=len(group) - len(distinct),
        )


def embedded_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: it is found by its headline, outlet and date too, but cited without them."""
    published = f"{article.published:%d %B %Y}" if article.published else ""
    title, source = _beginning(article.title, _TITLE_PIECES), _beginning(article.source, _SOURCE_PIECES)
    heading = ". ".join(part for part in (title, source, published) if part)
    return f"{heading}\n{passage.text}" if heading else passage.text


def _beginning(text: str, pieces: int) -> str:
    shown = text[:_HEADING_CHARACTERS]
    starts = token_starts(shown)
    return shown[: starts[pieces]].rstrip() if len(starts) > pieces else shown
