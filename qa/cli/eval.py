"""The `eval` commands: a question set is put to the index, and what comes back is put into figures."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

# whatever takes long to import is imported by the commands, so that `--help` answers at once
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from qa.cli.context import CLIContext
    from qa.evaluation import EvaluationRun, Figures, Question, QuestionEngine, RunRow


@click.group("eval")
def eval_group() -> None:
    """Evaluate the answers with a question set."""


@eval_group.command("run")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--run", "run_path", type=click.Path(path_type=Path), help="Write one row a question to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--asked-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of asking for questions that name none. [default: today]",
)
@click.pass_obj
def run_command(
    context: CLIContext, questions: Path, run_path: Path | None, as_json: bool, asked_on: datetime | None
) -> None:
    """Ask every question of QUESTIONS (.jsonl, .yaml, .csv) and print the figures."""
    from qa import open_engine
    from qa.evaluation import compute_figures, load_questions, lookups_in, unknown_gold

    question_set = load_questions(questions)
    if run_path is not None and run_path.exists() and run_path.samefile(questions):
        raise click.UsageError("--run names the question set itself; name another file")
    engine = open_engine(context.data_dir)
    lookups = lookups_in(engine.store)
    unknown = unknown_gold(question_set, lookups)
    _warn(question_set, unknown)
    run = _evaluate(engine, question_set, run_path, asked_on.date() if asked_on else None)
    figures = compute_figures(question_set, run.rows, lookups)
    click.echo(_as_json(figures, run, len(unknown)) if as_json else _as_table(figures))


def _warn(questions: Sequence[Question], unknown: Sequence[str]) -> None:
    if unknown:
        click.echo(
            f"warning: gold articles that are not in the index: {len(unknown)}, such as {unknown[0]!r}; "
            "no answer can find them",
            err=True,
        )
    uncounted = sum(question.answerable is None for question in questions)
    if uncounted:
        click.echo(f"warning: questions that no figure counts, without `answerable`: {uncounted}", err=True)


def _evaluate(
    engine: QuestionEngine, questions: Sequence[Question], run_path: Path | None, asked_on: date | None
) -> EvaluationRun:
    from tqdm import tqdm

    from qa.evaluation import evaluate, row_writer

    # disable=None: drawn, on stderr, only where that is a terminal
    with (
        row_writer(run_path) if run_path is not None else nullcontext() as write,
        tqdm(total=len(questions), unit="question", leave=False, disable=None) as bar,
    ):

        def keep(row: RunRow) -> None:
            if write is not None:
                write(row)
            bar.update()

        return evaluate(engine, questions, asked_on=asked_on, sink=keep)


def _as_json(figures: Figures, run: EvaluationRun, unknown_gold: int) -> str:
    return json.dumps(
        {
            "schema": 1,
            "count": len(run.rows),
            "seconds": round(run.seconds, 3),
            "unknown_gold": unknown_gold,
            "figures": figures.to_json(),
        }
    )


def _as_table(figures: Figures) -> str:
    cells = {name: _cell(name, value) for name, value in figures.to_json().items()}
    name_width, value_width = max(map(len, cells)), max(map(len, cells.values()))
    return "\n".join(f"{name:<{name_width}}  {cell:>{value_width}}" for name, cell in cells.items())


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if name == "words" or name.endswith("_ms") else f"{value:.4f}"
