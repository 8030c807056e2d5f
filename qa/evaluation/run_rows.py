"""The row of a run: what one question got, as it is kept in a run file."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from qa.errors import RunFileError
from qa.evaluation.questions import Question

if TYPE_CHECKING:
    from qa.answer import Answer


@dataclass(frozen=True, slots=True)
class RunCitation:
    """A citation as a run keeps it; `quote` is what the answer claimed to be `article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    quote: str = ""
    number: int = 0  # from 1; 0 where the writer of the row numbered none


@dataclass(frozen=True, slots=True)
class RunRow:
    """What one question got."""

    id: str  # the question's
    question: str = ""
    answer: str = ""  # of a refusal, its reason
    refused: bool = False
    citations: tuple[RunCitation, ...] = ()
    retrieved: tuple[str, ...] = ()  # article ids, best first, distinct
    latency_ms: float | None = None
    incomplete: bool = False

    @classmethod
    def from_answer(cls, question: Question, answer: "Answer", latency_ms: float) -> "RunRow":
        """The row that keeps `answer`."""
        return cls(
            id=question.id,
            question=question.question,
            answer=str(answer),
            refused=answer.refused,
            citations=tuple(
                RunCitation(c.article_id, c.start, c.end, quote=c.quote, number=c.number) for c in answer.citations
            ),
            retrieved=tuple(dict.fromkeys(passage.article.id for passage in answer.retrieved)),
            latency_ms=round(latency_ms, 3),
            incomplete=answer.incomplete,
        )

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "RunRow":
        """The row that `to_json` gave; only `id` is required, unknown keys are ignored.

        Raises:
            RunFileError: a field is missing or of another type.
        """
        try:
            return _ROW.validate_python(row)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            name = ".".join(map(str, fault["loc"]))
            raise RunFileError(f"run row {row.get('id')!r}, {name}: {fault['msg']}; run the evaluation anew") from error

    def to_json(self) -> dict[str, Any]:
        """The row as one object of a run file."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.answer,
            "refused": self.refused,
            "citations": [
                {"number": c.number, "article_id": c.article_id, "start": c.start, "end": c.end, "quote": c.quote}
                for c in self.citations
            ],
            "retrieved": list(self.retrieved),
            "latency_ms": self.latency_ms,
            "incomplete": self.incomplete,
        }


_ROW = TypeAdapter(RunRow)


@contextmanager
def row_writer(path: Path) -> Iterator[Callable[[RunRow], None]]:
    """A function that appends a row to the run file, begun anew, and flushes it: a kill leaves whole lines.

    Raises:
        RunFileError: the file cannot be written.
    """
    with _translated(path):
        file = path.open("w", encoding="ascii", newline="\n")

    def write(row: RunRow) -> None:
        with _translated(path):
            # escaped to ASCII, because readers that split lines also split at a bare U+2028
            file.write(json.dumps(row.to_json(), ensure_ascii=True) + "\n")
            file.flush()

    with file:
        yield write


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunFileError(f"cannot write the run file {str(path)!r}: {error.strerror}") from error
