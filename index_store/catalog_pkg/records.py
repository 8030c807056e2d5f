"""Rows of the catalog as values."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index_store.article import Article
from index_store.passage import Passage
from index_store.scope import Scope


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A current passage with what is known of its article."""

    key: int  # names the passage in the derived indexes
    passage: Passage
    title: str
    source: str
    published: date | None


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much is indexed."""

    articles: int
    passages: int


def scope_values(scope: Scope) -> tuple[str | None, str | None, str]:
    """The scope as the three values that the catalog's queries take."""
    since = scope.since.isoformat() if scope.since else None
    until = scope.until.isoformat() if scope.until else None
    return since, until, json.dumps([source.casefold() for source in scope.sources])


def article_of(row: Sequence[Any]) -> Article:
    """The article in a row of `current_articles`."""
    article_id, text, title, source, author, published, url = row[:7]
    return Article(article_id, text, title, source, author, _day(published), url)


def stored_passage_of(row: Sequence[Any]) -> StoredPassage:
    """The passage in a row of `current_passages`."""
    key, article_id, position, start, end, text, title, source, published = row
    passage = Passage(f"{article_id}#{position}", article_id, start, end, text)
    return StoredPassage(key, passage, title, source, _day(published))


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None
