"""Integrity: whether the parts of an index are there and belong together."""

import stat
from contextlib import closing
from pathlib import Path

from index_store.catalog import Catalog
from index_store.derived import DerivedIndexes
from index_store.errors import REBUILD, DataDirError, IndexDamagedError, IndexLockedError
from index_store.layout import CATALOG_FILE, ID_FILE, LEXICAL_FOLDER, VECTORS_FOLDER
from index_store.writing import sole_writer


def lay_foundation(data_dir: Path) -> None:
    """Makes an empty index where there is none, or where one was left half made.

    Without a catalog nothing says what vectors and words are about: they are deleted.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataDirError(f"cannot make the data directory {str(data_dir)!r}: {error.strerror}") from error
    if has_catalog(data_dir):
        with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
            if is_laid(data_dir, catalog):
                return
    with sole_writer(data_dir), closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
        if not is_laid(data_dir, catalog):
            DerivedIndexes.create(data_dir, catalog.index_id)


def has_catalog(data_dir: Path) -> bool:
    """Whether there is a file in the catalog's place."""
    path = data_dir / CATALOG_FILE
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DataDirError(f"cannot read the data directory {str(data_dir)!r}: {error.strerror}") from error


def is_laid(data_dir: Path, catalog: Catalog) -> bool:
    """Whether `lay_foundation` has come to its end."""
    return catalog.passage_counts().all > 0 or _misplaced_folder(data_dir, catalog) is None


def check_belonging(data_dir: Path, catalog: Catalog) -> None:
    """Let pass derived indexes that were made with this catalog.

    Raises:
        IndexDamagedError: one is missing, or belongs to another catalog.
    """
    folder = _misplaced_folder(data_dir, catalog)
    if folder:
        raise _damaged(data_dir, f"its folder {folder!r} is missing or belongs to another index")


def check_complete(data_dir: Path, catalog: Catalog, derived: DerivedIndexes) -> None:
    """Let pass derived indexes that hold what the catalog says; while somebody writes, there is nothing to say.

    Raises:
        IndexDamagedError: passages are missing, or there are too many.
    """
    if not find_damage(data_dir, catalog, derived):
        return
    try:
        with sole_writer(data_dir):
            derived.reopen()
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
        for name, count in (("lexical", counts.lexical), ("vector", counts.vectors)):
            if not expected.current <= count <= expected.all:
                return _damaged(data_dir, f"its {name} index holds {count} passages, its catalog {expected.current}")
        if oldest is not None and not derived.holds_vector(oldest):
            return _damaged(data_dir, "its vector index has lost vectors")
    except IndexDamagedError as error:
        return error
    return None


def _misplaced_folder(data_dir: Path, catalog: Catalog) -> str | None:
    index_id = catalog.index_id
    for folder in (VECTORS_FOLDER, LEXICAL_FOLDER):
        try:
            found = (data_dir / folder / ID_FILE).read_text(encoding="ascii", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return folder
        except OSError as error:
            raise DataDirError(f"cannot read the data directory {str(data_dir)!r}: {error.strerror}") from error
        if found != index_id:
            return folder
    return None


def _damaged(data_dir: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(f"the index at {str(data_dir)!r} is damaged: {what}; {REBUILD}")
