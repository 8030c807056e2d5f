"""The `eval` commands by name."""

from importlib import import_module

import click

_COMMANDS = {
    "init": "qa.cli.eval.init:init_command",
    "draft": "qa.cli.eval.draft:draft_command",
    "run": "qa.cli.eval.run:run_command",
    "compare": "qa.cli.eval.compare:compare_command",
    "report": "qa.cli.eval.report:report_command",
}


class _LazyEvalGroup(click.Group):
    """Commands that are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a user needs them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group("eval", cls=_LazyEvalGroup)
def eval_group() -> None:
    """Evaluate the answers with a question set."""
