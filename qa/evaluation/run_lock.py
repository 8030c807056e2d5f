"""The lock of a run file: two runs that write one file would leave the rows of one under the header of the other."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import RunFileError
from qa.evaluation.run_file import check_plain


@contextmanager
def sole_recorder(path: Path) -> Iterator[None]:
    """Holds the run file `path` for writing; the system frees it when the process dies.

    Raises:
        RunFileError: another run is writing it, or nothing can be written there.
    """
    check_plain(path)
    path = path.resolve()
    beside = path.with_name(f"{path.name}.lock")  # the whole name, so that no `poetry.lock` is taken for it
    if not beside.parent.is_dir():  # which the lock would make
        raise RunFileError(f"cannot write the run file {str(path)!r}: there is no such folder")
    lock = FileLock(beside)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunFileError(
            f"another run is writing {str(path)!r}; wait until it has ended, or name another file"
        ) from error
    except OSError as error:
        raise RunFileError(f"cannot write the run file {str(path)!r}: {error.strerror or error}") from error
    try:
        yield
    finally:
        with suppress(OSError):  # whoever waits for it does not, and nobody wants to find it
            beside.unlink(missing_ok=True)
        lock.release()
