"""The one writer: a lock that names its holder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index_store.errors import DataDirError, IndexLockedError
from index_store.layout import HOLDER_FILE, LOCK_FILE


@contextmanager
def sole_writer(data_dir: Path) -> Iterator[None]:
    """Holds the write lock of `data_dir`; the system frees it when the process dies.

    Raises:
        IndexLockedError: another process holds it.
        DataDirError: the directory cannot be written.
    """
    lock, holder = FileLock(data_dir / LOCK_FILE), data_dir / HOLDER_FILE
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexLockedError(f"the index is being written by {_name(holder)}; try again when it is done") from error
    except OSError as error:
        raise DataDirError(f"cannot write in {str(data_dir)!r}: {error.strerror}") from error
    try:
        _sign(holder)
        yield
    finally:
        with suppress(OSError):  # whatever went wrong before matters more
            holder.unlink(missing_ok=True)
        lock.release()


def _sign(holder: Path) -> None:
    try:
        holder.write_text(f"process {os.getpid()} since {datetime.now():%H:%M:%S}", encoding="utf-8")
    except OSError as error:
        raise DataDirError(f"cannot write {str(holder)!r}: {error.strerror}; is the disk full?") from error


def _name(holder: Path) -> str:
    with suppress(OSError):  # the holder may just have finished
        return holder.read_text(encoding="utf-8")
    return "another process"
