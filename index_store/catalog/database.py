"""The database file: connection, transactions and schema, and the door to SQLite."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from index_store.errors import REBUILD, DataDirError, IndexMismatchError

SCHEMA_VERSION = 1
_LAYOUT = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"


class Database:
    """One SQLite file; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        with _translated(path):
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
            self._connection.create_function("casefold", 1, str.casefold, deterministic=True)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._migrate()

    def close(self) -> None:
        """Releases the file."""
        self._connection.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, _translated(self._path):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is all done or not at all."""
        with self._lock, _translated(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # some errors have rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def _migrate(self) -> None:
        schema = files("index_store.catalog").joinpath("schema.sql").read_text(encoding="utf-8")
        version = self.rows("PRAGMA user_version")[0][0]
        if version > SCHEMA_VERSION:
            raise IndexMismatchError(
                f"the index at {str(self._path.parent)!r} was written by a newer article-qa; update article-qa"
            )
        if version == 0:
            with self._lock, _translated(self._path):
                self._connection.executescript(f"BEGIN; {schema}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        if self.rows(_LAYOUT) != _layout_of(schema):
            raise IndexMismatchError(
                f"the index at {str(self._path.parent)!r} was written by another version of article-qa; {REBUILD}"
            )


def _layout_of(schema: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema)
        return connection.execute(_LAYOUT).fetchall()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # ours, not the disk's
    except sqlite3.Error as error:
        raise DataDirError(f"cannot use the catalog {str(path)!r}: {error}") from error
