"""`article-qa ask`: a question, an answer with its citations."""

import json
from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from qa.cli.context import CLIContext
from qa.cli.options import scope_options
from qa.cli.terminal import name, one_line, show
from qa.settings import MODES

if TYPE_CHECKING:
    from index_store.article import Article
    from qa.answer import Answer, RetrievedPassage
    from qa.citation import Citation
    from qa.stream import AnswerStream

NO_EVIDENCE = 4
_NEAREST = 3  # passages shown with a refusal


@click.command()
@click.argument("question")
@scope_options
@click.option("--mode", type=click.Choice(MODES), help="Who writes the answer.  [default: auto]")
@click.option("--stream", "streamed", is_flag=True, help="Print each statement as soon as it has been checked.")
@click.option("--history", multiple=True, metavar="QUESTION", help="A question asked before; oldest first.")
@click.option("--strictness", type=click.FloatRange(0, 1), help="Probability of an answer below which it is refused.")
@click.option("--explain", is_flag=True, help="Show how the question was read and what was kept or dropped, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def ask(ctx: click.Context, /, question: str, **options: Any) -> None:
    """Answer QUESTION from the indexed articles; exit with 4 when they do not say."""
    from qa.errors import UnansweredError
    from qa.settings import QASettings

    if not question.strip():
        raise click.UsageError("the question is empty")
    context: CLIContext = ctx.obj
    as_json, explained, strictness, streamed = (
        options.pop(name) for name in ("as_json", "explain", "strictness", "streamed")
    )
    settings = QASettings() if strictness is None else QASettings(strictness=strictness)
    engine = context.engine(settings)
    try:
        said = ""
        if streamed:
            stream = engine.stream(question, **options)
            said = "" if as_json else _say(stream)
            answer = stream.answer
        else:
            answer = engine.query(question, **options)
    except UnansweredError as error:
        failed = {**error.answer.to_json(), "error": str(error)}
        show(json.dumps(failed) if as_json else "\n".join(_nearest(error.answer.retrieved)))
        raise
    show(_to_json(answer, explained=explained) if as_json else _to_text(answer, said, explained=explained))
    if answer.refused:
        ctx.exit(NO_EVIDENCE)


def _say(stream: "AnswerStream") -> str:
    """Shows the statements of the stream as they come; returns what they were."""
    said = []
    for statement in stream:
        said.append(str(statement))
        show(said[-1])
    return " ".join(said)


def _to_json(answer: "Answer", *, explained: bool) -> str:
    row = answer.to_json()
    if explained and answer.explanation:
        row["explanation"] = answer.explanation.to_json()
    return json.dumps(row)


def _to_text(answer: "Answer", said: str, *, explained: bool) -> str:
    """The answer for a terminal, without its statements where they are what was `said` already."""
    told = _refusal(answer) if answer.refused else _statements(answer, said)
    return f"{told}\n\n{answer.explanation.to_text()}" if explained and answer.explanation else told


def _statements(answer: "Answer", said: str) -> str:
    text = " ".join(map(str, answer.statements))
    doubts = [f"  {problem}" for statement in answer.statements for problem in statement.problems]
    blocks = [
        [answer.note] if answer.note else [],
        [text] if text != said else [],
        ["Not verified:", *doubts] if doubts else [],
        ["The answer broke off before its end."] if answer.incomplete else [],
        [_citation(citation) for citation in answer.citations],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _refusal(answer: "Answer") -> str:
    return "\n\n".join(filter(None, [answer.note, answer.reason, "\n".join(_nearest(answer.retrieved))]))


def _nearest(passages: "Iterable[RetrievedPassage]") -> list[str]:
    nearest = [
        f"  {_where(p.article)}\n    {shorten(p.text, 160, placeholder=' …')}" for p in tuple(passages)[:_NEAREST]
    ]
    return ["Nearest:", *nearest] if nearest else []


def _citation(citation: "Citation") -> str:
    place = f"{_where(citation.article)} ({citation.article_id}:{citation.start}-{citation.end})"
    copies = "".join(f"\n    also in: {_where(article)}" for article in citation.also_in)
    notices = "".join(f"\n    the article says: {one_line(notice)}" for notice in citation.corrections)
    return f"[{citation.number}] {place}\n    {one_line(citation.quote)}{copies}{notices}"


def _where(article: "Article") -> str:
    return ", ".join(one_line(str(part)) for part in (name(article), article.source, article.published) if part)
