"""The articles of an index, as the figures look them up."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.errors import ArticleNotFoundError
from qa.evaluation.checked import ArticleLookups, SpokenSpan
from qa.evaluation.questions import Question


class ArticleStore(Protocol):
    """Whatever finds an article by its id and by its URL; the index does."""

    def article(self, article_id: str, /) -> Article:
        """Return the article, or raise `ArticleNotFoundError`."""

    def article_ids_for_url(self, url: str, /) -> tuple[str, ...]:
        """Return the ids of the articles that came from `url`, or none."""


@runtime_checkable
class QuotationStore(Protocol):
    """Whatever knows who is quoted in an article; the index does."""

    def quotations_in(self, article_ids: Iterable[str], /) -> tuple[StoredQuotation, ...]:
        """Return the quotations of these articles."""


@runtime_checkable
class PlaceStore(Protocol):
    """Whatever knows that articles are the same text from several places; the index does."""

    def places(self, article_id: str, /) -> tuple[Article, ...]:
        """Return the article in every place, under the id of each."""


def lookups_in(store: ArticleStore) -> ArticleLookups:
    """Lookups in the articles of an index; a gold name is an id first, else a URL, of any place of its text."""

    def found(article_id: str) -> Article | None:
        try:
            return store.article(article_id)
        except ArticleNotFoundError:
            return None

    def text_of(article_id: str) -> str | None:
        article = found(article_id)
        return article.text if article else None

    def outlet_of(article_id: str) -> str:
        article = found(article_id)
        return article.source if article else ""

    def ids_of(name: str) -> tuple[str, ...]:
        if not found(name):
            return store.article_ids_for_url(name)
        places = store.places(name) if isinstance(store, PlaceStore) else ()
        return tuple(dict.fromkeys((name, *(place.id for place in places))))

    def spoken_in(article_id: str) -> tuple[SpokenSpan, ...]:
        quotations = store.quotations_in((article_id,)) if isinstance(store, QuotationStore) else ()
        return tuple(
            SpokenSpan(q.quotation.start, q.quotation.end, q.quotation.speaker)
            for q in quotations
            if q.quotation.speaker
        )

    return ArticleLookups(text_of=text_of, ids_of=ids_of, outlet_of=outlet_of, spoken_in=spoken_in)


def unknown_gold(questions: Iterable[Question], lookups: ArticleLookups) -> tuple[str, ...]:
    """The distinct gold names that lead to no article of the index, in order of first use."""
    names = dict.fromkeys(name for question in questions for name in question.gold)
    return tuple(name for name in names if not lookups.ids_of(name))
