"""The listing: what is indexed, each article in one place."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from index_store.article import Article
from index_store.catalog.database import Database
from index_store.catalog.places import Places, inside, scope_values
from index_store.catalog.records import ARTICLE_COLUMNS, HEADER_COLUMNS, ArticleHeader, article_of, header_of
from index_store.scope import Scope

_ORDER = "published IS NULL, published DESC, article_id"
_CHUNK = 200  # articles read at a time


class Listing:
    """Reads the articles inside a scope, newest first, those without a date last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self, scope: Scope) -> Iterator[Article]:
        """The articles, a few in memory at a time."""
        for ids in self._ids(scope):
            rows = self._by_id(f"article_id, {ARTICLE_COLUMNS}", ids)
            yield from (article_of(rows[article_id][1:]) for article_id in ids if article_id in rows)

    def headers(self, scope: Scope) -> Iterator[ArticleHeader]:
        """The same without the texts, each with its other places."""
        for ids in self._ids(scope):
            rows, elsewhere = self._by_id(HEADER_COLUMNS, ids), self._elsewhere(ids)
            for article_id in ids:
                if article_id in rows:
                    yield replace(header_of(rows[article_id]), also_in=elsewhere[article_id])

    def _ids(self, scope: Scope) -> Iterator[Sequence[str]]:
        """By chunks, not by a cursor, which a writer would have to wait for."""
        ids = self._shown(scope)
        return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))

    def _shown(self, scope: Scope) -> list[str]:
        """Of each article the lead if it is inside, else the first place that is."""
        sql = (
            "SELECT article_id, lead, version FROM versions"  # noqa: S608 - constants
            f" WHERE state = 'current' AND {inside(scope)} ORDER BY {_ORDER}"
        )
        rows = self._database.rows(sql, *scope_values(scope))
        best: dict[str, tuple[bool, int]] = {}
        for article_id, lead, version in rows:
            rank = (lead is not None, version)
            best[lead or article_id] = min(best.get(lead or article_id, rank), rank)
        return [article_id for article_id, lead, version in rows if best[lead or article_id][1] == version]

    def _elsewhere(self, article_ids: Sequence[str]) -> Mapping[str, tuple[ArticleHeader, ...]]:
        """The headers of the other places of each of `article_ids`, in the order they came."""
        leads = {article_id: article_id for article_id in article_ids}
        leads.update(Places(self._database).leads_of(article_ids))
        sql = (
            f"SELECT {HEADER_COLUMNS}, coalesce(lead, article_id) FROM versions WHERE state = 'current'"  # noqa: S608
            " AND lead IS NOT NULL AND lead IN (SELECT value FROM json_each(?1)) ORDER BY version"
        )
        others: dict[str, list[ArticleHeader]] = {}
        for row in self._database.rows(sql, json.dumps(list(leads.values()))):
            others.setdefault(row[-1], []).append(header_of(row))
        first = self._by_id(HEADER_COLUMNS, others)
        every = {lead: (header_of(row), *others[lead]) for lead, row in first.items()}
        return {
            article_id: tuple(header for header in every.get(lead, ()) if header.id != article_id)
            for article_id, lead in leads.items()
        }

    def _by_id(self, columns: str, ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        sql = f"SELECT {columns} FROM current_articles WHERE article_id IN (SELECT value FROM json_each(?))"  # noqa: S608
        return {row[0]: row for row in self._database.rows(sql, json.dumps(list(ids)))}
