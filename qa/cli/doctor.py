"""`article-qa doctor`: whether the index is whole."""

import json
from typing import TYPE_CHECKING

import click

from qa.cli.context import CLIContext
from qa.cli.terminal import one_line, show

if TYPE_CHECKING:
    from index_store.care import Diagnosis

UNHEALTHY = 1
_WIDTH = 9  # of the longest word that is checked


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check every part of the index; nothing is changed."""
    from index_store.care import examine

    context: CLIContext = ctx.obj
    index = context.index()
    print_diagnosis(ctx, examine(index.data_dir, index.embedder, index.settings), as_json=as_json)


def print_diagnosis(ctx: click.Context, diagnosis: "Diagnosis", *, as_json: bool) -> None:
    """Prints a line a check, or JSON, and ends the command with 1 where something is to be done."""
    show(json.dumps(_to_json(diagnosis)) if as_json else _to_text(diagnosis))
    if not diagnosis.is_healthy:
        ctx.exit(UNHEALTHY)


def _to_text(diagnosis: "Diagnosis") -> str:
    lines = []
    for finding in diagnosis.findings:
        word = "ok" if finding.is_ok else "problem"
        remedy = f"; {finding.remedy}" if finding.remedy else ""
        lines.append(f"{word:7}  {finding.check:{_WIDTH}}  {one_line(finding.detail + remedy)}")
    return "\n".join(lines)


def _to_json(diagnosis: "Diagnosis") -> dict[str, object]:
    return {
        "schema": 1,
        "healthy": diagnosis.is_healthy,
        "writer": diagnosis.writer,
        "checks": [
            {"check": finding.check, "ok": finding.is_ok, "detail": finding.detail, "remedy": finding.remedy or None}
            for finding in diagnosis.findings
        ],
    }
