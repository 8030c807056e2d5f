"""The recording of a run: what is fixed before the first question is asked, so that it can be gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa.evaluation.questions import Question
from qa.evaluation.run_file import read_header, rows_to_keep, write_header, write_rows
from qa.evaluation.run_header import RunHeader, describe_run
from qa.evaluation.run_rows import RunRow


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """Where the rows of a run go, and where its questions come from."""

    path: Path
    question_path: Path
    asked_on: date | None = None  # day of asking for questions that name none
    restart: bool = False  # replace what the run file holds


def plan_header(engine: object, questions: Sequence[Question], plan: RecordingPlan) -> RunHeader:
    """The header that the run is to have; one that is gone on with keeps the day of asking it was begun on."""
    return describe_run(
        engine, questions, question_path=plan.question_path, run_path=plan.path, asked_on=_day(questions, plan)
    )


def begin_recording(plan: RecordingPlan, header: RunHeader, questions: Sequence[Question]) -> tuple[RunRow, ...]:
    """The rows that an interrupted run left and that need not be asked again; without any, a new run file is begun.

    Raises:
        RunFileError: the file holds rows that were made with something else, or cannot be written.
    """
    kept = () if plan.restart else rows_to_keep(plan.path, header, questions)
    if not kept:
        write_rows(plan.path, ())  # never new header over old rows
        write_header(plan.path, header)
    return kept


def _day(questions: Sequence[Question], plan: RecordingPlan) -> date | None:
    if plan.asked_on:
        return plan.asked_on
    earlier = None if plan.restart else read_header(plan.path)
    if earlier and earlier.asked_on:
        return earlier.asked_on
    return None if all(question.asked_on for question in questions) else date.today()
