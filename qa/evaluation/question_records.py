"""Records of a question-set file: its rows as mappings, before anything is known about their fields."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from index_store.errors import InputNotFoundError
from qa.errors import QuestionSetError
from qa.evaluation.plain_yaml import yaml_items

MAX_FILE_MIB = 64  # some 200,000 questions; a larger file is more likely the wrong file

_JSON_COLUMNS = ("extra", "gold_passages")
_LIST_COLUMNS = ("answers", "gold", "history", "tags")
_LIST_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file: its fields, or why it could not be read."""

    place: str  # "line 3", as an editor would find it
    fields: Mapping[str, Any]
    problem: str = ""


def read_records(path: Path) -> tuple[Record, ...]:
    """Every record of a .jsonl, .yaml, .yml or .csv file, in file order, the unreadable ones with their problem.

    Raises:
        InputNotFoundError: there is no such file.
        QuestionSetError: the file as a whole cannot be read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise QuestionSetError(f"{path}: not a question set; expected one of {', '.join(_READERS)}")
    try:
        return tuple(reader(_read_text(path)))
    except (yaml.YAMLError, ValueError) as error:
        raise QuestionSetError(f"{path}: not valid {path.suffix[1:]}: {_one_line(error)}") from error
    except RecursionError as error:
        raise QuestionSetError(f"{path}: nested too deeply") from error


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_MIB * 2**20:
            raise QuestionSetError(f"{path}: larger than {MAX_FILE_MIB} MiB; split it into several question sets")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputNotFoundError(f"no question set at {str(path)!r}") from error
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise QuestionSetError(
            f"{path}, line {line}: byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from error
    if "\0" in text:
        raise QuestionSetError(f"{path}: holds NUL characters, as UTF-16 text does; save the file as UTF-8")
    return text


def _read_jsonl(text: str) -> Iterator[Record]:
    # not splitlines(): JSON strings may hold U+2028 and its like unescaped
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            fields = json.loads(line, object_pairs_hook=_unique_fields)
        except json.JSONDecodeError as error:
            yield Record(place, {}, f"not valid JSON: {error.msg} at column {error.colno}")
        except RecursionError:
            yield Record(place, {}, "nested too deeply")
        except ValueError as error:
            yield Record(place, {}, _one_line(error).partition("; use sys.")[0])  # of a number of 5,000 digits
        else:
            yield _record(place, fields)


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise ValueError(f"key {name!r} is there twice")
        fields[name] = value
    return fields


def _record(place: str, fields: object) -> Record:
    if isinstance(fields, dict) and all(isinstance(name, str) for name in fields):
        return Record(place, fields)
    return Record(place, {}, "should be an object of named fields")


def _read_yaml(text: str) -> Iterator[Record]:
    for item in yaml_items(text, key="questions"):
        for fault in item.faults:
            yield Record(", ".join(filter(None, (f"line {fault.line}", fault.field))), {}, fault.message)
        if not item.faults:
            yield _record(f"line {item.line}", item.value)


def _read_csv(text: str) -> Iterator[Record]:
    rows = _csv_rows(text)
    _, names = next(rows, ("", []))
    header = [name.strip() for name in names]
    if header and "question" not in header:
        raise ValueError("the first line names no column 'question'; columns are separated by commas")
    for name in header:
        if header.count(name) > 1:
            raise ValueError(f"column {name!r} is there twice")
    for place, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            yield Record(place, {}, f"has {len(cells)} cells, the header has {len(header)}")
            continue
        yield _csv_record(place, zip(header, cells, strict=True))


def _csv_rows(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each row with where it begins: a cell may hold line breaks."""
    rows, begins = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for cells in rows:
            yield f"line {begins}", cells
            begins = rows.line_num + 1
    except csv.Error as error:
        raise ValueError(f"line {begins}: {error}") from error


def _csv_record(place: str, cells: Iterable[tuple[str, str]]) -> Record:
    fields: dict[str, Any] = {}
    for name, cell in cells:
        if _is_absent(name, cell):
            continue
        try:
            fields[name] = _csv_value(name, cell)
        except ValueError:
            return Record(place, {}, f"{name}: starts like JSON but is none")
    return Record(place, fields)


def _is_absent(name: str, cell: str) -> bool:
    if name == "answerable" and cell.strip() == "null":
        return True
    return not cell.strip() and name not in ("id", "question")


def _csv_value(name: str, cell: str) -> object:
    if name in _LIST_COLUMNS:
        return json.loads(cell) if cell.lstrip().startswith("[") else cell.split(_LIST_SEPARATOR)
    return json.loads(cell) if name in _JSON_COLUMNS else cell


def _one_line(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark, message = error.problem_mark, ", ".join(filter(None, (error.context, error.problem)))
        return f"line {mark.line + 1}, column {mark.column + 1}: {message}"
    return " ".join(str(error).split())


_READERS: Mapping[str, Callable[[str], Iterator[Record]]] = {
    ".jsonl": _read_jsonl,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".csv": _read_csv,
}
