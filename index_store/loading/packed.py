"""Packed bytes: what is compressed, read up to a limit and with its faults in plain words."""

import gzip
import io
import zipfile
import zlib
from dataclasses import replace
from typing import BinaryIO, cast

from index_store.errors import UnreadableInputError
from index_store.loading.input_file import InputFile

MAX_RATIO = 200  # unpacked to packed; articles come to 3 or 4, saved pages to 20, a bomb to 1,000
FREE_BYTES = 16 << 20  # unpacked whatever the ratio: a few repetitive rows are no bomb
BOMB_REASON = f"unpacks to more than {MAX_RATIO} times its size; unpack it yourself if that is right"
_FAULTS = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError)


class UnpackedStream(io.RawIOBase):
    """The bytes of a packed stream, at most `max_bytes` of them.

    Reading raises `UnreadableInputError` when there are more, or when the stream is broken.
    """

    def __init__(self, packed: BinaryIO, max_bytes: int, under: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._under = under
        self._max = self._left = max_bytes

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills `buffer` as far as there are bytes."""
        view = memoryview(cast("bytearray", buffer))
        try:
            block = self._packed.read(len(view))
        except _FAULTS as error:
            raise UnreadableInputError(f"broken or cut off: {str(error) or 'it ends too early'}") from error
        self._left -= len(block)
        if self._left < 0:
            raise UnreadableInputError(
                f"unpacks to more than {self._max >> 20} MB; unpack it yourself if that is right"
            )
        view[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Releases the packed stream too."""
        self._packed.close()
        self._under.close()
        super().close()


def unpacked(packed: BinaryIO, max_bytes: int, under: BinaryIO | None = None) -> BinaryIO:
    """`packed` with a buffer, a limit and translated faults; closing it closes `under` too."""
    return io.BufferedReader(UnpackedStream(packed, max_bytes, under or packed), buffer_size=1 << 16)


def max_unpacked_bytes(packed_size: int) -> int:
    """How many bytes may come out of that many."""
    return max(FREE_BYTES, packed_size * MAX_RATIO)


def gunzipped(file: InputFile, max_bytes: float) -> InputFile:
    """The file that a .gz file holds, under its name without the ending; reading stops with an error at the limits."""
    limit = int(min(max_unpacked_bytes(file.packed_size), max_bytes))

    def open_unpacked() -> BinaryIO:
        under = file.open()
        return unpacked(cast("BinaryIO", gzip.GzipFile(fileobj=under, mode="rb")), limit, under)

    return replace(file, path=file.path.with_suffix(""), size=-1, open=open_unpacked)
