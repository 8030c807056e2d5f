"""The repair: mends an index from its catalog, and nothing that is whole."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.care.condition import lexical_condition, vectors_condition
from index_store.care.doctor import examine
from index_store.care.finding import Diagnosis
from index_store.care.making import Maker, Progress
from index_store.catalog import Placement, malformation
from index_store.chroma_server import ChromaServer
from index_store.chunking import Chunker
from index_store.comparing import compare
from index_store.derived import DerivedIndexes
from index_store.durability import ensure_room
from index_store.embedding import token_starts
from index_store.errors import ChromaServerError, IndexDamagedError
from index_store.folders import sweep_folders
from index_store.indexing import Indexer, cut
from index_store.integrity import open_catalog
from index_store.layout import CATALOG_FILE
from index_store.remedies import RESTORE
from index_store.settings import StoreSettings
from index_store.store import fingerprint_of
from index_store.vectors import Home, Vectors, home_of
from index_store.writing import sole_writer

_CUT_TOGETHER = 100  # articles, in one transaction
_log = logging.getLogger(__name__)


def repair(
    data_dir: Path,
    embedder: BaseEmbedding,
    settings: StoreSettings | None = None,
    *,
    on_progress: Progress | None = None,
) -> Diagnosis:
    """Mends the index at `data_dir` for `embedder`, and says what is found afterwards.

    Only passages without a vector are embedded, unless the index was built with another model or by another recipe:
    then all are, beside the old index, which answers until the new one is whole. Vectors that are elsewhere than
    `settings.chroma` says are moved. After a kill it goes on where it was.

    Raises:
        IndexNotFoundError: nothing has been indexed there.
        IndexDamagedError: the catalog itself is damaged; nothing was changed.
        IndexLockedError: another process is writing.
        DataDirError: it cannot be written.
        ChromaServerError: the server of `settings.chroma` cannot be reached or asked.
    """
    open_catalog(data_dir).close()
    if told := malformation(data_dir / CATALOG_FILE):
        raise IndexDamagedError(f"the catalog {str(data_dir / CATALOG_FILE)!r} is damaged: {told}; {RESTORE}")
    settings = settings or StoreSettings()
    with (
        sole_writer(data_dir),
        closing(open_catalog(data_dir)) as catalog,
        closing(home_of(data_dir, catalog, settings.chroma)) as home,
    ):
        ensure_room(data_dir, 0)
        fingerprint = fingerprint_of(embedder, settings)
        maker = Maker(data_dir, catalog, home, embedder, fingerprint, on_progress or _in_silence)
        Repair(maker, settings).run()
    return examine(data_dir, embedder, settings)


class Repair:
    """One repair; the caller holds the write lock."""

    def __init__(self, maker: Maker, settings: StoreSettings) -> None:
        self._maker = maker
        self._settings = settings
        self._data_dir = maker.data_dir
        self._catalog = maker.catalog
        self._home = maker.home
        self._upkeep = maker.catalog.upkeep
        self._chunker = Chunker(token_starts, settings.passage_tokens)

    def run(self) -> None:
        """Mends what is broken, each part so that a kill leaves it as it was or whole."""
        stored = self._catalog.placement.fingerprint
        if stored and stored != self._maker.fingerprint:
            self._rebuild(is_recut=not stored.endswith(f" {self._settings.recipe}"))
        self._mend_vectors()
        self._mend_words()
        if self._upkeep.orphans():
            self._upkeep.drop_orphans()  # the indexes have lost theirs by now, else they would be held too full
        self._mend_writes()
        compare(self._catalog, partial(self._maker.progress, "copies"))
        self._sweep()

    def _mend_vectors(self) -> None:
        placement = self._catalog.placement
        if placement.server != self._home.place:
            with self._home_in_use() as home, _opened(home, placement.vectors) as old:
                self._move_vectors(placement, self._upkeep.keys(), old)
            return
        condition = vectors_condition(self._catalog, self._home)
        if not condition.fault:
            with closing(self._home.open(placement.vectors)) as vectors:
                vectors.claim()
                vectors.delete(condition.surplus)
                if condition.missing:
                    self._maker.fill(vectors, condition.missing)
        elif condition.is_readable:
            with closing(self._home.open(placement.vectors)) as old:
                self._move_vectors(placement, self._upkeep.keys(), old)
        else:
            self._move_vectors(placement, self._upkeep.keys(), None)

    def _move_vectors(self, placement: Placement, keys: Sequence[int], old: Vectors | None) -> None:
        last_key = self._catalog.last_key
        self._catalog.move(replace(placement, vectors=self._maker.vectors(keys, old), flushed=last_key))

    def _mend_words(self) -> None:
        if lexical_condition(self._data_dir, self._catalog).told:
            name = self._maker.words(self._upkeep.keys())
            self._catalog.move(replace(self._catalog.placement, lexical=name))

    def _mend_writes(self) -> None:
        """What a kill left, and articles whose passages are not theirs, but not those that are not what was stored."""
        altered = set(self._upkeep.altered_articles())
        if altered:
            self._upkeep.distrust(sorted(altered))
        found = {*self._upkeep.disagreeing_articles(), *self._upkeep.misplaced_articles()}
        disagreeing = sorted(found - altered)
        if not (disagreeing or self._upkeep.unfinished()):
            return
        with closing(DerivedIndexes(self._data_dir, self._settings, self._catalog.placement, self._home)) as derived:
            indexer = Indexer(
                self._data_dir,
                self._catalog,
                derived,
                self._maker.embedder,
                self._chunker,
                self._settings.batch_passages,
            )
            indexer.sweep()
            indexer.write_again(disagreeing)

    def _rebuild(self, *, is_recut: bool) -> None:
        """All vectors, and when articles are cut otherwise all passages and words, beside those in use."""
        last_key = self._catalog.last_key
        if is_recut:
            self._cut_again()
            last_key = self._catalog.last_key
        versions = self._upkeep.pending_versions() if is_recut else ()
        keys = self._upkeep.pending_keys() if is_recut else self._upkeep.keys()
        placement = replace(
            self._catalog.placement,
            fingerprint=self._maker.fingerprint,
            vectors=self._maker.vectors(keys),
            flushed=last_key,
        )
        if is_recut:
            placement = replace(placement, lexical=self._maker.words(keys))
            self._upkeep.keep_hashes()
        self._catalog.move(placement, versions)
        self._catalog.sweep()  # the new folders never held what it forgets

    def _cut_again(self) -> None:
        """A pending version of every article, cut anew; after a kill of those that have none yet."""
        if self._upkeep.recut != self._maker.fingerprint:
            self._forget_unfinished()
            self._upkeep.begin_recut(self._maker.fingerprint)
        articles, total = self._upkeep.uncut_ids(), self._upkeep.places()
        for start in range(0, len(articles), _CUT_TOGETHER):
            self._maker.progress("articles", total - len(articles) + start, total)
            together = articles[start : start + _CUT_TOGETHER]
            leads = self._catalog.places.leads_of(together)
            self._catalog.begin([cut(self._catalog.article(a), self._chunker, leads.get(a, "")) for a in together])
        self._maker.progress("articles", total, total)

    def _forget_unfinished(self) -> None:
        with (
            suppress(IndexDamagedError, ChromaServerError),  # then it is replaced as it is
            self._home_in_use() as home,
            closing(DerivedIndexes(self._data_dir, self._settings, self._catalog.placement, home)) as derived,
        ):
            derived.delete(self._catalog.leftovers())
        self._catalog.sweep()

    @contextmanager
    def _home_in_use(self) -> Iterator[Home]:
        """Where the vectors are, which may not be where they are to be; a server there is asked without headers."""
        server = self._catalog.placement.server
        if server == self._home.place:
            yield self._home
        else:
            with closing(home_of(self._data_dir, self._catalog, ChromaServer.at(server) if server else None)) as home:
                yield home

    def _sweep(self) -> None:
        """Drops what is not in use, here and on servers that the index has left."""
        placement = self._catalog.placement
        sweep_folders(self._data_dir, placement)
        self._home.sweep(placement.vectors, keep_making=False)
        for server in {entry.server for entry in self._upkeep.ledger.entries()} - {self._home.place}:
            with closing(home_of(self._data_dir, self._catalog, ChromaServer.at(server))) as left:
                try:
                    left.sweep(placement.vectors, keep_making=False)
                except ChromaServerError as error:
                    _log.warning("the vectors that were left there could not be dropped: %s", error)


@contextmanager
def _opened(home: Home, name: str) -> Iterator[Vectors | None]:
    """The vectors of that name; None where they cannot be read."""
    try:
        found = None if home.fault(name) else home.open(name)
    except (ChromaServerError, IndexDamagedError):
        found = None
    with closing(found) if found else nullcontext() as vectors:
        yield vectors


def _in_silence(_doing: str, _done: int, _total: int) -> None:
    pass
