"""The rows: articles in JSON and JSON Lines files."""

import json
from collections.abc import Iterator
from io import TextIOWrapper

from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.decoding import mark_encoding
from index_store.loading.fields import TEXT, kind_of, known_names, read_row
from index_store.loading.input_file import InputFile
from index_store.loading.json_text import JsonText
from index_store.loading.skipped import SkippedInput

Rows = Iterator[Candidate | SkippedInput]

_ARRAY_NAMES = ("articles", "items", "data", "results", "rows", "docs", "@graph")  # looked for in this order
_MAX_LINE_CHARS = 64 << 20  # of one row: an article is never that long
_FIRST_LINE_CHARS = 1 << 20  # looked at to tell JSON Lines from JSON: a file on one line is not read for it


def read_json(file: InputFile) -> Rows:
    """The articles of an array, of an object that holds one, or of a single object, one row in memory at a time.

    Rows count from 1. What breaks in the middle costs the rows from there on. A file of JSON Lines that calls itself
    .json is read as such.

    Raises:
        UnreadableInputError: The file is not JSON from the start, or has no place for rows.
    """
    encoding = _json_encoding(file)
    if _is_lines(file, encoding):
        yield from _read_lines(file, encoding)
        return
    array = _find_array(file, encoding)
    with file.open() as raw:
        text = JsonText(raw, encoding)
        if array is None:
            yield numbered(text.value(), file.name, 1)
            return
        yield from _read_array(text, _go_to(text, array), file.name)


def read_jsonl(file: InputFile) -> Rows:
    """The articles of JSON Lines, one line in memory at a time; a row's number is its line's.

    An array in a file that calls itself .jsonl is read as one.

    Raises:
        UnicodeDecodeError: The file is in UTF-16 or UTF-32 and broken; in UTF-8 only the line would be.
    """
    encoding = mark_encoding(file) or "utf-8"
    with _open(file, encoding) as text:
        first, second = text.readline(_FIRST_LINE_CHARS), text.readline(_FIRST_LINE_CHARS)
    is_array = first.lstrip().startswith("[") and not (second.strip() and _is_whole(first))
    yield from read_json(file) if is_array else _read_lines(file, encoding)


def row_name(name: str, number: int) -> str:
    """What a row is called in a report."""
    return f"{name}: row {number}"


def numbered(row: object, name: str, number: int) -> Candidate | SkippedInput:
    """The article of the row of that number in the file `name`, or why it gives none."""
    name = row_name(name, number)
    try:
        return read_row(row, name)
    except UnreadableInputError as error:
        return SkippedInput(name, str(error))


def _json_encoding(file: InputFile) -> str:
    with file.open() as raw:
        return json.detect_encoding(raw.read(4))  # JSON has few encodings, none of them to be guessed


def _open(file: InputFile, encoding: str) -> TextIOWrapper:
    # Bytes that are not UTF-8 become lone surrogates, which mark the one line that is broken.
    return file.open_text(encoding, "surrogateescape", "\n")


def _is_lines(file: InputFile, encoding: str) -> bool:
    """Whether the first line with anything in it is a document of its own, and not the only one."""
    with _open(file, encoding) as text:
        return _is_whole(_next_line(text)) and bool(_next_line(text))


def _next_line(text: TextIOWrapper) -> str:
    """The next line that is not blank, or the beginning of it; empty if there is none."""
    while line := text.readline(_FIRST_LINE_CHARS):
        if line.strip():
            return line
    return ""


def _find_array(file: InputFile, encoding: str) -> str | None:
    """The name of the field whose array holds the rows, empty for the file itself, None for a single article."""
    with file.open() as raw:
        text = JsonText(raw, encoding)
        match text.peek():
            case "[":
                return ""
            case "{":
                return _choose_array(text)
        raise UnreadableInputError(f"the file is {kind_of(text.value())}, not an array or an object")


def _choose_array(text: JsonText) -> str | None:
    arrays: list[str] = []
    is_article = False
    try:
        for name in text.fields():
            if text.peek() == "[":
                arrays.append(name)
                _pass_over(text)
            elif isinstance(text.value(), str) and known_names([name]) & set(TEXT):
                is_article = True
        text.end()
    except UnreadableInputError:
        if not arrays:
            raise  # else the rows before the fault can be had
    if is_article:
        return None
    named = [name for name in _ARRAY_NAMES if name in arrays]
    if not named and len(arrays) != 1:
        raise UnreadableInputError(f"the object has no text, and {len(arrays)} arrays that may hold articles")
    return (named or arrays)[0]


def _go_to(text: JsonText, array: str) -> Iterator[str]:
    """Up to the value of the field, or nowhere when it has no name; gives the names of the fields behind it."""
    names = text.fields() if array else iter(())
    for name in names:
        if name == array and text.peek() == "[":
            break
        _pass_over(text)
    return names


def _pass_over(text: JsonText) -> None:
    if text.peek() != "[":
        text.value()
        return
    for _ in text.elements():  # a whole array may be longer than a value
        pass


def _read_array(text: JsonText, names: Iterator[str], name: str) -> Rows:
    """The rows of the array that comes next; what follows it, fields of those `names`, must be whole too."""
    number = 0
    try:
        for number, row in enumerate(text.elements(), start=1):
            yield numbered(row, name, number)
        for _ in names:
            _pass_over(text)
        text.end()
    except UnreadableInputError as error:
        if not number:
            raise
        yield SkippedInput(row_name(name, number + 1), f"{error}; nothing was read from here on")


def _read_lines(file: InputFile, encoding: str) -> Rows:
    number = 0
    with _open(file, encoding) as text:
        while line := text.readline(_MAX_LINE_CHARS):
            number += 1
            if len(line) == _MAX_LINE_CHARS and not line.endswith("\n"):
                _skip_line(text)
                reason = f"longer than {_MAX_LINE_CHARS >> 20} million characters"
                yield SkippedInput(row_name(file.name, number), reason)
            elif line.strip():
                yield _read_line(line, file.name, number)


def _skip_line(text: TextIOWrapper) -> None:
    while (rest := text.readline(_MAX_LINE_CHARS)) and not rest.endswith("\n"):
        pass


def _read_line(line: str, name: str, number: int) -> Candidate | SkippedInput:
    try:
        row = _parse(line)
    except UnreadableInputError as error:
        return SkippedInput(row_name(name, number), str(error))
    return numbered(row, name, number)


def _parse(line: str) -> object:
    try:
        line.encode()  # fails on what stands for bytes that were not UTF-8; far faster than a search for it
        return json.loads(line)
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
