"""The table: articles in CSV files."""

import csv
from collections.abc import Iterator
from typing import TextIO

from index_store.errors import UnreadableInputError
from index_store.loading.decoding import stream_encoding
from index_store.loading.fields import TEXT, known_names
from index_store.loading.input_file import InputFile
from index_store.loading.rows import Rows, numbered, row_name
from index_store.loading.skipped import SkippedInput

_MAX_FIELD_CHARS = 64 << 20  # of one field; Python's own limit of 131,072 is less than a long read
_MAX_LINE_CHARS = 64 << 20  # a line is held whole, and then every field of it
_MAX_HEADER_CHARS = 1 << 20


def read_csv(file: InputFile) -> Rows:
    """The articles of a table with a header row, one row in memory at a time.

    Rows are numbered as a spreadsheet shows them: the header is row 1. The delimiter is a comma, a semicolon or
    a tab.

    Raises:
        UnreadableInputError: No column holds the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_FIELD_CHARS))
    encoding = stream_encoding(file)
    with file.open_text(encoding, "replace", "") as text:
        delimiter = _find_delimiter(text.readline(_MAX_HEADER_CHARS))
    with file.open_text(encoding, "replace", "") as text:
        # strict: a quotation mark left open would make one article of the rest of the file
        yield from _read_table(csv.reader(_lines(text), delimiter=delimiter, strict=True), file.name)


def _lines(text: TextIO) -> Iterator[str]:
    """The lines, of which none is too long to be held."""
    while line := text.readline(_MAX_LINE_CHARS):
        if len(line) == _MAX_LINE_CHARS and not line.endswith("\n"):
            raise csv.Error(f"a line of more than {_MAX_LINE_CHARS >> 20} million characters")
        yield line


def _read_table(table: Iterator[list[str]], name: str) -> Rows:
    number = 1
    try:
        header = next(table)
        for number, cells in enumerate(table, start=2):
            if len(cells) > len(header):
                # an unquoted delimiter: what was cut off may belong to the text
                yield SkippedInput(row_name(name, number), f"{len(cells)} cells under {len(header)} column names")
            elif cells:
                row = dict(zip(header, cells))  # noqa: B905  cells may be missing at the end
                yield numbered(row, name, number)
    except csv.Error as error:
        reason = f"broken CSV: {error}; nothing was read from here on"
        yield SkippedInput(row_name(name, number + 1), reason)


def _find_delimiter(header: str) -> str:
    for delimiter in ",;\t":
        if known_names(header.strip().replace('"', "").split(delimiter)) & set(TEXT):
            return delimiter
    raise UnreadableInputError(f"no column is named {', '.join(TEXT[:-1])} or {TEXT[-1]}")
