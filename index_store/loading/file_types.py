"""The file types: how a file is read, by the ending of its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.input_file import InputFile
from index_store.loading.packed import gunzipped
from index_store.loading.page import read_page
from index_store.loading.pdf import read_pdf
from index_store.loading.rows import read_json, read_jsonl
from index_store.loading.skipped import SkippedInput
from index_store.loading.table import read_csv
from index_store.loading.text import read_markdown, read_text


@dataclass(frozen=True, slots=True)
class _FileType:
    read: Callable[[InputFile], Iterator[Candidate | SkippedInput]]
    max_mb: float


# Megabytes (2**20 bytes), unpacked. Text, pages and PDF are read whole: one article is never 64 MB, though the pictures
# of a PDF may be. What holds rows is read row by row and may be of any size.
_TEXT_MB = 64
_PDF_MB = 256
_FILE_TYPES = {
    ".txt": _FileType(read_text, _TEXT_MB),
    ".md": _FileType(read_markdown, _TEXT_MB),
    ".html": _FileType(read_page, _TEXT_MB),
    ".htm": _FileType(read_page, _TEXT_MB),
    ".pdf": _FileType(read_pdf, _PDF_MB),
    ".json": _FileType(read_json, float("inf")),
    ".jsonl": _FileType(read_jsonl, float("inf")),
    ".csv": _FileType(read_csv, float("inf")),
}


def read_file(file: InputFile) -> Iterator[Candidate | SkippedInput]:
    """The articles of one file of a known type, compressed with gzip or not.

    Raises:
        UnreadableInputError: It is of no known type, empty or too large, or what reads it found nothing.
    """
    if file.suffix == ".gz":
        inside = file.path.with_suffix("").suffix.lower()
        file_type = _type_of(inside, f"{inside}.gz")
        file = gunzipped(file, file_type.max_mb * 2**20)
    else:
        file_type = _type_of(file.suffix, file.suffix)
    if not file.size:
        raise UnreadableInputError("empty file")
    if file.size > file_type.max_mb * 2**20:
        raise UnreadableInputError(f"larger than {file_type.max_mb} MB")
    return file_type.read(file)


def _type_of(suffix: str, shown: str) -> _FileType:
    if suffix not in _FILE_TYPES:
        raise UnreadableInputError(f"unsupported file type {shown!r}")
    return _FILE_TYPES[suffix]
