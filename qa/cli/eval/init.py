"""`article-qa eval init`: a question set to begin with."""

from pathlib import Path

import click

from qa.cli.context import CLIContext

_FILE = click.Path(path_type=Path)


@click.command("init")
@click.argument("questions", type=_FILE, default="questions.yaml")
@click.pass_context
def init_command(ctx: click.Context, /, questions: Path) -> None:
    """Write a starter set, with comments, about articles of the index.

    QUESTIONS is a new .yaml file. [default: questions.yaml]
    """
    from qa.evaluation.question_file import check_new, write_new
    from qa.evaluation.starter import starter_set

    if questions.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError("name a file that ends in .yaml: other formats take no comments")
    check_new(questions)
    context: CLIContext = ctx.obj
    headers = context.engine().store.headers()
    write_new(questions, starter_set(headers, questions.name))
    click.echo(str(questions))
