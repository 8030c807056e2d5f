"""Asking: a question set put to the index, into a run file that can be gone on with."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.cli.eval.progress import progress
from qa.cli.terminal import one_line, show

if TYPE_CHECKING:
    from qa.evaluation import EvaluationRun, Question, QuestionEngine, RunRow


class QuestionAsker:
    """Puts a question set to an engine and keeps the rows, in a run file where one is named."""

    def __init__(
        self, engine: "QuestionEngine", questions: "Sequence[Question]", asked_on: date | None, at_once: int | None
    ) -> None:
        self._engine, self._questions, self._asked_on, self._at_once = engine, questions, asked_on, at_once

    def ask(self) -> "EvaluationRun":
        """The run, kept nowhere."""
        return self._ask((), lambda _: None, self._asked_on)

    def ask_into(self, path: Path, question_path: Path, *, restart: bool) -> "EvaluationRun":
        """The run, its rows kept in a file as they come; what an interrupted run left there is not asked again.

        Raises:
            RunFileError: the file holds rows that were made with something else.
        """
        from qa.evaluation import in_order, row_writer, write_rows
        from qa.evaluation.recording import RecordingPlan, begin_recording, plan_header

        plan = RecordingPlan(path, question_path, self._asked_on, restart)
        header = plan_header(self._engine, self._questions, plan)
        kept = begin_recording(plan, header, self._questions)
        if kept:
            click.echo(f"kept {len(kept)} of {len(self._questions)} rows of {path}; --restart asks anew", err=True)
        with row_writer(path, kept) as write:
            run = self._interruptible(kept, write, header.asked_on, path)
        write_rows(path, in_order(run.rows, self._questions))
        return run

    def _interruptible(
        self, kept: "Sequence[RunRow]", write: "Callable[[RunRow], None]", asked_on: date | None, path: Path
    ) -> "EvaluationRun":
        try:
            return self._ask(kept, write, asked_on)
        except KeyboardInterrupt:
            click.echo(f"the rows so far are in {path}; the same command goes on from there", err=True)
            raise

    def _ask(
        self, kept: "Sequence[RunRow]", write: "Callable[[RunRow], None]", asked_on: date | None
    ) -> "EvaluationRun":
        from qa.evaluation import evaluate

        with progress(len(kept), len(self._questions)) as step:
            failed = False

            def sink(row: "RunRow") -> None:
                nonlocal failed
                write(row)
                step()
                if row.error and not failed:
                    failed = True  # the first at once: a wrong key would fail the whole night
                    show(f"warning: question {one_line(row.id)!r} failed: {one_line(row.error)}", err=True)

            return evaluate(
                self._engine, self._questions, asked_on=asked_on, sink=sink, kept=kept, at_once=self._at_once
            )
