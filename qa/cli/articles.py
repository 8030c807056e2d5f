"""`article-qa articles`: what is indexed."""

import json
from collections.abc import Sequence
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
        click.echo(
            json.dumps(
                {"schema": 1, "articles": [{**_described(article), **_also_in(article.also_in)} for article in listed]}
            )
        )
        return
    for article in listed:
        outlets = ", ".join(article.outlets)
        show(one_line(f"{article.published or '----------'}  {article.id}  {article.title}  {outlets}"))


@articles.command("show")
@click.argument("article_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def show_article(context: CLIContext, article_id: str, as_json: bool) -> None:
    """Show one article in full."""
    with _store(context) as store:
        article, places = store.article(article_id), store.places(article_id)
    elsewhere = [place for place in places if place.id != article.id]
    if as_json:
        click.echo(json.dumps({"schema": 1, **_described(article), **_also_in(elsewhere), "text": article.text}))
        return
    published = article.published.isoformat() if article.published else ""
    updated = f"updated {article.updated}" if article.updated else ""
    heading = [article.title, article.source, article.author, published, updated, article.language, article.url]
    heading += [f"also in: {_where(place)}" for place in elsewhere]
    show("\n".join([*map(one_line, filter(None, heading)), "", article.text]))


@articles.command("remove")
@click.argument("article_ids", nargs=-1, required=True)
@click.pass_obj
def remove_articles(context: CLIContext, article_ids: tuple[str, ...]) -> None:
    """Remove articles from the index; with one unknown id none is removed.

    Of a text that several places have printed the named ones go.
    """
    with _store(context) as store:
        places = {place.id: place for article_id in article_ids for place in store.places(article_id)}
        click.echo(f"{store.remove(article_ids)} removed")
    for place in places.values():
        if place.id not in article_ids:
            show(f"the same text stays indexed from {one_line(_where(place))}")


def _store(context: CLIContext) -> "ArticleStore":
    from index_store.store import ArticleStore

    index = context.index()
    return ArticleStore(index.data_dir, index.embedder, index.settings)


def _described(article: "Article | ArticleHeader") -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "language": article.language or None,
        "url": article.url,
    }


def _also_in(places: "Sequence[Article | ArticleHeader]") -> dict[str, object]:
    return {"also_in": [_described(place) for place in places]}


def _where(place: "Article") -> str:
    named = ", ".join(str(part) for part in (place.source, place.published, place.url) if part)
    return f"{named} ({place.id})" if named else place.id
