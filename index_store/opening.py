"""The open index: a catalog and its derived indexes, kept in step with whoever writes them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from index_store.catalog import Placement
from index_store.derived import DerivedIndexes
from index_store.durability import ensure_room
from index_store.errors import DataDirError, IndexDamagedError, IndexMismatchError
from index_store.folders import sweep_folders
from index_store.integrity import check_belonging, check_complete, check_home, check_laid, find_damage, open_catalog
from index_store.remedies import REPAIR
from index_store.settings import StoreSettings
from index_store.vectors import home_of
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
        self._fingerprint = fingerprint
        self._refreshing = threading.Lock()
        with ExitStack() as opened:
            self.catalog = open_catalog(data_dir)
            opened.callback(self.catalog.close)
            self._check_fingerprint(self.catalog.placement)
            self._home = home_of(data_dir, self.catalog, settings.chroma)
            opened.callback(self._home.close)
            check_laid(data_dir, self.catalog, self._home)
            check_home(data_dir, self.catalog.placement, self._home)
            self.derived = self._opened(settings)
            opened.callback(self.derived.close)
            check_complete(data_dir, self.catalog, self.derived)
            opened.pop_all()

    def _opened(self, settings: StoreSettings) -> DerivedIndexes:
        """The derived indexes where the catalog says, also when a writer moves them meanwhile."""
        while True:
            placement = self.catalog.placement  # before the indexes open: what comes after is newer
            self._generation = placement.generation
            try:
                check_belonging(self._data_dir, self.catalog, self._home)
                return DerivedIndexes(self._data_dir, settings, placement, self._home)
            except IndexDamagedError:
                if self.catalog.placement.generation == placement.generation:
                    raise

    def close(self) -> None:
        """Releases the files."""
        self.derived.close()
        self._home.close()
        self.catalog.close()

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
