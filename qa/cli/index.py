"""`article-qa index`: articles into the index."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from qa.cli.context import CLIContext
from qa.cli.terminal import one_line, show

if TYPE_CHECKING:
    from index_store.article import Article
    from index_store.loading import SkippedInput
    from index_store.report import IndexReport

DONE_IN_PART = 3


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL…")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    metavar="N",
    help="Pages fetched from each feed or sitemap, the newest first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def index(ctx: click.Context, inputs: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Index articles from files, folders, globs, pages, feeds or sitemaps; what is unchanged is left alone."""
    from index_store.fetching.url import without_user
    from index_store.loading import load_articles
    from index_store.store import ArticleStore

    context: CLIContext = ctx.obj
    loaded = load_articles(inputs, limit=limit)
    skipped: list[SkippedInput] = []
    place = context.index()
    with (
        ArticleStore.create(place.data_dir, place.embedder, place.settings) as store,
        _Progress() as progress,
    ):
        report = store.add(_articles(loaded, skipped), on_progress=progress.show)
    show(json.dumps(_to_json(report, skipped)) if as_json else _to_text(report, skipped))
    if not report.articles:
        raise click.ClickException(
            "no article was found in " + ", ".join(repr(without_user(given)) for given in inputs)
        )
    if skipped:
        ctx.exit(DONE_IN_PART)


def _articles(loaded: "Iterator[Article | SkippedInput]", skipped: "list[SkippedInput]") -> "Iterator[Article]":
    from index_store.article import Article

    for item in loaded:
        if isinstance(item, Article):
            yield item
        else:
            skipped.append(item)


class _Progress:
    """A progress line on stderr, where that is a terminal."""

    def __enter__(self) -> "_Progress":
        from tqdm import tqdm

        self._bar = tqdm(unit=" articles", disable=None, desc="Indexing")  # None: only on a terminal
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, report: "IndexReport") -> None:
        """Moves the line to the report's counts."""
        self._bar.set_postfix_str(f"{report.passages} passages", refresh=False)
        self._bar.update(report.articles - self._bar.n)


def _to_json(report: "IndexReport", skipped: "list[SkippedInput]") -> dict[str, object]:
    return {
        "schema": 1,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "skipped": [{"input": item.input, "reason": item.reason} for item in skipped],
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
    }


def _to_text(report: "IndexReport", skipped: "list[SkippedInput]") -> str:
    counts = (
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged,"
        f" {report.duplicates} duplicates; {report.passages} passages in {report.seconds:.1f} s"
    )
    return "\n".join([counts, *(one_line(f"skipped {item.input}: {item.reason}") for item in skipped)])
