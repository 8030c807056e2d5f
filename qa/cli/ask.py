"""`article-qa ask`: a question, an answer with its citations."""

import json
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from qa.cli.context import CLIContext
from qa.cli.options import scope_options
from qa.cli.terminal import name, one_line, show

if TYPE_CHECKING:
    from index_store.article import Article
    from qa.answer import Answer, Citation

NO_EVIDENCE = 4
_NEAREST = 3  # passages shown with a refusal


@click.command()
@click.argument("question")
@scope_options
@click.option("--history", multiple=True, metavar="QUESTION", help="A question asked before; oldest first.")
@click.option("--strictness", type=click.FloatRange(0, 1), help="Probability of an answer below which it is refused.")
@click.option("--explain", is_flag=True, help="Show how the question was read and what was kept or dropped, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def ask(ctx: click.Context, /, question: str, **options: Any) -> None:
    """Answer QUESTION from the indexed articles; exit with 4 when they do not say."""
    from qa.engine import open_engine
    from qa.settings import QASettings

    if not question.strip():
        raise click.UsageError("the question is empty")
    context: CLIContext = ctx.obj
    as_json, explained, strictness = (options.pop(name) for name in ("as_json", "explain", "strictness"))
    settings = QASettings() if strictness is None else QASettings(strictness=strictness)
    answer = open_engine(context.data_dir, settings).query(question, **options)
    show(_to_json(answer, explained=explained) if as_json else _to_text(answer, explained=explained))
    if answer.refused:
        ctx.exit(NO_EVIDENCE)


def _to_json(answer: "Answer", *, explained: bool) -> str:
    row = answer.to_json()
    if explained and answer.explanation:
        row["explanation"] = answer.explanation.to_json()
    return json.dumps(row)


def _to_text(answer: "Answer", *, explained: bool) -> str:
    told = _refusal(answer) if answer.refused else "\n".join([str(answer), "", *map(_citation, answer.citations)])
    return f"{told}\n\n{answer.explanation.to_text()}" if explained and answer.explanation else told


def _refusal(answer: "Answer") -> str:
    nearest = [
        f"  {_where(p.article)}\n    {shorten(p.text, 160, placeholder=' …')}" for p in answer.retrieved[:_NEAREST]
    ]
    return "\n".join([answer.reason, *(["", "Nearest:", *nearest] if nearest else [])])


def _citation(citation: "Citation") -> str:
    place = f"{_where(citation.article)} ({citation.article_id}:{citation.start}-{citation.end})"
    copies = "".join(f"\n    also in: {_where(article)}" for article in citation.also_in)
    return f"[{citation.number}] {place}\n    {one_line(citation.quote)}{copies}"


def _where(article: "Article") -> str:
    return ", ".join(one_line(str(part)) for part in (name(article), article.source, article.published) if part)
