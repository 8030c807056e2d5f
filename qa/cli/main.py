"""The command `article-qa`."""

import sys
from pathlib import Path

import click

from index_store.errors import ArticleQAError
from qa.cli.context import CLIContext
from qa.cli.lazy_group import LazyGroup
from qa.cli.options import chroma_options
from qa.cli.terminal import show
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


@click.group(
    cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "show_default": True}
)
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARTICLE_QA_DATA_DIR",
    help="Where the index lives. [default: the user's data directory]",
)
@chroma_options
@click.option(
    "--log",
    type=click.Choice(["debug", "info", "warning"]),
    default="warning",
    envvar="ARTICLE_QA_LOG",
    help="What is logged to stderr: info is one line a question, without its words; debug shows them.",
)
@click.version_option(package_name="article-qa", prog_name="article-qa")
@click.pass_context
def cli(ctx: click.Context, /, data_dir: Path | None, log: str, **chroma: str | None) -> None:
    """Ask a folder of news articles; get a short answer and the passages that prove it."""
    start_logging(log)
    ctx.obj = CLIContext(data_dir, log, {name: value for name, value in chroma.items() if value is not None})


def main() -> None:
    """Runs the command line; an expected fault is one line on stderr and an exit code."""
    try:
        code = cli.main(prog_name="article-qa", standalone_mode=False)
    except ArticleQAError as error:
        show(f"article-qa: {error}", err=True)  # it may repeat what a file says
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
