"""`article-qa eval compare`: two runs of the same questions."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli.eval.comparison_text import comparison_text, differences_text
from qa.cli.eval.report import indexed_articles, report_option
from qa.cli.eval.thresholds import BELOW_THRESHOLD
from qa.cli.terminal import one_line, show

# whatever takes long to import is imported by the command, so that `--help` answers at once
if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evaluation import Comparison, Question, RecordedRun

_FILE = click.Path(path_type=Path)


@click.command("compare")
@click.argument("before", metavar="A.jsonl", type=_FILE)
@click.argument("after", metavar="B.jsonl", type=_FILE)
@click.option("--questions", type=_FILE, help="The question set. [default: the one that the runs name]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@report_option
@click.option("--fail-if-worse", is_flag=True, help="Exit with 5 when B is significantly worse than A.")
@click.pass_context
def compare_command(ctx: click.Context, /, before: Path, after: Path, questions: Path | None, **options: Any) -> None:
    """Hold two runs of a question set against each other.

    Lists what B got right and A did not, what it broke, and whether that is more than chance.
    """
    from qa.evaluation import compare_rows, load_questions, read_run

    first, second = read_run(before), read_run(after)
    question_set = load_questions(questions) if questions else second.questions()
    comparison = compare_rows(question_set, first.rows, second.rows)
    warn(question_set, comparison, first, second)
    if options["as_json"]:
        click.echo(json.dumps({"schema": 1, "before": str(before), "after": str(after), **comparison.to_json()}))
    else:
        show(comparison_text(comparison))
    _write_reports(ctx, comparison, first, second, options["reports"])
    if regressed(comparison) and options["fail_if_worse"]:
        ctx.exit(BELOW_THRESHOLD)


def _write_reports(
    ctx: click.Context,
    comparison: "Comparison",
    before: "RecordedRun",
    after: "RecordedRun",
    reports: "Sequence[Path]",
) -> None:
    if not reports:
        return
    from qa.evaluation.report import ComparisonReport, write_report

    differences = differences_text(before.header, after.header)
    names = (before.path.name, after.path.name)
    report = ComparisonReport(comparison, names, differences, indexed_articles(ctx.obj))
    for path in reports:
        write_report(path, report)


def warn(
    questions: "Sequence[Question]", comparison: "Comparison", before: "RecordedRun", after: "RecordedRun"
) -> None:
    """Says on stderr what a reader must know before believing the comparison."""
    if left_out := len(questions) - len(comparison.changes):
        show(f"warning: questions that the runs do not both answer, left out: {left_out}", err=True)
    if differences := differences_text(before.header, after.header):
        show(one_line(differences), err=True)


def regressed(comparison: "Comparison") -> bool:
    """Whether a guarded figure is significantly worse; says which on stderr."""
    for change in comparison.regressions:
        show(f"worse: {change.name} {change.before:.4f} → {change.after:.4f}, p = {change.p:.3g}", err=True)
    return bool(comparison.regressions)
