"""The places: where the same text was printed, and which of them lie inside a scope."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index_store.article import Article
from index_store.catalog.database import Database
from index_store.catalog.records import (
    ARTICLE_COLUMNS,
    Place,
    StoredPassage,
    StoredQuotation,
    article_of,
    day_of,
)
from index_store.scope import Scope

# The order of the values is that of `scope_values`; None and '[]' stand for "not limited". A range that is given is
# spelled as one, so that the index of days is searched and not read from end to end.
_ANY_DAY = "coalesce(?1, ?2) IS NULL"
_DAYS = "{0}published BETWEEN coalesce(?1, '') AND coalesce(?2, '9999-12-31')"
_OUTLETS = "(?3 = '[]' OR casefold({0}source) IN (SELECT value FROM json_each(?3)))"
_LEADS = "state = 'current' AND lead IS NULL"
_OTHERS = "state = 'current' AND lead IS NOT NULL"  # spelled as in the indexes, which are of these rows alone


def inside(scope: Scope, table: str = "") -> str:
    """The condition for a row of `versions` to be printed inside `scope`."""
    days = _DAYS if scope.since or scope.until else _ANY_DAY
    return f"{days} AND {_OUTLETS}".format(table)


def holders_inside(scope: Scope) -> str:
    """The query for versions among which are all that hold the passages of what is printed inside `scope`.

    The others hold none: places are not left out, because the index of days does not know them.
    """
    return (
        f"SELECT version FROM versions WHERE state = 'current' AND {inside(scope)} UNION SELECT version FROM versions"  # noqa: S608
        f" WHERE {_LEADS} AND article_id IN (SELECT lead FROM versions WHERE {_OTHERS} AND {inside(scope)})"
    )


def _places_inside(scope: Scope) -> str:
    return (
        "SELECT version, article_id, title, source, published, version FROM versions"  # noqa: S608 - constants
        f" WHERE version IN (SELECT value FROM json_each(?4)) AND {_LEADS} AND {inside(scope)}"
        " UNION ALL SELECT l.version, v.article_id, v.title, v.source, v.published, v.version FROM versions l"
        " JOIN versions v ON v.lead = l.article_id AND v.state = 'current' AND v.lead IS NOT NULL"
        f" WHERE l.version IN (SELECT value FROM json_each(?4)) AND l.state = 'current' AND {inside(scope, 'v.')}"
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether an article that comes again stays where it is."""

    text_key: str
    is_lead: bool


class Places:
    """Questions about articles that are the same text; one of them, the lead, holds passages and quotations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def passages_inside(self, stored: Mapping[int, StoredPassage], scope: Scope) -> Mapping[int, StoredPassage]:
        """Those of current passages whose article is printed inside `scope`, each in such a place."""
        if scope.is_everything:
            return stored
        places = self._inside({passage.version for passage in stored.values()}, scope)
        inside = {key: passage for key, passage in stored.items() if passage.version in places}
        return {key: places[passage.version].passage(passage) for key, passage in inside.items()}

    def quotations_inside(self, stored: Sequence[StoredQuotation], scope: Scope) -> Sequence[StoredQuotation]:
        """Those of current quotations whose article is printed inside `scope`, each in such a place."""
        if scope.is_everything:
            return stored
        places = self._inside({quotation.version for quotation in stored}, scope)
        return [places[told.version].quotation(told) for told in stored if told.version in places]

    def _inside(self, holders: Iterable[int], scope: Scope) -> Mapping[int, Place]:
        """Of each version that holds passages the place to show: the lead if it is inside `scope`, else the first."""
        places: dict[int, Place] = {}
        rows = self._database.rows(_places_inside(scope), *scope_values(scope), json.dumps(list(holders)))
        for holder, article_id, title, source, published, version in sorted(rows, key=lambda row: int(row[-1])):
            place = Place(article_id, title, source, day_of(published), version)
            if holder == version:
                places[holder] = place
            else:
                places.setdefault(holder, place)
        return places

    def of(self, article_id: str) -> tuple[Article, ...]:
        """The article in all its places under the id of each, the lead first; empty when it is not there."""
        lead = self.leads_of([article_id]).get(article_id, article_id)
        return (*self._articles("article_id = ?1", lead), *self.others([lead]))

    def others(self, leads: Iterable[str]) -> tuple[Article, ...]:
        """The articles that name one of `leads` as theirs, in the order they came."""
        condition = "lead IS NOT NULL AND lead IN (SELECT value FROM json_each(?1)) ORDER BY version"
        return tuple(self._articles(condition, json.dumps(list(leads))))

    def copies_of(self, article_id: str) -> tuple[Article, ...]:
        """The articles that tell the story of this one in nearly the same words, in the order they came."""
        condition = (
            "version IN (SELECT other FROM copies WHERE version ="
            " (SELECT holder FROM current_articles WHERE article_id = ?1)) ORDER BY version"
        )
        return tuple(self._articles(condition, article_id))

    def leads_of(self, article_ids: Iterable[str]) -> Mapping[str, str]:
        """The lead of each of `article_ids` that is not its own."""
        sql = (
            f"SELECT article_id, lead FROM versions WHERE {_OTHERS}"  # noqa: S608 - constants
            " AND article_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._database.rows(sql, json.dumps(list(article_ids))))

    def leads_by_text(self, text_keys: Iterable[str]) -> Mapping[str, str]:
        """The lead of each text that is indexed; where several are, the one that came first."""
        sql = (
            f"SELECT text_key, article_id FROM versions WHERE {_LEADS}"  # noqa: S608 - constants
            " AND text_key IN (SELECT value FROM json_each(?)) ORDER BY version DESC"
        )
        return dict(self._database.rows(sql, json.dumps(list(text_keys))))

    def standings(self, article_ids: Iterable[str]) -> Mapping[str, Standing]:
        """How those of `article_ids` that are there stand."""
        sql = (
            "SELECT article_id, text_key, lead FROM versions WHERE state = 'current'"
            " AND article_id IN (SELECT value FROM json_each(?))"
        )
        rows = self._database.rows(sql, json.dumps(list(article_ids)))
        return {article_id: Standing(key, lead is None) for article_id, key, lead in rows}

    def ids_for_url(self, url: str) -> tuple[str, ...]:
        """Ids of the articles of that URL, with those of their other places."""
        sql = "SELECT coalesce(lead, article_id) FROM versions WHERE state = 'current' AND url = ?"
        leads = sorted({row[0] for row in self._database.rows(sql, url)})
        sql = f"SELECT article_id FROM versions WHERE {_OTHERS} AND lead IN (SELECT value FROM json_each(?))"  # noqa: S608
        return (*leads, *(row[0] for row in self._database.rows(sql + " ORDER BY version", json.dumps(leads))))

    def _articles(self, condition: str, *values: Any) -> Iterator[Article]:
        sql = f"SELECT {ARTICLE_COLUMNS} FROM current_articles WHERE {condition}"  # noqa: S608 - constants
        return map(article_of, self._database.rows(sql, *values))


def scope_values(scope: Scope) -> tuple[str | None, str | None, str]:
    """The scope as the three values that the catalog's queries take."""
    since = scope.since.isoformat() if scope.since else None
    until = scope.until.isoformat() if scope.until else None
    return since, until, json.dumps([source.casefold() for source in scope.sources])
