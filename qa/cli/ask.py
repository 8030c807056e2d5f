"""`article-qa ask`: a question, an answer with its citations."""

import json
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from qa.cli.context import CLIContext
from qa.cli.options import scope_options

if TYPE_CHECKING:
    from index_store.article import Article
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
        f"  {_where(p.article)}\n    {shorten(p.text, 160, placeholder=' …')}" for p in answer.retrieved[:_NEAREST]
    ]
    return "\n".join([answer.reason, *(["", "Nearest:", *nearest] if nearest else [])])


def _citation(citation: "Citation") -> str:
    place = f"{_where(citation.article)} ({citation.article_id}:{citation.start}-{citation.end})"
    return f"[{citation.number}] {place}\n    {' '.join(citation.quote.split())}"


def _where(article: "Article") -> str:
    return ", ".join(str(part) for part in (article.title or article.id, article.source, article.published) if part)
