"""Rows of the catalog as values."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index_store.article import Article
from index_store.passage import Passage
from index_store.quotations import Quotation
from index_store.scope import Scope


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
class ArticleHeader:
    """A current article without its text."""

    id: str
    title: str
    source: str
    author: str
    published: date | None
    url: str


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
    passages: tuple[Passage, ...]
    quotations: tuple[Quotation, ...]


def scope_values(scope: Scope) -> tuple[str | None, str | None, str]:
    """The scope as the three values that the catalog's queries take."""
    since = scope.since.isoformat() if scope.since else None
    until = scope.until.isoformat() if scope.until else None
    return since, until, json.dumps([source.casefold() for source in scope.sources])


def article_of(row: Sequence[Any]) -> Article:
    """The article in a row of `current_articles`."""
    article_id, text, title, source, author, published, url = row[:7]
    return Article(article_id, text, title, source, author, _day(published), url)


def header_of(row: Sequence[Any]) -> ArticleHeader:
    """The header in a row of `article_id, title, source, author, published, url`."""
    article_id, title, source, author, published, url = row
    return ArticleHeader(article_id, title, source, author, _day(published), url)


def stored_passage_of(row: Sequence[Any]) -> StoredPassage:
    """The passage in a row of `current_passages`."""
    key, article_id, position, start, end, text, title, source, published, version = row
    passage = Passage(f"{article_id}#{position}", article_id, start, end, text)
    return StoredPassage(key, passage, title, source, _day(published), version)


def stored_quotation_of(row: Sequence[Any]) -> StoredQuotation:
    """The quotation in a row of `current_quotations`."""
    article_id, *fields, title, source, published, version, _ = row
    return StoredQuotation(article_id, Quotation(*fields), title, source, _day(published), version)


def surname_of(name: str) -> str:
    """The last word of a name without case and accents: what quotations are looked up by."""
    last = (name.split() or [""])[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode("ascii")
    return (plain or last).casefold().strip(".,’'")


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None
