"""Provenance: where else what is cited was printed."""

from collections.abc import Iterable
from dataclasses import replace

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from index_store.store import ArticleStore
from qa.citation import Citation


def with_places(citations: Iterable[Citation], store: ArticleStore) -> tuple[Citation, ...]:
    """The citations, each with the other places of its text before the copies that it names already."""
    return tuple(_with_places(citation, store) for citation in citations)


def _with_places(citation: Citation, store: ArticleStore) -> Citation:
    elsewhere = (place for named in (citation.article, *citation.also_in) for place in _places(named, store))
    distinct = {article.id: article for article in elsewhere if article.id != citation.article.id}
    return replace(citation, also_in=tuple(distinct.values()))


def _places(article: Article, store: ArticleStore) -> tuple[Article, ...]:
    try:
        return (article, *store.places(article.id))
    except ArticleNotFoundError:  # removed since it was found
        return (article,)
