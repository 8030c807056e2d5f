"""The archive: the files in a .zip, read where they lie; nothing is written to disk."""

import re
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from index_store.errors import UnreadableInputError
from index_store.loading.input_file import InputFile
from index_store.loading.packed import BOMB_REASON, max_unpacked_bytes, unpacked
from index_store.loading.skipped import SkippedInput

_MAX_MEMBERS = 100_000  # each takes about a kilobyte of memory while the archive is open
_MAX_UNPACKED_BYTES = 64 << 30  # of all members together
_ARCHIVES = {".zip", ".tar", ".tgz", ".7z", ".rar"}
_ENCRYPTED = 1  # the bit of a member's flags
_DRIVE = re.compile(r"[A-Za-z]:")


def find_members(file: InputFile) -> Iterator[InputFile | SkippedInput]:
    """The files of a zip archive by name, each to be read before the next is asked for.

    Hidden files are left out, and so is what macOS adds. Members that are encrypted, links or archives themselves,
    or whose path leads out of the archive, come as skipped.

    Raises:
        UnreadableInputError: It is no zip archive, or it holds more files or unpacks to more than is read.
    """
    try:
        archive = zipfile.ZipFile(file.open())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableInputError(f"not a zip archive that can be read: {error}") from error
    with archive:
        infos = [info for info in archive.infolist() if _is_wanted(info)]
        _check_size(infos, file)
        for info in sorted(infos, key=lambda info: info.filename):
            name = _printable(f"{file.name}: {info.filename}")
            reason = _refusal(info)
            yield SkippedInput(name, reason) if reason else _member(archive, info, name, file)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, file: InputFile) -> InputFile:
    key = file.key + b"!" + info.filename.encode("utf-8", "surrogatepass")
    return InputFile(name, _path_of(info), key, info.file_size, info.compress_size, partial(_open, archive, info))


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        return unpacked(cast("BinaryIO", archive.open(info)), info.file_size)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise UnreadableInputError(f"broken, or packed in a way that cannot be read: {error}") from error


def _check_size(infos: list[zipfile.ZipInfo], file: InputFile) -> None:
    if len(infos) > _MAX_MEMBERS:
        raise UnreadableInputError(f"holds {len(infos):,} files, more than {_MAX_MEMBERS:,}; unpack it yourself")
    # Over the whole: members may lie over one another, each of them small. What each of them says of its size holds:
    # no more is read.
    total = sum(info.file_size for info in infos)
    if total > min(max_unpacked_bytes(file.packed_size), _MAX_UNPACKED_BYTES):
        raise UnreadableInputError(BOMB_REASON)


def _refusal(info: zipfile.ZipInfo) -> str:
    path = _path_of(info)
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(str(path)):
        return "its path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file"
    if path.suffix.lower() in _ARCHIVES:
        return "an archive inside an archive; unpack it yourself"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack it with its password"
    return ""


def _path_of(info: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(info.filename.replace("\\", "/"))  # as some programs for Windows write it


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    hidden = (part == "__MACOSX" or (part.startswith(".") and part != "..") for part in _path_of(info).parts)
    return bool(info.filename) and not info.filename.endswith("/") and not any(hidden)


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
