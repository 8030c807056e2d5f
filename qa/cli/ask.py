"""`article-qa ask`: a question, an answer with its citations."""

import json
from typing import TYPE_CHECKING, Any

import click

from qa.cli.context import CLIContext
from qa.cli.options import scope_options

if TYPE_CHECKING:
    from qa.answer import Answer, Citation

NO_EVIDENCE = 4
_NEAREST = 3  # passages shown with a refusal


@click.command()
@click.argument("question")
@scope_options
@click.option("--history", multiple=True, metavar="QUESTION", help="A question asked before; oldest first.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def ask(ctx: click.Context, /, question: str, as_json: bool, **options: Any) -> None:
    """Answer QUESTION from the indexed articles; exit with 4 when they do not say."""
    from qa.engine import open_engine

    if not question.strip():
        raise click.UsageError("the question is empty")
    context: CLIContext = ctx.obj
    answer = open_engine(context.data_dir).query(question, **options)
    click.echo(json.dumps(answer.to_json()) if as_json else _to_text(answer))
    if answer.refused:
        ctx.exit(NO_EVIDENCE)


def _to_text(answer: "Answer") -> str:
    if not answer.refused:
        return "\n".join([str(answer), "", *map(_citation, answer.citations)])
    nearest = [
        f"  {_where(p.article.title, p.article.source, p.article.published)}" for p in answer.retrieved[:_NEAREST]
    ]
    return "\n".join([answer.reason, *(["", "Nearest:", *nearest] if nearest else [])])


def _citation(citation: "Citation") -> str:
    article = citation.article
    place = f"{_where(article.title, article.source, article.published)} ({article.id}:{citation.start}-{citation.end})"
    return f"[{citation.number}] {place}\n    {' '.join(citation.quote.split())}"


def _where(title: str, source: str, published: object) -> str:
    return ", ".join(str(part) for part in (title or "Untitled", source, published) if part)
