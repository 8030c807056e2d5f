"""The catalog: the truth about articles and passages, and the door to SQLite."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from index_store.article import Article
from index_store.errors import ArticleNotFoundError, DataDirError, IndexMismatchError
from index_store.passage import Passage
from index_store.records import StoreCounts, StoredPassage, article_of, scope_values, stored_passage_of
from index_store.scope import Scope

SCHEMA_VERSION = 1

# NULL and '[]' stand for "not limited"; the order of the values is that of `scope_values`.
_IN_SCOPE = (
    " (?1 IS NULL OR published >= ?1) AND (?2 IS NULL OR published <= ?2)"
    " AND (?3 = '[]' OR casefold(source) IN (SELECT value FROM json_each(?3)))"
)


class Catalog:
    """Articles and passages with versions, in SQLite; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        with _translated(path):
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
            self._connection.create_function("casefold", 1, str.casefold, deterministic=True)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._path = path
        self._migrate()

    def close(self) -> None:
        """Releases the file."""
        self._connection.close()

    @property
    def generation(self) -> int:
        """A number that grows with every change to what is current."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    @property
    def fingerprint(self) -> str:
        """What the indexes were built with; empty while nothing is stored."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'fingerprint'")
        return str(rows[0][0]) if rows else ""

    def set_fingerprint(self, fingerprint: str) -> None:
        """Records what the indexes are built with."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", (fingerprint,))

    def content_hashes(self, article_ids: Iterable[str]) -> Mapping[str, str]:
        """Content hash of each of `article_ids` that is current."""
        sql = (
            "SELECT article_id, content_hash FROM current_articles WHERE article_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._rows(sql, _listed(article_ids)))

    def begin(self, articles: Sequence[tuple[Article, Sequence[Passage]]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Stores pending versions; returns their numbers and the keys of all their passages, in order."""
        versions: list[int] = []
        keys: list[int] = []
        with self._transaction() as connection:
            for article, passages in articles:
                versions.append(_insert_version(connection, article))
                keys += [_insert_passage(connection, versions[-1], *numbered) for numbered in enumerate(passages)]
        return tuple(versions), tuple(keys)

    def publish(self, versions: Sequence[int]) -> None:
        """Makes pending versions current and retires those they replace, in one step."""
        with self._transaction() as connection:
            listed = _listed(versions)
            connection.execute(
                "UPDATE versions SET state = 'retired' WHERE state = 'current' AND article_id IN"
                " (SELECT article_id FROM versions WHERE version IN (SELECT value FROM json_each(?)))",
                (listed,),
            )
            connection.execute(
                "UPDATE versions SET state = 'current' WHERE version IN (SELECT value FROM json_each(?))", (listed,)
            )
            _grow(connection)

    def retire(self, article_ids: Sequence[str]) -> int:
        """Takes articles out of what is current; returns how many there were."""
        with self._transaction() as connection:
            cursor = connection.execute(
                "UPDATE versions SET state = 'retired' WHERE state = 'current' AND article_id IN"
                " (SELECT value FROM json_each(?))",
                (_listed(article_ids),),
            )
            _grow(connection)
            return cursor.rowcount

    def leftovers(self) -> tuple[int, ...]:
        """Keys of passages that are not current: still in the indexes, or half written."""
        sql = "SELECT key FROM passages JOIN versions USING (version) WHERE state <> 'current'"
        return tuple(row[0] for row in self._rows(sql))

    def sweep(self) -> None:
        """Forgets the versions that are not current; their keys must be out of the indexes."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM versions WHERE state <> 'current'")

    def passages(self, keys: Iterable[int]) -> Mapping[int, StoredPassage]:
        """The current passages among `keys`; what is not current is left out."""
        sql = "SELECT * FROM current_passages WHERE key IN (SELECT value FROM json_each(?))"
        return {row[0]: stored_passage_of(row) for row in self._rows(sql, _listed(keys))}

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article in order; empty when it is not there."""
        sql = "SELECT * FROM current_passages WHERE article_id = ? ORDER BY position"
        return tuple(stored_passage_of(row).passage for row in self._rows(sql, article_id))

    def keys_in(self, scope: Scope) -> tuple[int, ...]:
        """Keys of the current passages inside `scope`."""
        sql = "SELECT key FROM current_passages WHERE" + _IN_SCOPE  # noqa: S608 - two constants
        return tuple(row[0] for row in self._rows(sql, *scope_values(scope)))

    def article(self, article_id: str) -> Article:
        """The current version of an article.

        Raises:
            ArticleNotFoundError: no current article has that id.
        """
        rows = self._rows("SELECT * FROM current_articles WHERE article_id = ?", article_id)
        if not rows:
            raise ArticleNotFoundError(f"no article {article_id!r}; `article-qa articles list` shows the ids")
        return article_of(rows[0])

    def articles(self, scope: Scope) -> Iterator[Article]:
        """Current articles inside `scope`, newest first, those without a date last."""
        order = " ORDER BY published IS NULL, published DESC, article_id"
        sql = "SELECT * FROM current_articles WHERE" + _IN_SCOPE + order  # noqa: S608 - constants
        return map(article_of, self._rows(sql, *scope_values(scope)))

    def article_ids_for_url(self, url: str) -> tuple[str, ...]:
        """Ids of the current articles with that URL."""
        rows = self._rows("SELECT article_id FROM current_articles WHERE url = ? ORDER BY article_id", url)
        return tuple(row[0] for row in rows)

    def counts(self) -> StoreCounts:
        """How many articles and passages are current."""
        rows = self._rows("SELECT (SELECT count(*) FROM current_articles), (SELECT count(*) FROM current_passages)")
        return StoreCounts(*rows[0])

    def date_range(self) -> tuple[date, date] | None:
        """First and last day of publication; None when no article has a date."""
        row = self._rows("SELECT min(published), max(published) FROM current_articles")[0]
        return (date.fromisoformat(row[0]), date.fromisoformat(row[1])) if row[0] else None

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock, _translated(self._path):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _migrate(self) -> None:
        version = self._rows("PRAGMA user_version")[0][0]
        if version > SCHEMA_VERSION:
            raise IndexMismatchError(
                f"the index at {str(self._path.parent)!r} was written by a newer article-qa; update article-qa"
            )
        if version == 0:
            with self._lock, _translated(self._path):
                schema = files("index_store").joinpath("schema.sql").read_text(encoding="utf-8")
                self._connection.executescript(f"BEGIN; {schema}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # ours, not the disk's
    except sqlite3.Error as error:
        raise DataDirError(f"cannot use the catalog {str(path)!r}: {error}") from error


def _listed(values: Iterable[Any]) -> str:
    return json.dumps(list(values))


def _insert_version(connection: sqlite3.Connection, article: Article) -> int:
    published = article.published.isoformat() if article.published else None
    cursor = connection.execute(
        "INSERT INTO versions (article_id, state, content_hash, title, source, author, published, url, text)"
        " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.content_hash,
            article.title,
            article.source,
            article.author,
            published,
            article.url,
            article.text,
        ),
    )
    return int(cursor.lastrowid or 0)


def _insert_passage(connection: sqlite3.Connection, version: int, position: int, passage: Passage) -> int:
    cursor = connection.execute(
        'INSERT INTO passages (version, position, "start", "end", text) VALUES (?, ?, ?, ?, ?)',
        (version, position, passage.start, passage.end, passage.text),
    )
    return int(cursor.lastrowid or 0)


def _grow(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
