"""The input file: something to read, whether it lies on disk, is compressed, or is a member of an archive."""

import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from index_store.errors import UnreadableInputError
from index_store.loading.skipped import name_of


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file whose bytes can be read, more than once if need be."""

    name: str  # as it is reported: "report.txt", "archive.zip: report.txt"
    path: PurePath  # its own name, whose ending says how it is read
    key: bytes  # what its id is derived from where the article names no address
    size: int  # bytes; -1 when only reading would tell
    packed_size: int  # bytes it takes on disk
    open: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, ".gz" for "a.jsonl.gz"."""
        return self.path.suffix.lower()

    def read_bytes(self) -> bytes:
        """All bytes."""
        with self.open() as file:
            return file.read()

    def open_text(self, encoding: str, errors: str, newline: str) -> io.TextIOWrapper:
        """The characters, as `open` gives them."""
        return io.TextIOWrapper(self.open(), encoding=encoding, errors=errors, newline=newline)


def on_disk(path: Path) -> InputFile:
    """The file at `path`.

    Raises:
        UnreadableInputError: It is no regular file.
        OSError: It cannot be looked at.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInputError("not a regular file")  # reading a pipe or a device may never end
    key = os.fsencode(os.path.realpath(path))
    return InputFile(name_of(path), path, key, status.st_size, status.st_size, lambda: path.open("rb"))
