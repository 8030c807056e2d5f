"""`article-qa repair`: mends the index from its catalog."""

import click

from qa.cli.context import CLIContext
from qa.cli.doctor import print_diagnosis

_FULL = 100  # per cent


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what the checks find afterwards as one JSON object.")
@click.pass_context
def repair(ctx: click.Context, as_json: bool) -> None:
    """Mend what is broken, or rebuild the index for another embedding model."""
    from index_store.care import repair as mend

    context: CLIContext = ctx.obj
    index = context.index()
    diagnosis = mend(index.data_dir, index.embedder, index.settings, on_progress=_Progress().show)
    print_diagnosis(ctx, diagnosis, as_json=as_json)


class _Progress:
    """Lines on stderr, one a tenth of each part."""

    def __init__(self) -> None:
        self._last = ("", -1)

    def show(self, doing: str, done: int, total: int) -> None:
        """Says how far a part is, when it is a tenth further."""
        percent = _FULL * done // total if total else _FULL
        if (doing, percent // 10) != self._last:
            self._last = (doing, percent // 10)
            click.echo(f"{doing}: {done} of {total}", err=True)
