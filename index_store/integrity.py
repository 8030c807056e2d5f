"""Integrity: whether the parts of an index are there and belong together."""

import math
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index_store.catalog import Catalog, Placement, malformation
from index_store.chroma_server import ChromaServer
from index_store.derived import DerivedIndexes
from index_store.durability import full_disk
from index_store.errors import (
    DataDirError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexNotFoundError,
)
from index_store.folders import derived_folders, missing
from index_store.layout import CATALOG_FILE
from index_store.remedies import REPAIR, RESTORE
from index_store.vectors import Home, home_of
from index_store.writing import sole_writer


def lay_foundation(data_dir: Path, server: ChromaServer | None) -> None:
    """Makes an empty index where there is none, or where one was left half made; its vectors on `server`, if any.

    Raises:
        IndexDamagedError: there are derived indexes, but what they were derived from is gone.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise full_disk(data_dir, error) or DataDirError(
            f"cannot make the data directory {str(data_dir)!r}: {error.strerror}"
        ) from error
    if _has_catalog(data_dir):
        with closing(_catalog(data_dir)) as catalog, closing(home_of(data_dir, catalog, server)) as home:
            if _is_laid(data_dir, catalog, home):
                return
    with (
        sole_writer(data_dir),
        closing(_catalog(data_dir)) as catalog,
        closing(home_of(data_dir, catalog, server)) as home,
    ):
        if not _is_laid(data_dir, catalog, home):
            name = DerivedIndexes.create(data_dir, catalog, home)
            catalog.move(replace(catalog.placement, vectors=name))


def open_catalog(data_dir: Path) -> Catalog:
    """The catalog of an index that was laid.

    Raises:
        IndexNotFoundError: nothing has been indexed there.
        IndexDamagedError: it is damaged, or gone from beside what was derived from it.
    """
    if not _has_catalog(data_dir):
        _refuse_remains(data_dir)
        raise _no_index(data_dir)
    try:
        return Catalog(data_dir / CATALOG_FILE, create=False)
    except IndexDamagedError:
        if derived_folders(data_dir) or malformation(data_dir / CATALOG_FILE):
            raise
        raise _no_index(data_dir) from None  # it is empty: the index was only begun, and nothing is lost


def check_laid(data_dir: Path, catalog: Catalog, home: Home) -> None:
    """Let pass what `lay_foundation` has come to the end with; else `IndexNotFoundError`."""
    if not _is_laid(data_dir, catalog, home):
        raise _no_index(data_dir)


def check_home(data_dir: Path, placement: Placement, home: Home) -> None:
    """Let pass an index whose vectors are where they are looked for; else `IndexMismatchError`."""
    if told := misplacement(placement, home):
        raise IndexMismatchError(f"the index at {str(data_dir)!r} cannot be opened like this: {told}")


def misplacement(placement: Placement, home: Home) -> str:
    """What is wrong, and what to do, when the vectors are not where they are looked for; empty when they are."""
    if placement.server == home.place:
        return ""
    if not placement.server:
        remedy = f"leave out --chroma-url, or {REPAIR} with it to move them"
        return f"its vectors lie in its folder, not {home.where}; {remedy}"
    held = ChromaServer.at(placement.server).shown
    remedy = f"name it with --chroma-url, or {REPAIR} as it is to move them"
    return f"its vectors are on {held}, not {home.where}; {remedy}"


def check_belonging(data_dir: Path, catalog: Catalog, home: Home) -> None:
    """Let pass derived indexes that were made with this catalog.

    Raises:
        IndexDamagedError: one is missing, or belongs to another catalog.
    """
    if told := _missing(data_dir, catalog, home):
        raise _damaged(data_dir, told)


def check_complete(data_dir: Path, catalog: Catalog, derived: DerivedIndexes) -> None:
    """Let pass derived indexes that hold what the catalog says; while somebody writes, there is nothing to say.

    Raises:
        IndexDamagedError: passages are missing, or there are too many.
    """
    if not find_damage(data_dir, catalog, derived):
        return
    try:
        with sole_writer(data_dir, patience_s=0):
            derived.reopen(catalog.placement)
            damage = find_damage(data_dir, catalog, derived)
    except IndexLockedError:
        return  # what is written reaches one part after the other
    if damage:
        raise damage


def find_damage(data_dir: Path, catalog: Catalog, derived: DerivedIndexes) -> IndexDamagedError | None:
    """What is wrong with the derived indexes, as an error to raise; sure only while nobody else writes."""
    expected = catalog.passage_counts()
    oldest = catalog.oldest_key()
    try:
        counts = derived.counts()
        # a server may carry out what a writer that was killed had asked for, after others have cleared up behind it
        most = math.inf if catalog.placement.server else expected.all
        for name, count, limit in (("lexical", counts.lexical, expected.all), ("vector", counts.vectors, most)):
            if not expected.current <= count <= limit:
                return _damaged(data_dir, f"its {name} index holds {count} passages, its catalog {expected.current}")
        if oldest is not None and not derived.holds_vector(oldest):
            return _damaged(data_dir, "its vector index has lost vectors")
    except IndexDamagedError as error:
        return error
    return None


def _has_catalog(data_dir: Path) -> bool:
    try:
        return stat.S_ISREG((data_dir / CATALOG_FILE).stat().st_mode)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DataDirError(f"cannot read the data directory {str(data_dir)!r}: {error.strerror}") from error


def _catalog(data_dir: Path) -> Catalog:
    """A new one where there is none, but never in the place of one that was lost."""
    if not _has_catalog(data_dir):
        _refuse_remains(data_dir)
    return Catalog(data_dir / CATALOG_FILE, create=not derived_folders(data_dir))


def _refuse_remains(data_dir: Path) -> None:
    if derived_folders(data_dir):
        raise IndexDamagedError(
            f"the index at {str(data_dir)!r} has lost its catalog {CATALOG_FILE!r}, which holds the articles; {RESTORE}"
        )


def _is_laid(data_dir: Path, catalog: Catalog, home: Home) -> bool:
    return catalog.passage_counts().all > 0 or not _missing(data_dir, catalog, home)


def _missing(data_dir: Path, catalog: Catalog, home: Home) -> str:
    placement = catalog.placement
    return missing(data_dir / placement.lexical, catalog.index_id) or home.missing(placement.vectors)


def _no_index(data_dir: Path) -> IndexNotFoundError:
    return IndexNotFoundError(f"no index at {str(data_dir)!r}; run `article-qa index` first")


def _damaged(data_dir: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(f"the index at {str(data_dir)!r} is damaged: {what}; {REPAIR}")
