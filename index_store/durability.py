"""Durability: files that are on the disk, and disks that have no room for them."""

import errno
import os
import shutil
from pathlib import Path

from index_store.errors import DataDirError
from index_store.remedies import FULL

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SAID = ("disk is full", "no space left", "file too large", "quota exceeded")  # by libraries that keep no number
# Left alone by writers: Chroma writes a little even when it is read.
_RESERVE_BYTES = 2_000_000
_LEAST_BYTES = 65_536  # free; with less, whatever went wrong while writing went wrong for want of room


def synced(folder: Path) -> None:
    """Returns when the files of `folder` would survive a power cut."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir() and os.name != "posix":
            continue  # elsewhere folders cannot be opened, and need not be
        descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def has_room(path: Path, size: int) -> bool:
    """Whether `size` bytes may be written under `path`, and a reserve besides."""
    return shutil.disk_usage(path).free >= size + _RESERVE_BYTES


def ensure_room(path: Path, size: int) -> None:
    """Lets pass where there is room for `size` bytes; else `DataDirError`, before anything is half written."""
    if not has_room(path, size):
        raise DataDirError(f"cannot write in {str(path)!r}: {FULL}")


def full_disk(path: Path, error: Exception) -> DataDirError | None:
    """The error to raise when `error` came of a disk without room; None when it came of something else."""
    told = str(error).casefold()
    if getattr(error, "errno", None) in _FULL or any(words in told for words in _SAID) or _is_full(path):
        return DataDirError(f"cannot write {str(path)!r}: {FULL}")
    return None


def _is_full(path: Path) -> bool:
    there = next((p for p in (path, *path.parents) if p.exists()), None)
    return there is not None and shutil.disk_usage(there).free < _LEAST_BYTES
