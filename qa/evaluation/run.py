"""The run: every question of a set put to an engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunRow

if TYPE_CHECKING:
    from qa.answer import Answer


class QuestionEngine(Protocol):
    """Whatever answers a question; the project's query engine does."""

    def query(self, question: str, /, *, asked_on: date | None = None, history: Sequence[str] = ()) -> "Answer":
        """Return the cited answer, or the refusal."""


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """The rows of one run in the order of the questions, and how long it took."""

    rows: tuple[RunRow, ...]
    seconds: float


def evaluate(
    engine: QuestionEngine,
    questions: Sequence[Question],
    *,
    asked_on: date | None = None,
    sink: Callable[[RunRow], None] | None = None,
) -> EvaluationRun:
    """Ask every question once, one after the other.

    Args:
        engine: What answers.
        questions: Asked in this order; those without a known answer are asked too.
        asked_on: The day of asking for questions that name none; None leaves it to the engine.
        sink: Called with each row as soon as it is there, so that a broken run keeps what it has.
    """
    rows = []
    started = perf_counter()
    for question in questions:
        row = _ask(engine, question, asked_on)
        rows.append(row)
        if sink is not None:
            sink(row)
    return EvaluationRun(rows=tuple(rows), seconds=perf_counter() - started)


def _ask(engine: QuestionEngine, question: Question, asked_on: date | None) -> RunRow:
    started = perf_counter()
    answer = engine.query(question.question, asked_on=question.asked_on or asked_on, history=question.history)
    return RunRow.from_answer(question, answer, latency_ms=1000 * (perf_counter() - started))
