"""The rows: articles in JSON, JSON Lines and CSV files."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.decoding import mark_encoding, stream_encoding
from index_store.loading.fields import TEXT, kind_of, known_names, read_row
from index_store.loading.skipped import SkippedInput, name_of

Rows = Iterator[Candidate | SkippedInput]

_ARRAY_NAMES = ("articles", "items", "data", "results", "rows", "docs", "@graph")  # looked for in this order
_MAX_FIELD_CHARS = 64 << 20  # of one CSV field; Python's own limit of 131,072 is less than a long read


def read_json(path: Path) -> Rows:
    """The articles of an array, of an object that holds one, or of a single object.

    Rows count from 1. A file of JSON Lines that calls itself .json is read as such.

    Raises:
        UnreadableInputError: The file is not JSON, or has no place for rows.
    """
    text = _decode_json(path.read_bytes())
    first, _, rest = text.lstrip().partition("\n")
    if rest.strip() and _is_whole(first):
        yield from _read_lines(iter(text.split("\n")), path)
        return
    for number, row in enumerate(_find_rows(_parse(text)), start=1):
        yield _read(row, path, number)


def read_jsonl(path: Path) -> Rows:
    """The articles of JSON Lines, one line in memory at a time; a row's number is its line's.

    An array in a file that calls itself .jsonl is read as one.

    Raises:
        UnicodeDecodeError: The file is in UTF-16 or UTF-32 and broken; in UTF-8 only the line would be.
    """
    # Bytes that are not UTF-8 become lone surrogates, which mark the one line that is broken.
    with path.open(encoding=mark_encoding(path) or "utf-8", errors="surrogateescape", newline="\n") as file:
        first, second = file.readline(), file.readline()
        is_array = first.lstrip().startswith("[") and not (second.strip() and _is_whole(first))
        file.seek(0)
        if not is_array:
            yield from _read_lines(file, path)
            return
    yield from read_json(path)


def read_csv(path: Path) -> Rows:
    """The articles of a table with a header row, one row in memory at a time.

    Rows are numbered as a spreadsheet shows them: the header is row 1. The delimiter is a comma, a semicolon or
    a tab.

    Raises:
        UnreadableInputError: No column holds the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_FIELD_CHARS))
    with path.open(encoding=stream_encoding(path), errors="replace", newline="") as file:
        delimiter = _find_delimiter(file.readline())
        file.seek(0)
        # strict: a quotation mark left open would make one article of the rest of the file
        yield from _read_table(csv.reader(file, delimiter=delimiter, strict=True), path)


def _read_table(table: Iterator[list[str]], path: Path) -> Rows:
    number = 1
    try:
        header = next(table)
        for number, cells in enumerate(table, start=2):
            if len(cells) > len(header):
                # an unquoted delimiter: what was cut off may belong to the text
                yield SkippedInput(_row_name(path, number), f"{len(cells)} cells under {len(header)} column names")
            elif cells:
                yield _read(dict(zip(header, cells)), path, number)  # noqa: B905  cells may be missing at the end
    except csv.Error as error:
        reason = f"broken CSV: {error}; nothing was read from here on"
        yield SkippedInput(_row_name(path, number + 1), reason)


def _find_delimiter(header: str) -> str:
    for delimiter in ",;\t":
        if known_names(header.strip().replace('"', "").split(delimiter)) & set(TEXT):
            return delimiter
    raise UnreadableInputError(f"no column is named {', '.join(TEXT[:-1])} or {TEXT[-1]}")


def _read_lines(lines: Iterator[str], path: Path) -> Rows:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _parse(line)
        except UnreadableInputError as error:
            yield SkippedInput(_row_name(path, number), str(error))
        else:
            yield _read(row, path, number)


def _read(row: object, path: Path, number: int) -> Candidate | SkippedInput:
    name = _row_name(path, number)
    try:
        return read_row(row, name)
    except UnreadableInputError as error:
        return SkippedInput(name, str(error))


def _row_name(path: Path, number: int) -> str:
    return f"{name_of(path)}: row {number}"


def _decode_json(raw: bytes) -> str:
    try:
        return raw.decode(json.detect_encoding(raw))  # JSON has few encodings, none of them to be guessed
    except UnicodeDecodeError as error:
        raise UnreadableInputError(f"not valid {error.encoding.upper()} (byte {error.start})") from error


def _parse(text: str) -> object:
    try:
        text.encode()  # fails on what stands for bytes that were not UTF-8; far faster than a search for it
        return json.loads(text)
    except UnicodeEncodeError as error:
        raise UnreadableInputError(f"not valid UTF-8 (column {error.start + 1})") from error
    except json.JSONDecodeError as error:
        reason = f"broken JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise UnreadableInputError(reason) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise UnreadableInputError(f"broken JSON: {error}") from error
    except RecursionError as error:
        raise UnreadableInputError("JSON nested too deeply") from error


def _is_whole(line: str) -> bool:
    """Whether the line is a JSON document of its own."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _find_rows(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise UnreadableInputError(f"the file is {kind_of(document)}, not an array or an object")
    if any(isinstance(document[name], str) for name in document if known_names([name]) & set(TEXT)):
        return [document]
    arrays = [value for value in document.values() if isinstance(value, list)]
    named = [document[name] for name in _ARRAY_NAMES if isinstance(document.get(name), list)]
    if not named and len(arrays) != 1:
        raise UnreadableInputError(f"the object has no text, and {len(arrays)} arrays that may hold articles")
    return (named or arrays)[0]
