"""Rows of the catalog as values."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from index_store.article import Article
from index_store.passage import Passage
from index_store.quotations import Quotation

HEADER_COLUMNS = "article_id, title, source, author, published, url, updated, language"
ARTICLE_COLUMNS = f"text, {HEADER_COLUMNS}"


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A current passage with what is known of its article."""

    key: int  # names the passage in the derived indexes
    passage: Passage
    title: str
    source: str
    published: date | None
    version: int  # of the article, whose offsets the passage counts


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article was printed, as far as it is searched by."""

    article_id: str
    title: str
    source: str
    published: date | None
    version: int

    def passage(self, stored: StoredPassage) -> StoredPassage:
        """The passage as one of the article in this place, whose text is the same."""
        position = stored.passage.id.removeprefix(stored.passage.article_id)
        passage = replace(stored.passage, id=self.article_id + position, article_id=self.article_id)
        return StoredPassage(stored.key, passage, self.title, self.source, self.published, self.version)

    def quotation(self, stored: "StoredQuotation") -> "StoredQuotation":
        """The quotation as one of the article in this place."""
        told = stored.quotation
        return StoredQuotation(self.article_id, told, self.title, self.source, self.published, self.version)


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """A current article without its text."""

    id: str
    title: str
    source: str
    author: str
    published: date | None
    url: str
    updated: date | None = None
    language: str = ""
    also_in: "tuple[ArticleHeader, ...]" = ()  # the same text in its other places

    @property
    def places(self) -> "tuple[ArticleHeader, ...]":
        """It and the same text in its other places."""
        return (self, *self.also_in)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that printed it, each once."""
        return tuple(dict.fromkeys(place.source for place in self.places if place.source))


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much is indexed."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation of a current article with what is known of the article."""

    article_id: str
    quotation: Quotation
    title: str
    source: str
    published: date | None
    version: int  # of the article, whose offsets the quotation counts


@dataclass(frozen=True, slots=True)
class PassageCounts:
    """How many passages the catalog holds."""

    current: int
    all: int  # with those begun but not published, and those retired but not swept


@dataclass(frozen=True, slots=True)
class Cut:
    """An article with what was found in it, ready to be stored."""

    article: Article
    passages: tuple[Passage, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    lead: str = ""  # id of the article that is the same text and holds its passages; empty: it is its own


def article_of(row: Sequence[Any]) -> Article:
    """The article in a row of `ARTICLE_COLUMNS`."""
    text, article_id, title, source, author, published, url, updated, language = row[:9]
    return Article(
        article_id, text, title, source, author, day_of(published), url, updated=day_of(updated), language=language
    )


def header_of(row: Sequence[Any]) -> ArticleHeader:
    """The header in a row of `HEADER_COLUMNS`."""
    article_id, title, source, author, published, url, updated, language = row[:8]
    return ArticleHeader(article_id, title, source, author, day_of(published), url, day_of(updated), language)


def stored_passage_of(row: Sequence[Any]) -> StoredPassage:
    """The passage in a row of `current_passages`."""
    key, article_id, position, start, end, text, title, source, published, version = row
    passage = Passage(f"{article_id}#{position}", article_id, start, end, text)
    return StoredPassage(key, passage, title, source, day_of(published), version)


def stored_quotation_of(row: Sequence[Any]) -> StoredQuotation:
    """The quotation in a row of `current_quotations`."""
    article_id, *fields, title, source, published, version, _ = row
    return StoredQuotation(article_id, Quotation(*fields), title, source, day_of(published), version)


def surname_of(name: str) -> str:
    """The last word of a name without case and accents: what quotations are looked up by."""
    last = (name.split() or [""])[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode("ascii")
    return (plain or last).casefold().strip(".,’'")


def day_of(stored: str | None) -> date | None:
    """The day in a column; None where it is empty."""
    return date.fromisoformat(stored) if stored else None
