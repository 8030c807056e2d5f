"""The folders of the derived indexes: which there are, to whom they belong, and which are left over."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from index_store.catalog import Placement
from index_store.durability import full_disk
from index_store.errors import ArticleQAError, DataDirError
from index_store.layout import COPYING, ID_FILE, LEXICAL_FOLDER, MAKING, PURPOSE_FILE, VECTORS_FOLDER

_NAME = re.compile(
    rf"(?P<kind>{VECTORS_FOLDER}|{LEXICAL_FOLDER})(-(?P<number>\d+))?({re.escape(MAKING)}|{re.escape(COPYING)})?"
)


def derived_folders(data_dir: Path) -> tuple[Path, ...]:
    """All that hold or held a derived index, whoever they belong to."""
    return tuple(path for path, _ in _numbered(data_dir) if path.is_dir())


def next_folder(data_dir: Path, kind: str) -> str:
    """A name that no folder of that kind has, nor a file."""
    return (
        f"{kind}-{max((number for path, number in _numbered(data_dir) if path.name.startswith(kind)), default=0) + 1}"
    )


def unfinished_folder(data_dir: Path, kind: str, index_id: str, fingerprint: str) -> Path | None:
    """The folder that is being made for that catalog and `fingerprint`; None when there is none."""
    found = [path for path, _ in _numbered(data_dir) if path.name.startswith(kind) and path.name.endswith(MAKING)]
    made = [path for path in found if is_of(path, index_id) and _line(path / PURPOSE_FILE) == fingerprint]
    return made[-1] if made else None


def is_of(folder: Path, index_id: str) -> bool:
    """Whether the folder is there and was made for that catalog; `DataDirError` when it cannot be read."""
    return _line(folder / ID_FILE) == index_id


def missing(folder: Path, index_id: str) -> str:
    """Why the folder is of no use to that catalog; empty when it is there and was made for it."""
    return "" if is_of(folder, index_id) else f"its folder {folder.name!r} is missing or belongs to another index"


def sign(folder: Path, index_id: str, fingerprint: str = "") -> None:
    """Marks a folder with its catalog, and while it is being made with what it is made for."""
    if fingerprint:
        (folder / PURPOSE_FILE).write_text(fingerprint, encoding="utf-8")
    (folder / ID_FILE).write_text(index_id, encoding="utf-8")


def make_folder(folder: Path, create: Callable[[Path], None], index_id: str) -> None:
    """Has `create` make a folder, in the place of whatever has its name, and marks it with its catalog."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
        create(folder)
        sign(folder, index_id)
    except OSError as error:
        raise cannot_write(folder, error) from error


def sweep_folders(data_dir: Path, placement: Placement, *, keep: str = "") -> None:
    """Deletes what is not in use, but not what is being made for the fingerprint `keep`, or for any with "*".

    What another process still has open may refuse; it goes the next time.
    """
    for folder in derived_folders(data_dir):
        is_kept = folder.name.endswith(MAKING) and keep in ("*", _line(folder / PURPOSE_FILE))
        if folder.name not in (placement.vectors, placement.lexical) and not is_kept:
            shutil.rmtree(folder, ignore_errors=True)


def cannot_write(path: Path, error: OSError) -> ArticleQAError:
    """The error to raise when `path` could not be written."""
    return full_disk(path, error) or DataDirError(f"cannot write {str(path)!r}: {error.strerror}")


def _numbered(data_dir: Path) -> Iterator[tuple[Path, int]]:
    named = [(path, match) for path in data_dir.glob("*") if (match := _NAME.fullmatch(path.name))]
    found = [(path, int(match["number"] or 1)) for path, match in named]
    return iter(sorted(found, key=lambda item: (item[1], item[0].name)))


def _line(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DataDirError(f"cannot read {str(file)!r}: {error.strerror}") from error
