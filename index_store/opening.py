"""The open index: a catalog and its derived indexes, kept in step with whoever writes them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from index_store.catalog import Catalog, Placement
from index_store.derived import DerivedIndexes
from index_store.durability import ensure_room
from index_store.errors import DataDirError, IndexDamagedError, IndexMismatchError
from index_store.folders import sweep_folders
from index_store.integrity import check_belonging, check_complete, check_home, check_laid, find_damage, open_catalog
from index_store.remedies import REPAIR
from index_store.settings import StoreSettings
from index_store.vectors import Home, home_of
from index_store.writing import sole_writer

T = TypeVar("T")
_STALE = -1  # no generation
_PAUSES_S = (0.0, 0.05, 0.2, 0.5)  # before what a writer has overtaken is read again


class OvertakenError(Exception):
    """What was read belongs to two states of the index, because a writer came between; never reaches a caller."""


class OpenIndex:
    """The files of one data directory, open together; safe to use from several threads."""

    def __init__(self, data_dir: Path, settings: StoreSettings, fingerprint: str) -> None:
        """Opens what `lay_foundation` made; raises as `ArticleStore` does."""
        self._data_dir = data_dir
        self._settings = settings
        self._fingerprint = fingerprint
        self._refreshing = threading.RLock()
        self._files: list[ExitStack] = []  # what is open; of an index that another took the place of, until the end
        self._open()

    @property
    def catalog(self) -> Catalog:
        """The catalog that lies in the directory now."""
        self._follow()
        return self._catalog

    @property
    def derived(self) -> DerivedIndexes:
        """The indexes of that catalog."""
        self._follow()
        return self._derived

    def _follow(self) -> None:
        """Opens what has taken the place of the files that are open: the folder was deleted, or put back from a copy.

        What was open would go on answering, from articles that nobody else sees any more.
        """
        with self._refreshing:
            if not self._catalog.is_in_place:
                self._open()

    def _open(self) -> None:
        with ExitStack() as opened:
            catalog = open_catalog(self._data_dir)
            opened.callback(catalog.close)
            self._check_fingerprint(catalog.placement)
            home = home_of(self._data_dir, catalog, self._settings.chroma)
            opened.callback(home.close)
            check_laid(self._data_dir, catalog, home)
            check_home(self._data_dir, catalog.placement, home)
            derived = self._derived_of(catalog, home)
            opened.callback(derived.close)
            check_complete(self._data_dir, catalog, derived)
            self._catalog, self._home, self._derived = catalog, home, derived
            self._files.append(opened.pop_all())

    def _derived_of(self, catalog: Catalog, home: Home) -> DerivedIndexes:
        """The derived indexes where the catalog says, also when a writer moves them meanwhile."""
        while True:
            placement = catalog.placement  # before the indexes open: what comes after is newer
            self._generation = placement.generation
            try:
                check_belonging(self._data_dir, catalog, home)
                return DerivedIndexes(self._data_dir, self._settings, placement, home)
            except IndexDamagedError:
                if catalog.placement.generation == placement.generation:
                    raise

    def close(self) -> None:
        """Releases the files."""
        for files in self._files:
            files.close()

    @property
    def is_outdated(self) -> bool:
        """Whether another process has written since the indexes were opened."""
        return self.catalog.generation > self._generation

    def steadily(self, read: Callable[[bool], T]) -> T:
        """What `read` gives of the newest state; it is called again when a writer was quicker or files have gone.

        `read` is told whether to raise `OvertakenError` or, the last time, to make do with what it finds.
        """
        for pause_s in _PAUSES_S:
            if pause_s:  # even a sleep of nothing lets everybody else go first
                time.sleep(pause_s)
            try:
                self._refresh()
                return read(True)
            except (OvertakenError, IndexDamagedError, DataDirError):  # files that were open here may have been deleted
                self._generation = _STALE
        self._refresh()
        return read(False)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The write lock, with everything seen and checked that another process wrote before."""
        with sole_writer(self._data_dir):
            ensure_room(self._data_dir, 0)
            placement = self.catalog.placement
            check_home(self._data_dir, placement, self._home)
            self.derived.reopen(placement)  # a writer that was killed has left vectors, but no new generation
            self._generation = placement.generation
            self._check_fingerprint(placement)
            check_belonging(self._data_dir, self.catalog, self._home)
            if damage := find_damage(self._data_dir, self.catalog, self.derived):
                raise damage
            if not placement.fingerprint:
                self.catalog.set_fingerprint(self._fingerprint)
            self.derived.claim()
            sweep_folders(self._data_dir, placement, keep="*")
            self._home.sweep(placement.vectors, keep_making=True)
            yield
            self._generation = self.catalog.generation  # what it wrote itself, it has seen

    def _refresh(self) -> None:
        placement = self.catalog.placement
        with self._refreshing:
            if placement.generation > self._generation:
                self._check_fingerprint(placement)
                check_home(self._data_dir, placement, self._home)
                self._generation = _STALE  # until it is open: what fails half way must be opened again
                self.derived.reopen(placement)
                self._generation = placement.generation

    def _check_fingerprint(self, placement: Placement) -> None:
        stored = placement.fingerprint
        if stored and stored != self._fingerprint:
            raise IndexMismatchError(
                f"the index at {str(self._data_dir)!r} was built with {stored!r}, not {self._fingerprint!r};"
                f" open it with what it was built with, or {REPAIR} with the new, which rebuilds it beside the old"
            )
