"""The run: every question of a set put to an engine."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from index_store.errors import ArticleQAError
from qa.errors import QuestionSetError
from qa.evaluation.checked import ArticleLookups, check
from qa.evaluation.indexed_articles import ArticleStore, lookups_in
from qa.evaluation.questions import Question
from qa.evaluation.results import EvaluationRun
from qa.evaluation.run_header import writing_model
from qa.evaluation.run_rows import RunRow
from qa.evaluation.side_by_side import MODEL_AT_ONCE, side_by_side

if TYPE_CHECKING:
    from qa.answer import Answer


class QuestionEngine(Protocol):
    """Whatever answers a question; the project's query engine does."""

    def query(self, question: str, /, *, asked_on: date | None = None, history: Sequence[str] = ()) -> "Answer":
        """Return the cited answer, or the refusal."""


@runtime_checkable
class _OverStore(Protocol):
    store: ArticleStore


def evaluate(  # noqa: PLR0913 - these are the public options of a run
    engine: QuestionEngine,
    questions: Sequence[Question],
    *,
    asked_on: date | None = None,
    sink: Callable[[RunRow], None] | None = None,
    kept: Iterable[RunRow] = (),
    at_once: int | None = None,
) -> EvaluationRun:
    """Ask every question once and put what comes back into figures.

    A question that an expected error meets gets a row with that error, and the next one is asked. Where the engine
    has a `store` of articles, each row is checked against it at once.

    Args:
        engine: What answers.
        questions: Asked in this order; those without a known answer are asked too.
        asked_on: The day of asking for questions that name none; None leaves it to the engine.
        sink: Called with each new row as soon as it is there, so that a broken run keeps what it has.
        kept: Rows of an earlier run: their questions are not asked again.
        at_once: How many questions are asked at a time, in their order if it is one; None is `questions_at_once`.

    Raises:
        QuestionSetError: two questions have the same id, so that their rows could not be told apart.
    """
    if twice := [each for each, count in Counter(question.id for question in questions).items() if count > 1]:
        raise QuestionSetError(f"several questions have the id {twice[0]!r}; give each one of its own")
    lookups = lookups_in(engine.store) if isinstance(engine, _OverStore) else None
    rows = {row.id: row for row in kept}
    waiting = [question for question in questions if question.id not in rows]
    started = perf_counter()

    def ask(question: Question) -> RunRow:
        return _checked(question, _ask(engine, question, asked_on), lookups)

    with closing(side_by_side(ask, waiting, at_once or questions_at_once(engine))) as asked:
        for row in asked:
            rows[row.id] = row
            if sink is not None:
                sink(row)
    return EvaluationRun(
        questions=tuple(questions),
        rows=tuple(rows[question.id] for question in questions),
        seconds=perf_counter() - started,
    )


def questions_at_once(engine: object) -> int:
    """How many questions are best asked at a time: several of a model, which is waited for.

    The articles' own sentences are read on every core as it is.
    """
    return MODEL_AT_ONCE if writing_model(engine) is not None else 1


def _ask(engine: QuestionEngine, question: Question, asked_on: date | None) -> RunRow:
    started = perf_counter()
    try:
        answer = engine.query(question.question, asked_on=question.asked_on or asked_on, history=question.history)
    except ArticleQAError as error:
        return RunRow.from_error(question, error)
    return RunRow.from_answer(question, answer, latency_ms=1000 * (perf_counter() - started))


def _checked(question: Question, row: RunRow, lookups: ArticleLookups | None) -> RunRow:
    return replace(row, checked=check(question, row, lookups)) if lookups else row
