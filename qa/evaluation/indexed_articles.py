"""The articles of an index, as the figures look them up."""

from collections.abc import Iterable
from typing import Protocol

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from qa.evaluation.marks import ArticleLookups
from qa.evaluation.questions import Question


class ArticleStore(Protocol):
    """Whatever finds an article by its id and by its URL; the index does."""

    def article(self, article_id: str, /) -> Article:
        """Return the article, or raise `ArticleNotFoundError`."""

    def article_ids_for_url(self, url: str, /) -> tuple[str, ...]:
        """Return the ids of the articles that came from `url`, or none."""


def lookups_in(store: ArticleStore) -> ArticleLookups:
    """Lookups in the articles of an index; a gold name is an id first, else a URL."""

    def text_of(article_id: str) -> str | None:
        try:
            return store.article(article_id).text
        except ArticleNotFoundError:
            return None

    def ids_of(name: str) -> tuple[str, ...]:
        return store.article_ids_for_url(name) if text_of(name) is None else (name,)

    return ArticleLookups(text_of=text_of, ids_of=ids_of)


def unknown_gold(questions: Iterable[Question], lookups: ArticleLookups) -> tuple[str, ...]:
    """The distinct gold names that lead to no article of the index, in order of first use."""
    names = dict.fromkeys(name for question in questions for name in question.gold)
    return tuple(name for name in names if not lookups.ids_of(name))
