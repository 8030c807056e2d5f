"""`article-qa eval draft`: questions drafted from the articles, for a person to review."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli.context import CLIContext
from qa.cli.eval.progress import progress
from qa.cli.terminal import one_line, show

if TYPE_CHECKING:
    from qa.evaluation.drafting import Drafted, ModelWriter

_COMMENT = """\
Drafts, made by a program: read each one before it counts.
Is it a question somebody would ask? Does the article answer it so, and does no other article say otherwise?
Take the tag `draft` off what you have checked, and delete what you would not ask.
A draft whose own article the engine could not answer was dropped, so a set of nothing but drafts is easier than
your own questions: it shows whether a change breaks something, not how good the answers are."""
DONE_IN_PART = 3


@click.command("draft")
@click.argument("questions", type=click.Path(path_type=Path), default="drafts.yaml")
@click.option("--limit", type=click.IntRange(min=1), default=30, show_default=True, help="Questions at most.")
@click.option(
    "--mode",
    type=click.Choice(["extractive", "generative"]),
    default="extractive",
    show_default=True,
    help="Who writes them: rules, or the configured model.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another number drafts from other articles.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def draft_command(ctx: click.Context, /, questions: Path, **options: Any) -> None:
    """Draft questions from the articles of the index, each with the article that answers it.

    QUESTIONS is a new .yaml or .jsonl file. [default: drafts.yaml]
    """
    from qa.errors import ModelSettingsError
    from qa.evaluation.drafting import Drafter, ModelWriter, RuleWriter
    from qa.evaluation.question_file import check_new, write_questions

    check_new(questions)
    context: CLIContext = ctx.obj
    engine = context.engine()
    if options["mode"] == "generative" and engine.model is None:
        raise ModelSettingsError("no model is configured; set OPENAI_API_KEY, or draft with --mode extractive")
    model = engine.model if options["mode"] == "generative" else None
    writer = ModelWriter(engine.store, model) if model else RuleWriter(engine.store)
    with progress(0, options["limit"], "drafted") as step:
        drafted = Drafter(engine.store, engine, writer, options["seed"]).draft(options["limit"], step=step)
    if drafted.questions:
        write_questions(questions, drafted.questions, _COMMENT)
    _tell(drafted, writer if isinstance(writer, ModelWriter) else None)
    click.echo(
        _as_json(drafted, questions) if options["as_json"] else f"{len(drafted.questions)} drafts in {questions}"
    )
    if not drafted.questions:
        show("the articles gave no question that can be asked; index more of them, or write your own", err=True)
        ctx.exit(1)
    if drafted.fault:
        ctx.exit(DONE_IN_PART)


def _tell(drafted: "Drafted", writer: "ModelWriter | None") -> None:
    """What else there is to know, on stderr."""
    for why, count in sorted(drafted.dropped.items()):
        show(f"dropped {count}: {why}", err=True)
    if writer:
        tokens = writer.usage.prompt_tokens + writer.usage.completion_tokens
        show(f"the model was asked {writer.usage.requests} times, for {tokens} tokens", err=True)
    if drafted.fault:
        show(f"stopped early: {one_line(drafted.fault)}", err=True)


def _as_json(drafted: "Drafted", path: Path) -> str:
    unanswerable = sum(question.answerable is False for question in drafted.questions)
    counts = {"count": len(drafted.questions), "unanswerable": unanswerable, "dropped": dict(drafted.dropped)}
    return json.dumps({"schema": 1, "path": str(path), **counts, "fault": drafted.fault})
