"""Staging: what a reader hands in, laid into files that are read as any others are."""

import hashlib
import json
import re
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index_store.durability import full_disk
from index_store.errors import DataDirError

_FOLDER = ".uploads"  # in the data directory: as private as the articles, and on the disk that must hold them
_FOLDER_NAME = re.compile(r"[0-9a-f]{16}")
_FORGOTTEN_S = 86_400  # after a day, whoever laid a file there has died
_NAME_CHARS = 150


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in."""

    name: str
    content: bytes | memoryview


@dataclass(frozen=True, slots=True)
class PastedArticle:
    """An article whose text was pasted; only the text must be there."""

    text: str
    title: str = ""
    source: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""

    @property
    def upload(self) -> Upload:
        """It as a file of one row, which the loader reads and names as it does every row."""
        row = {
            "text": self.text,
            "title": self.title.strip(),
            "source": self.source.strip(),
            "author": self.author.strip(),
            "date": self.published.isoformat() if self.published else "",
            "url": self.url.strip(),
        }
        return Upload("pasted text.json", json.dumps(row).encode())


def stage(data_dir: Path, uploads: Sequence[Upload]) -> tuple[Path, ...]:
    """The uploads as files; `unstage` deletes them again.

    Each lies in a folder named after its content. The loader names a file by its path: so the same file is the same
    article whenever it is handed in, and no other file of its name takes its place.

    Raises:
        DataDirError: they cannot be written.
    """
    root = data_dir / _FOLDER
    _forget(root)
    try:
        return tuple(_laid(root, upload) for upload in uploads)
    except OSError as error:
        raise full_disk(data_dir, error) or DataDirError(
            f"cannot write in {str(data_dir)!r}: {error.strerror or error}"
        ) from error


def unstage(files: Sequence[Path]) -> None:
    """Deletes what `stage` has laid; what refuses goes another day."""
    for file in files:
        shutil.rmtree(file.parent, ignore_errors=True)
    for root in {file.parent.parent for file in files}:
        with suppress(OSError):  # another's files are still in it
            root.rmdir()


def without_folder(message: str, data_dir: str) -> str:
    """A message that names staged files by their own names alone."""
    root = re.escape(str(Path(data_dir, _FOLDER)))
    return re.sub(rf"{root}[\\/]{_FOLDER_NAME.pattern}[\\/]", "", message)


def _laid(root: Path, upload: Upload) -> Path:
    folder = root / hashlib.sha256(upload.content).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _plain(upload.name)
    path.write_bytes(upload.content)
    return path


def _plain(name: str) -> str:
    """The last part of a name that a browser gave, its ending kept."""
    last = Path(name.replace("\\", "/").replace("\0", "")).name or "upload"
    return last if len(last) <= _NAME_CHARS else last[-_NAME_CHARS:]


def _forget(root: Path) -> None:
    for folder in root.glob("*"):
        with suppress(OSError):
            if _FOLDER_NAME.fullmatch(folder.name) and folder.stat().st_mtime < time.time() - _FORGOTTEN_S:
                shutil.rmtree(folder, ignore_errors=True)
