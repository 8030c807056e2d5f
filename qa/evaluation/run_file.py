"""The run file: one row a question, beside it the header that says what the rows were made with."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qa.errors import RunFileError
from qa.evaluation.questions import Question
from qa.evaluation.run_header import RunHeader
from qa.evaluation.run_rows import RunRow


def header_path(path: Path) -> Path:
    """Where the header of the run file `path` lies: `run.header.json` beside `run.jsonl`."""
    stem = path.stem if path.suffix == ".jsonl" else path.name  # `run.txt` has one of its own
    return path.with_name(f"{stem}.header.json")


def read_rows(path: Path) -> tuple[RunRow, ...]:
    """The rows of a run file; a last line that a kill cut short is left out.

    Raises:
        RunFileError: there is no such file, or a line of it is no row.
    """
    with _translated(path, "read"):
        lines = path.read_bytes().split(b"\n")
    rows = []
    for number, line in enumerate(lines, start=1):
        is_cut = number == len(lines)  # a whole line ends with a newline, so nothing comes after the last
        if line.strip():
            rows += _rows(path, number, line, may_be_cut=is_cut)
    return tuple(rows)


def read_header(path: Path) -> RunHeader | None:
    """The header of the run file `path`; None when there is none.

    Raises:
        RunFileError: what is there is no header.
    """
    beside = header_path(path)
    if not beside.exists():
        return None
    with _translated(beside, "read"):
        written = beside.read_bytes()
    try:
        return RunHeader.from_json(written)
    except RunFileError as error:
        raise RunFileError(f"{str(beside)!r}: {error}") from error


def rows_to_keep(path: Path, header: RunHeader, questions: Sequence[Question]) -> tuple[RunRow, ...]:
    """Rows of an earlier, interrupted run that are as good as new: made with the same things, and no errors.

    A row that somebody has changed to another question is not.

    Raises:
        RunFileError: the file holds rows that were made with something else.
    """
    rows = read_rows(path) if path.exists() else ()
    if not rows:
        return ()
    earlier = read_header(path)
    if earlier is None:
        raise RunFileError(f"{str(path)!r} has no header that says what its rows were made with; {_WAYS_OUT}")
    if different := earlier.differences(header):
        raise RunFileError(f"{str(path)!r} was made before the {' and the '.join(different)} changed; {_WAYS_OUT}")
    asked = {question.id: question.question for question in questions}
    return tuple({row.id: row for row in rows if not row.error and asked.get(row.id) == row.question}.values())


@contextmanager
def row_writer(path: Path, kept: Iterable[RunRow] = ()) -> Iterator[Callable[[RunRow], None]]:
    """A function that appends a row to the run file, begun anew with `kept`, and flushes it: a kill leaves whole lines.

    Raises:
        RunFileError: the file cannot be written.
    """
    write_rows(path, kept)
    with _translated(path, "write"):
        file = path.open("a", encoding="ascii", newline="\n")

    def write(row: RunRow) -> None:
        with _translated(path, "write"):
            file.write(_line(row))
            file.flush()

    with file:
        yield write


def write_rows(path: Path, rows: Iterable[RunRow]) -> None:
    """Replaces the rows of a run file, in one step.

    Raises:
        RunFileError: the file cannot be written.
    """
    _replace(path, "".join(map(_line, rows)))


def write_header(path: Path, header: RunHeader) -> None:
    """Writes the header of the run file `path`.

    Raises:
        RunFileError: the file cannot be written.
    """
    _replace(header_path(path), json.dumps(header.to_json(), indent=1) + "\n")


def check_plain(path: Path) -> None:
    """Raises `RunFileError` for what must not be replaced by a run file: a folder, a device."""
    if path.exists() and not path.is_file():
        raise RunFileError(f"cannot write the run file {str(path)!r}: it is no plain file")


def in_order(rows: Iterable[RunRow], questions: Sequence[Question]) -> tuple[RunRow, ...]:
    """The rows in the order of their questions."""
    by_id = {row.id: row for row in rows}
    return tuple(by_id[question.id] for question in questions if question.id in by_id)


_WAYS_OUT = "name another file, or give --restart to replace it"


# keys that only a question set has, and those of which a row has at least one beside them
_ASKED = frozenset({"answers", "answerable", "gold"})
_ANSWERED = frozenset({"answer", "refused", "retrieved", "citations", "error"})


def _line(row: RunRow) -> str:
    # escaped to ASCII, because readers that split lines also split at a bare U+2028
    return json.dumps(row.to_json(), ensure_ascii=True) + "\n"


def _rows(path: Path, number: int, line: bytes, *, may_be_cut: bool) -> list[RunRow]:
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            raise ValueError("not an object")
        if fields.keys() & _ASKED and not fields.keys() & _ANSWERED:
            raise ValueError("it asks a question and answers none, as a question set does")
    except (ValueError, RecursionError) as error:
        if may_be_cut:
            return []
        raise RunFileError(f"{str(path)!r}, line {number}: no row of a run: {error}") from error
    try:
        return [RunRow.from_json(fields)]
    except RunFileError as error:
        raise RunFileError(f"{str(path)!r}, line {number}: {error}") from error


def _replace(path: Path, text: str) -> None:
    check_plain(path)
    path = path.resolve()  # what a link leads to is replaced, not the link
    beside = path.with_name(path.name + ".part")
    with _translated(path, "write"):
        beside.write_text(text, encoding="ascii", newline="\n")
        beside.replace(path)


@contextmanager
def _translated(path: Path, verb: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunFileError(f"cannot {verb} the run file {str(path)!r}: {error.strerror}") from error
