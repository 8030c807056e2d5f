"""`article-qa eval report`: what a run file holds, for people and for machines."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.cli.context import CLIContext
from qa.cli.terminal import show

if TYPE_CHECKING:
    from qa.evaluation.report import Articles

FORMATS = (".html", ".md", ".json")
_FILE = click.Path(path_type=Path)


def report_paths(_context: click.Context, _parameter: click.Parameter, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The values of `--report`, or a usage error that names the formats."""
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise click.BadParameter(f"{str(path)!r} ends in none of {', '.join(FORMATS)}")
        if not path.absolute().parent.is_dir():
            raise click.BadParameter(f"there is no folder for {str(path)!r}")
    return tuple(paths)


report_option = click.option(
    "--report",
    "reports",
    multiple=True,
    type=_FILE,
    callback=report_paths,
    help="Write .html, .md or .json; repeatable.",
)


@click.command("report")
@click.argument("run", metavar="RUN.jsonl", type=_FILE)
@click.argument("reports", metavar="REPORT…", nargs=-1, required=True, type=_FILE, callback=report_paths)
@click.option("--questions", type=_FILE, help="The question set. [default: the one that the run names]")
@click.pass_context
def report_command(ctx: click.Context, /, run: Path, reports: Sequence[Path], questions: Path | None) -> None:
    """Write what a run file holds as one page with charts (.html), as Markdown (.md) or as .json."""
    from qa.evaluation import EvaluationRun, load_questions, read_run
    from qa.evaluation.report import RunReport, write_report

    recorded = read_run(run)
    question_set = load_questions(questions) if questions else recorded.questions()
    rows = {row.id: row for row in recorded.rows}
    evaluated = EvaluationRun(question_set, tuple(rows[q.id] for q in question_set if q.id in rows))
    report = RunReport(evaluated, run.name, recorded.header, indexed_articles(ctx.obj))
    for path in reports:
        write_report(path, report)
        click.echo(str(path))


def indexed_articles(context: CLIContext) -> "Articles":
    """The articles of the index, so that a quote can be shown in its place; none of them where there is no index."""
    from index_store.errors import ArticleQAError
    from qa.evaluation.report import articles_in, no_articles

    try:
        return articles_in(context.engine().store)
    except ArticleQAError as error:
        show(f"warning: quotes are shown without their surroundings: {error}", err=True)
        return no_articles
