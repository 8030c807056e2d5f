"""The one writer: a lock that names its holder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index_store.durability import full_disk
from index_store.errors import DataDirError, IndexLockedError
from index_store.layout import HOLDER_FILE, LOCK_FILE

_PATIENCE_S = 1.0  # a reader that looks for damage holds the lock for less


@contextmanager
def sole_writer(data_dir: Path, *, patience_s: float = _PATIENCE_S) -> Iterator[None]:
    """Holds the write lock of `data_dir`; the system frees it when the process dies.

    Raises:
        IndexLockedError: another process holds it, for longer than `patience_s` seconds.
        DataDirError: the directory cannot be written.
    """
    lock, holder = FileLock(data_dir / LOCK_FILE), data_dir / HOLDER_FILE
    try:
        lock.acquire(timeout=patience_s, poll_interval=0.02)
    except Timeout as error:
        raise IndexLockedError(f"the index is being written by {_name(holder)}; try again when it is done") from error
    except OSError as error:
        raise _unwritable(data_dir, error) from error
    try:
        _sign(holder)
        yield
    finally:
        with suppress(OSError):  # whatever went wrong before matters more
            holder.unlink(missing_ok=True)
        lock.release()


def writer_at_work(data_dir: Path) -> str | None:
    """Who is writing the index, in words; None when nobody is."""
    if not (data_dir / LOCK_FILE).exists():
        return None
    lock = FileLock(data_dir / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _name(data_dir / HOLDER_FILE)
    except OSError:  # nor could a writer
        return None
    lock.release()
    return None


def _sign(holder: Path) -> None:
    try:
        holder.write_text(f"process {os.getpid()} since {datetime.now():%H:%M:%S}", encoding="utf-8")
    except OSError as error:
        raise _unwritable(holder, error) from error


def _unwritable(path: Path, error: OSError) -> DataDirError:
    return full_disk(path, error) or DataDirError(f"cannot write in {str(path)!r}: {error.strerror or error}")


def _name(holder: Path) -> str:
    with suppress(OSError):  # the holder may just have finished
        return holder.read_text(encoding="utf-8")
    return "another process"
