"""`article-qa articles`: what is indexed."""

import json
from typing import TYPE_CHECKING

import click

from qa.cli.context import CLIContext
from qa.cli.terminal import one_line, show

if TYPE_CHECKING:
    from index_store.article import Article
    from index_store.catalog import ArticleHeader
    from index_store.store import ArticleStore


@click.group()
def articles() -> None:
    """List, show or remove indexed articles."""


@articles.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def list_articles(context: CLIContext, as_json: bool) -> None:
    """List the articles, newest first."""
    with _store(context) as store:
        listed = list(store.headers())
    if as_json:
        click.echo(json.dumps({"schema": 1, "articles": [_header(article) for article in listed]}))
        return
    for article in listed:
        show(one_line(f"{article.published or '----------'}  {article.id}  {article.title}  {article.source}"))


@articles.command("show")
@click.argument("article_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def show_article(context: CLIContext, article_id: str, as_json: bool) -> None:
    """Show one article in full."""
    with _store(context) as store:
        article = store.article(article_id)
    if as_json:
        click.echo(json.dumps({"schema": 1, **_header(article), "text": article.text}))
        return
    published = article.published.isoformat() if article.published else ""
    heading = [article.title, article.source, article.author, published, article.url]
    show("\n".join([*map(one_line, filter(None, heading)), "", article.text]))


@articles.command("remove")
@click.argument("article_ids", nargs=-1, required=True)
@click.pass_obj
def remove_articles(context: CLIContext, article_ids: tuple[str, ...]) -> None:
    """Remove articles from the index; with one unknown id none is removed."""
    with _store(context) as store:
        click.echo(f"{store.remove(article_ids)} removed")


def _store(context: CLIContext) -> "ArticleStore":
    from index_store.store import ArticleStore

    index = context.index()
    return ArticleStore(index.data_dir, index.embedder, index.settings)


def _header(article: "Article | ArticleHeader") -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
    }
