"""`article-qa eval run`: a question set is put to the index, and what comes back is put into figures."""

import json
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli.context import CLIContext
from qa.cli.eval.asking import QuestionAsker
from qa.cli.eval.compare import regressed
from qa.cli.eval.costs import Costs, costs_of, finite
from qa.cli.eval.judging import judged, open_judge
from qa.cli.eval.report import report_option
from qa.cli.eval.tables import figures_table, groups_table
from qa.cli.eval.thresholds import BELOW_THRESHOLD, Threshold, ceilings, floors
from qa.cli.terminal import show
from qa.settings import MODES

# whatever takes long to import is imported by the command, so that `--help` answers at once
if TYPE_CHECKING:
    from qa.engine import ArticleQueryEngine
    from qa.evaluation import EvaluationRun, Question, RecordedRun
    from qa.settings import AskedMode

DONE_IN_PART = 3
_FILE = click.Path(path_type=Path)


@click.command("run")
@click.argument("questions", type=_FILE)
@click.option("--run", "run_path", type=_FILE, help="Keep one row a question in this file, or go on with it.")
@click.option("--restart", is_flag=True, help="Replace what the run file holds.")
@click.option("--mode", type=click.Choice(MODES), help="Who writes the answers.  [default: auto]")
@click.option("--judge", is_flag=True, help="Have a model judge the answers too.")
@click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Questions asked at a time.  [default: 4 of a model, else 1]",
)
@report_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--by", multiple=True, type=click.Choice(["tag", "source", "kind"]), help="Print groups too; repeatable.")
@click.option(
    "--asked-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of asking for questions that name none. [default: today]",
)
@click.option(
    "--fail-under",
    multiple=True,
    callback=floors,
    metavar="FIGURE=VALUE",
    help="Exit with 5 when the figure is lower; repeatable.",
)
@click.option(
    "--fail-over",
    multiple=True,
    callback=ceilings,
    metavar="FIGURE=VALUE",
    help="Exit with 5 when the figure is higher; repeatable.",
)
@click.option(
    "--prices",
    nargs=2,
    type=click.FloatRange(min=0),
    metavar="PROMPT COMPLETION",
    callback=finite,
    help="Of a million tokens: add the cost.  [default: those configured]",
)
@click.option(
    "--judge-prices",
    nargs=2,
    type=click.FloatRange(min=0),
    metavar="PROMPT COMPLETION",
    callback=finite,
    help="The same of the judge.  [default: those configured, where it is the same model]",
)
@click.option("--no-worse-than", type=_FILE, metavar="RUN", help="Exit with 5 when significantly worse than this run.")
@click.pass_context
def run_command(ctx: click.Context, /, questions: Path, **options: Any) -> None:
    """Ask a question set and print the figures.

    QUESTIONS is a .jsonl, .yaml or .csv file.
    """
    from qa.evaluation import load_questions

    question_set = load_questions(questions)
    _check_files(questions, **options)
    baseline = _baseline(options["no_worse_than"], question_set)
    engine = _open(ctx.obj, options["mode"])
    unknown = _warn(question_set, questions, engine)
    run = _ask(engine, question_set, questions, options)
    costs = costs_of(run, options["prices"], options["judge_prices"])
    _write_reports(run, engine, questions, costs, options)
    click.echo(_as_json(run, unknown, costs) if options["as_json"] else _as_text(run, options["by"], costs))
    passed = _passes(run, (*options["fail_under"], *options["fail_over"]))
    if baseline:
        passed = _is_no_worse(run, baseline) and passed
    if not passed:
        ctx.exit(BELOW_THRESHOLD)
    if any(row.error for row in run.rows):
        ctx.exit(DONE_IN_PART)


def _check_files(questions: Path, *, run_path: Path | None, no_worse_than: Path | None, **options: Any) -> None:
    if run_path is None:
        if options["restart"]:
            raise click.UsageError("--restart replaces a run file; name it with --run")
        return
    for other, name in ((questions, "the question set itself"), (no_worse_than, "the run to compare with")):
        if other is not None and run_path.exists() and other.exists() and run_path.samefile(other):
            raise click.UsageError(f"--run names {name}; name another file")


def _baseline(path: Path | None, questions: "Sequence[Question]") -> "RecordedRun | None":
    """The run to compare with, refused before anything is asked where there is nothing to compare."""
    from qa.evaluation import read_run
    from qa.evaluation.recorded_run import answered

    baseline = read_run(path) if path else None
    counted = [question for question in questions if question.answerable is not None]
    if baseline and not answered(counted, baseline.rows):
        raise click.UsageError(
            f"{path} answers no question of this set that counts; name a run of it with --no-worse-than"
        )
    return baseline


