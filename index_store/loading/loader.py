"""The loader: every article that the inputs hold, and every input that gave none."""

import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.identity import IdRegistry
from index_store.loading.inputs import find_files
from index_store.loading.page import read_page
from index_store.loading.rows import read_csv, read_json, read_jsonl
from index_store.loading.skipped import SkippedInput, name_of, reason_of
from index_store.loading.text import read_markdown, read_text


@dataclass(frozen=True, slots=True)
class _FileType:
    read: Callable[[Path], Iterator[Candidate | SkippedInput]]
    max_mb: float


# Megabytes (2**20 bytes). Text, pages and JSON are read whole: one article is never 64 MB, and JSON takes several
# times its size in memory. JSON Lines and CSV are read row by row and may be of any size.
_TEXT_MB = 64
_JSON_MB = 1024
_FILE_TYPES = {
    ".txt": _FileType(read_text, _TEXT_MB),
    ".md": _FileType(read_markdown, _TEXT_MB),
    ".html": _FileType(read_page, _TEXT_MB),
    ".htm": _FileType(read_page, _TEXT_MB),
    ".json": _FileType(read_json, _JSON_MB),
    ".jsonl": _FileType(read_jsonl, float("inf")),
    ".csv": _FileType(read_csv, float("inf")),
}


def load_articles(inputs: Sequence[str | Path]) -> Iterator[Article | SkippedInput]:
    """Every article in the files, folders and globs, read as it is asked for, and every input that gave none.

    No two different articles come under one id. An article that is there twice comes twice.

    Raises:
        InputNotFoundError: A named path is not there, or a glob matches nothing. Raised by the call itself,
            before anything is read.
    """
    return _load(find_files(inputs))


def _load(files: Iterator[Path | SkippedInput]) -> Iterator[Article | SkippedInput]:
    ids = IdRegistry()
    for file in files:
        for item in _read(file) if isinstance(file, Path) else (file,):
            yield item if isinstance(item, SkippedInput) else _settle(item, ids)


def _read(path: Path) -> Iterator[Candidate | SkippedInput]:
    is_empty = True
    try:
        for item in _choose_type(path).read(path):
            is_empty = False
            yield item
    except UnreadableInputError as error:
        yield SkippedInput(name_of(path), str(error))
    except OSError as error:
        yield SkippedInput(name_of(path), reason_of(error))
    except UnicodeDecodeError as error:
        yield SkippedInput(name_of(path), f"not valid {error.encoding.upper()}")
    else:
        if is_empty:
            yield SkippedInput(name_of(path), "holds no articles")


def _choose_type(path: Path) -> _FileType:
    suffix = path.suffix.lower()
    if suffix not in _FILE_TYPES:
        raise UnreadableInputError(f"unsupported file type {suffix!r}")
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInputError("not a regular file")  # reading a pipe or a device may never end
    if not status.st_size:
        raise UnreadableInputError("empty file")
    file_type = _FILE_TYPES[suffix]
    if status.st_size > file_type.max_mb * 2**20:
        advice = "; JSON Lines (.jsonl) may be of any size" if suffix == ".json" else ""
        raise UnreadableInputError(f"larger than {file_type.max_mb} MB{advice}")
    return file_type


def _settle(candidate: Candidate, ids: IdRegistry) -> Article | SkippedInput:
    try:
        return ids.settle(candidate)
    except UnreadableInputError as error:
        return SkippedInput(candidate.input, str(error))
