"""The catalog: the truth about articles, passages and quotations."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from index_store.article import Article
from index_store.catalog.database import Database
from index_store.catalog.inserts import insert_passages, insert_quotations, insert_version
from index_store.catalog.likeness import Likeness
from index_store.catalog.listing import Listing
from index_store.catalog.placement import Placement, grow, place, placement_in
from index_store.catalog.places import Places, holders_inside, scope_values
from index_store.catalog.records import (
    ARTICLE_COLUMNS,
    ArticleHeader,
    Cut,
    PassageCounts,
    StoreCounts,
    StoredPassage,
    StoredQuotation,
    article_of,
    stored_passage_of,
    stored_quotation_of,
)
from index_store.catalog.upkeep import Upkeep
from index_store.errors import ArticleNotFoundError
from index_store.passage import Passage
from index_store.scope import Scope


class Catalog:
    """Articles with their versions, passages and quotations; safe to use from several threads."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Opens the catalog; without `create`, an empty file is refused."""
        self._database = Database(path, create=create)

    def close(self) -> None:
        """Releases the file."""
        self._database.close()

    @property
    def is_in_place(self) -> bool:
        """Whether its file still lies where it was opened; one that was deleted can be read, and is nobody's."""
        return self._database.is_in_place

    @property
    def index_id(self) -> str:
        """What this index is told apart from every other by."""
        return str(self._database.rows("SELECT value FROM meta WHERE key = 'index_id'")[0][0])

    @property
    def upkeep(self) -> Upkeep:
        """What a check and a repair ask."""
        return Upkeep(self._database)

    @property
    def places(self) -> Places:
        """Which articles are the same text."""
        return Places(self._database)

    @property
    def likeness(self) -> Likeness:
        """Which articles are copies of each other."""
        return Likeness(self._database)

    @property
    def placement(self) -> Placement:
        """Where the derived indexes lie and what they were made with, of one moment."""
        return placement_in(self._database)

    @property
    def generation(self) -> int:
        """A number that grows with every change to what is current."""
        return self.placement.generation

    def move(self, placement: Placement, versions: Sequence[int] = ()) -> None:
        """Makes readers look where `placement` says, and `versions` current, in one step; its generation is ours."""
        with self._database.transaction() as connection:
            place(connection, placement)
            _publish(connection, versions)

    @property
    def last_key(self) -> int:
        """The highest key that was ever given to a passage."""
        rows = self._database.rows("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        return int(rows[0][0]) if rows else 0

    def set_fingerprint(self, fingerprint: str) -> None:
        """Records what the indexes are built with."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", (fingerprint,))

    def content_hashes(self, article_ids: Iterable[str]) -> Mapping[str, str]:
        """Content hash of each of `article_ids` that is current."""
        sql = (
            "SELECT article_id, content_hash FROM current_articles WHERE article_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._database.rows(sql, _listed(article_ids)))

    def begin(self, cuts: Sequence[Cut]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Stores pending versions; returns their numbers and the keys of all their passages, in order."""
        versions: list[int] = []
        keys: list[int] = []
        with self._database.transaction() as connection:
            for cut in cuts:
                versions.append(insert_version(connection, cut))
                keys += insert_passages(connection, versions[-1], cut.passages)
                insert_quotations(connection, versions[-1], cut.quotations)
        return tuple(versions), tuple(keys)

    def publish(self, versions: Sequence[int], *, retired: Sequence[str] = ()) -> None:
        """Makes pending versions current, retires those they replace and the articles `retired`, in one step."""
        with self._database.transaction() as connection:
            _publish(connection, versions, retired)

    def leftovers(self) -> tuple[int, ...]:
        """Keys of passages that are not current: still in the indexes, or half written."""
        sql = "SELECT key FROM passages JOIN versions USING (version) WHERE state <> 'current'"
        return tuple(row[0] for row in self._database.rows(sql))

    def sweep(self) -> None:
        """Forgets the versions that are not current; their keys must be out of the indexes."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM versions WHERE state <> 'current'")
            connection.execute("DELETE FROM meta WHERE key = 'recut'")

    def passages(self, keys: Iterable[int]) -> Mapping[int, StoredPassage]:
        """The current passages among `keys`; what is not current is left out."""
        sql = "SELECT * FROM current_passages WHERE key IN (SELECT value FROM json_each(?))"
        return {row[0]: stored_passage_of(row) for row in self._database.rows(sql, _listed(keys))}

    def passage_counts(self) -> PassageCounts:
        """How many passages are current and how many there are in all, from indexes alone."""
        sql = (
            "SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM passages"
            " WHERE version IN (SELECT version FROM versions WHERE state <> 'current'))"
        )
        every, leftover = self._database.rows(sql)[0]
        return PassageCounts(every - leftover, every)

    def oldest_key(self) -> int | None:
        """The lowest key of a current passage."""
        sql = (
            "SELECT key FROM passages CROSS JOIN versions USING (version) WHERE state = 'current' ORDER BY key LIMIT 1"
        )
        return next((row[0] for row in self._database.rows(sql)), None)

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article in order; empty when it is not there."""
        sql = (
            'SELECT article_id || \'#\' || position, article_id, p."start", p."end", p.text FROM current_articles'
            " JOIN passages p ON p.version = holder WHERE article_id = ? ORDER BY position"
        )
        return tuple(Passage(*row) for row in self._database.rows(sql, article_id))

    def keys_in(self, scope: Scope) -> tuple[int, ...]:
        """Keys of the current passages inside `scope`."""
        sql = f"SELECT key FROM passages WHERE version IN ({holders_inside(scope)})"  # noqa: S608 - constants
        return tuple(row[0] for row in self._database.rows(sql, *scope_values(scope)))

    def article(self, article_id: str) -> Article:
        """The current version of an article.

        Raises:
            ArticleNotFoundError: no current article has that id.
        """
        sql = f"SELECT {ARTICLE_COLUMNS} FROM current_articles WHERE article_id = ?"  # noqa: S608 - a constant
        rows = self._database.rows(sql, article_id)
        if not rows:
            raise ArticleNotFoundError(f"no article {article_id!r}; `article-qa articles list` shows the ids")
        return article_of(rows[0])

    def articles_of(self, versions: Iterable[int]) -> Mapping[int, Article]:
        """The articles of these versions, current or retired; one that was swept is left out."""
        sql = (
            f"SELECT {ARTICLE_COLUMNS}, version FROM versions"  # noqa: S608 - a constant
            " WHERE version IN (SELECT value FROM json_each(?)) AND state <> 'pending'"
        )
        return {row[-1]: article_of(row) for row in self._database.rows(sql, _listed(versions))}

    def articles(self, scope: Scope) -> Iterator[Article]:
        """Current articles inside `scope`, newest first, those without a date last; a few in memory at a time.

        One that is there in several places comes once.
        """
        return Listing(self._database).articles(scope)

    def headers(self, scope: Scope) -> Iterator[ArticleHeader]:
        """What `articles` gives, without the texts."""
        return Listing(self._database).headers(scope)

    def quotations_by(self, surname: str, scope: Scope) -> tuple[StoredQuotation, ...]:
        """Quotations whose speaker has that last name, as `surname_of` folds it, newest article first."""
        sql = "SELECT * FROM current_quotations WHERE surname = ?"
        stored = map(stored_quotation_of, self._database.rows(sql, surname))
        return tuple(sorted(self.places.quotations_inside(tuple(stored), scope), key=_newest_first))

    def quotations_in(self, article_ids: Iterable[str]) -> tuple[StoredQuotation, ...]:
        """All quotations of these articles, each article's in order."""
        sql = (
            'SELECT article_id, "start", "end", kind, speaker, speaker_start, speaker_end, role, verb, told, title,'
            " source, published, a.version, surname FROM current_articles a JOIN quotations q ON q.version = holder"
            ' WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, "start"'
        )
        return tuple(map(stored_quotation_of, self._database.rows(sql, _listed(article_ids))))

    def counts(self) -> StoreCounts:
        """How many articles and passages are current."""
        rows = self._database.rows(
            "SELECT (SELECT count(*) FROM current_articles WHERE lead IS NULL), (SELECT count(*) FROM current_passages)"
        )
        return StoreCounts(*rows[0])

    def date_range(self) -> tuple[date, date] | None:
        """First and last day of publication; None when no article has a date."""
        row = self._database.rows("SELECT min(published), max(published) FROM current_articles")[0]
        return (date.fromisoformat(row[0]), date.fromisoformat(row[1])) if row[0] else None


def _listed(values: Iterable[Any]) -> str:
    return json.dumps(list(values))


def _newest_first(stored: StoredQuotation) -> tuple[int, str, int]:
    day = stored.published
    return -day.toordinal() if day else 0, stored.article_id, stored.quotation.start


def _publish(connection: sqlite3.Connection, versions: Sequence[int], retired: Sequence[str] = ()) -> None:
    replaced = [
        row[0]
        for row in connection.execute(
            "SELECT article_id FROM versions WHERE version IN (SELECT value FROM json_each(?))", (_listed(versions),)
        )
    ]
    connection.execute(
        "UPDATE versions SET state = 'retired' WHERE state = 'current' AND article_id IN"
        " (SELECT value FROM json_each(?))",
        (_listed([*replaced, *retired]),),
    )
    connection.execute(
        "UPDATE versions SET state = 'current' WHERE version IN (SELECT value FROM json_each(?))", (_listed(versions),)
    )
    grow(connection)