def _ask(
    engine: "ArticleQueryEngine", questions: "Sequence[Question]", question_path: Path, options: dict[str, Any]
) -> "EvaluationRun":
    from qa.evaluation.run_lock import sole_recorder

    judge = open_judge(engine, options["parallel"]) if options["judge"] else None
    asked_on, run_path = options["asked_on"], options["run_path"]
    asker = QuestionAsker(engine, questions, asked_on.date() if asked_on else None, options["parallel"])
    with sole_recorder(run_path) if run_path else nullcontext():
        run = asker.ask_into(run_path, question_path, restart=options["restart"]) if run_path else asker.ask()
        return judged(judge, run, run_path) if judge else run


def _open(context: CLIContext, mode: "AskedMode | None") -> "ArticleQueryEngine":
    from qa.errors import ModelSettingsError
    from qa.settings import QASettings

    engine = context.engine(QASettings(mode=mode) if mode else None)
    if mode == "generative" and engine.model is None:
        raise ModelSettingsError("no model is configured; set OPENAI_API_KEY, or leave --mode generative out")
    return engine


def _write_reports(
    run: "EvaluationRun", engine: "ArticleQueryEngine", question_path: Path, costs: Costs, options: dict[str, Any]
) -> None:
    if not options["reports"]:
        return
    from qa.evaluation import describe_run, read_header
    from qa.evaluation.report import RunReport, articles_in, write_report

    run_path, day = options["run_path"], options["asked_on"]
    header = read_header(run_path) if run_path else None
    if header is None:
        header = describe_run(
            engine,
            run.questions,
            question_path=question_path,
            run_path=question_path,
            asked_on=day.date() if day else None,
        )
    name, articles = (run_path or question_path).name, articles_in(engine.store)
    report = RunReport(run, name, header, articles, cost=costs.answers, judge_cost=costs.judge)
    for path in options["reports"]:
        write_report(path, report)


def _warn(questions: "Sequence[Question]", path: Path, engine: "ArticleQueryEngine") -> int:
    """Says on stderr what is worth stopping for; how many gold articles the index does not know."""
    from qa.evaluation import lookups_in, unknown_gold
    from qa.evaluation.matching import is_matchable

    unknown = unknown_gold(questions, lookups_in(engine.store))
    if unknown:
        named = next(question.id for question in questions if unknown[0] in question.gold)
        show(
            f"warning: gold articles that are not in the index: {len(unknown)}, such as {unknown[0]!r} of question "
            f"{named!r} in {path}; no answer can find them",
            err=True,
        )
    uncounted = sum(question.answerable is None for question in questions)
    if uncounted:
        show(f"warning: questions that no figure counts, without `answerable`: {uncounted}", err=True)
    if unmatchable := sum(bool(q.answerable and q.answers) and not is_matchable(q.answers) for q in questions):
        show(
            f"warning: questions whose accepted answers have no word in Latin letters or digits: {unmatchable}; "
            "contains@60 and f1 take any answer for wrong",
            err=True,
        )
    return len(unknown)


def _as_json(run: "EvaluationRun", unknown: int, costs: Costs) -> str:
    counts = {"schema": 1, "count": len(run.rows), "seconds": round(run.seconds, 3), "unknown_gold": unknown}
    return json.dumps({**counts, "cost": costs.answers, "judge_cost": costs.judge, **run.to_json()})


def _as_text(run: "EvaluationRun", by: Sequence[str], costs: Costs) -> str:
    tables = [figures_table(run), *(groups_table(run.groups, each) for each in dict.fromkeys(by))]
    return "\n\n".join(filter(None, [*tables, costs.text()]))


def _passes(run: "EvaluationRun", thresholds: Sequence[Threshold]) -> bool:
    shortfalls = [found for threshold in thresholds if (found := threshold.shortfall(run.figures.values))]
    for shortfall in shortfalls:
        click.echo(shortfall, err=True)
    return not shortfalls


def _is_no_worse(run: "EvaluationRun", baseline: "RecordedRun") -> bool:
    from qa.evaluation import compare_rows

    comparison = compare_rows(run.questions, baseline.rows, run.rows)
    if left_out := len(run.questions) - len(comparison.changes):
        show(f"warning: questions that {baseline.path} does not answer, left out: {left_out}", err=True)
    counts = ", ".join(f"{fate} {count}" for fate, count in comparison.counts.items())
    show(f"against {baseline.path}: {counts}", err=True)
    return not regressed(comparison)
