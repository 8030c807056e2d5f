"""The `eval` commands by name."""

import click

from qa.cli.lazy_group import LazyGroup

_COMMANDS = {
    "init": "qa.cli.eval.init:init_command",
    "draft": "qa.cli.eval.draft:draft_command",
    "run": "qa.cli.eval.run:run_command",
    "compare": "qa.cli.eval.compare:compare_command",
    "report": "qa.cli.eval.report:report_command",
}


@click.group("eval", cls=LazyGroup, lazy=_COMMANDS)
def eval_group() -> None:
    """Evaluate the answers with a question set."""
