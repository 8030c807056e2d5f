"""The command `article-qa`."""

import sys
from importlib import import_module
from pathlib import Path

import click

from index_store.errors import ArticleQAError
from qa.cli.context import CLIContext
from qa.logs import start_logging

INTERRUPTED = 130

_COMMANDS = {
    "index": "qa.cli.index:index",
    "ask": "qa.cli.ask:ask",
    "chat": "qa.cli.chat:chat",
    "articles": "qa.cli.articles:articles",
    "doctor": "qa.cli.doctor:doctor",
    "repair": "qa.cli.repair:repair",
    "eval": "qa.cli.eval:eval_group",
}


class LazyGroup(click.Group):
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


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARTICLE_QA_DATA_DIR",
    help="Where the index lives. [default: the user's data directory]",
)
@click.option(
    "--log",
    type=click.Choice(["debug", "info", "warning"]),
    default="warning",
    envvar="ARTICLE_QA_LOG",
    help="What is logged to stderr: info is one line a question, without its words; debug shows them.",
)
@click.version_option(package_name="article-qa", prog_name="article-qa")
@click.pass_context
def cli(ctx: click.Context, data_dir: Path | None, log: str) -> None:
    """Ask a folder of news articles; get a short answer and the passages that prove it."""
    start_logging(log)
    ctx.obj = CLIContext(data_dir, log)


def main() -> None:
    """Runs the command line; an expected fault is one line on stderr and an exit code."""
    try:
        code = cli.main(prog_name="article-qa", standalone_mode=False)
    except ArticleQAError as error:
        click.echo(f"article-qa: {error}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except OSError as error:  # a full disk behind stdout, a reader that has gone
        click.echo(f"article-qa: {error.strerror or error}", err=True)
        code = ArticleQAError.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("article-qa: interrupted", err=True)
        code = INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
