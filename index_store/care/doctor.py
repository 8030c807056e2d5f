"""The doctor: looks at every part of an index and changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.care.condition import lexical_condition, vectors_condition
from index_store.care.finding import Diagnosis, Finding, listed
from index_store.catalog import Catalog, malformation
from index_store.errors import ChromaServerError, IndexDamagedError, IndexMismatchError, ModelError
from index_store.integrity import misplacement, open_catalog
from index_store.layout import CATALOG_FILE
from index_store.remedies import REPAIR, RESTORE
from index_store.settings import StoreSettings
from index_store.store import fingerprint_of
from index_store.vectors import Home, home_of
from index_store.writing import writer_at_work

T = TypeVar("T")
_LOOKS = 3  # at most


def examine(data_dir: Path, embedder: BaseEmbedding, settings: StoreSettings | None = None) -> Diagnosis:
    """What is right and wrong with the index at `data_dir`; also while another process writes it.

    Raises:
        IndexNotFoundError: nothing has been indexed there.
        DataDirError: it cannot be read.
    """
    path = data_dir / CATALOG_FILE
    if path.is_file() and path.stat().st_size and (told := malformation(path)):
        return Diagnosis((Finding("catalog", f"{str(path)!r} is damaged: {told}", RESTORE),))
    try:
        catalog = open_catalog(data_dir)
    except (IndexDamagedError, IndexMismatchError) as error:
        return Diagnosis((_problem("catalog", str(error)),))
    settings = settings or StoreSettings()
    with closing(catalog), closing(home_of(data_dir, catalog, settings.chroma)) as home:
        examination = _Examination(data_dir, catalog, home, embedder, settings)
        return Diagnosis(tuple(examination.findings()), examination.writer)


class _Examination:
    """One look at an index whose catalog can be read."""

    def __init__(
        self,
        data_dir: Path,
        catalog: Catalog,
        home: Home,
        embedder: BaseEmbedding,
        settings: StoreSettings,
    ) -> None:
        self.writer = writer_at_work(data_dir)
        self._data_dir = data_dir
        self._catalog = catalog
        self._home = home
        self._embedder = embedder
        self._settings = settings

    def findings(self) -> Iterator[Finding]:
        """One a check."""
        counts = self._catalog.counts()
        yield Finding("catalog", f"{counts.articles} articles in {counts.passages} passages")
        yield self._articles()
        yield self._passages()
        yield self._copies()
        yield self._embedding()
        yield self._vectors()
        yield self._words()
        yield self._writes()

    def _articles(self) -> Finding:
        if altered := list(self._catalog.upkeep.altered_articles()):
            detail = f"not what was stored, by their hashes: {listed(altered)}"
            return Finding("articles", detail, f"{REPAIR}, then index these articles again")
        if misplaced := self._catalog.upkeep.misplaced_articles():
            return Finding("articles", f"not joined with the same text in other places: {listed(misplaced)}", REPAIR)
        return Finding("articles", "are what was stored, by their hashes")

    def _passages(self) -> Finding:
        faults = []
        if orphans := self._catalog.upkeep.orphans():
            faults.append(f"{orphans} rows belong to no article")
        if disagreeing := self._catalog.upkeep.disagreeing_articles():
            faults.append(f"not the words of the article: {listed(disagreeing)}")
        return (
            Finding("passages", "; ".join(faults), REPAIR)
            if faults
            else Finding("passages", "are their articles' words")
        )

    def _copies(self) -> Finding:
        uncompared = len(self._catalog.likeness.uncompared())
        if uncompared and not self.writer:  # who compares them after they are current
            return Finding("copies", f"{uncompared} articles have not been compared with the others", REPAIR)
        return Finding("copies", "all articles have been compared with each other")

    def _embedding(self) -> Finding:
        stored = self._catalog.placement.fingerprint
        try:
            given = fingerprint_of(self._embedder, self._settings)
        except ModelError as error:
            return Finding("embedding", f"the embedding model gives no answer: {error}", "see to the model's server")
        if stored and stored != given:
            remedy = f"ask with what it was built with, or {REPAIR} to rebuild it with the new"
            return Finding("embedding", f"built with {stored!r}, not {given!r}", remedy)
        return Finding("embedding", stored or "nothing is indexed yet")

    def _vectors(self) -> Finding:
        if told := misplacement(self._catalog.placement, self._home):
            return _problem("vectors", told)
        try:
            condition = self._settled(partial(vectors_condition, self._catalog, self._home))
        except ChromaServerError as error:
            return _problem("vectors", str(error))
        if condition.told:
            return Finding("vectors", condition.told, REPAIR)
        where = self._home.where if self._home.place else "there"
        caveat = f"; {self._home.caveat}" if self._home.caveat else ""
        return Finding("vectors", f"{condition.held} are {where} and find themselves{caveat}")

    def _words(self) -> Finding:
        condition = self._settled(partial(lexical_condition, self._data_dir, self._catalog))
        if condition.told:
            return Finding("words", condition.told, REPAIR)
        return Finding("words", f"{condition.held} passages are there, their files whole")

    def _settled(self, look: Callable[[], T]) -> T:
        """What a look came to during which no writer moved the indexes to another folder."""
        for _ in range(_LOOKS):
            before, condition = self._catalog.placement, look()
            after = self._catalog.placement
            if (before.vectors, before.lexical) == (after.vectors, after.lexical):
                break
        return condition

    def _writes(self) -> Finding:
        if self.writer:
            return Finding("writes", f"{self.writer} is writing")
        faults = []
        if unfinished := self._catalog.upkeep.unfinished():
            faults.append(f"a write was broken off, with {unfinished} versions of articles unfinished")
        if self._home.is_making(self._catalog.placement.vectors):
            faults.append("a rebuild was broken off")
        return Finding("writes", "; ".join(faults), REPAIR) if faults else Finding("writes", "all are finished")


def _problem(check: str, told: str) -> Finding:
    """What an error said, whose last clause says what to do."""
    detail, _, remedy = told.rpartition("; ")
    return Finding(check, detail, remedy) if detail else Finding(check, told, "see to it and check again")
