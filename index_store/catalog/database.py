"""The database file: connection, transactions and schema, and the door to SQLite."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from index_store.article import text_key
from index_store.errors import REBUILD, ArticleQAError, DataDirError, IndexDamagedError, IndexMismatchError
from index_store.remedies import FULL, RESTORE

_LAYOUT = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_MALFORMED_SHOWN = 3  # lines of SQLite's own account


class Database:
    """One SQLite file; safe to use from several threads."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Opens the file and brings an older schema forward; without `create`, one that is empty is refused.

        Raises:
            IndexDamagedError: it is no database, or is empty and must not be.
            IndexMismatchError: it was written by a newer version.
            DataDirError: it cannot be read, or cannot be brought forward.
        """
        self._path = path
        self._lock = threading.RLock()
        with _translated(path):
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
            try:
                self._prepare(create)
                self._file = path.stat()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, create: bool) -> None:
        _add_functions(self._connection)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA journal_mode = WAL")
        scripts = _scripts()
        if self._version() == 0 and not create:
            raise IndexDamagedError(f"the catalog {str(self._path)!r} is empty; {RESTORE}")
        if self._version() < len(scripts):
            self._migrate(scripts)
        if self._version() > len(scripts):
            raise IndexMismatchError(
                f"the index at {str(self._path.parent)!r} was written by a newer article-qa; update article-qa"
            )
        if self.rows(_LAYOUT) != _layout_of(scripts):
            raise IndexMismatchError(
                f"the index at {str(self._path.parent)!r} was written by another version of article-qa; {REBUILD}"
            )

    def close(self) -> None:
        """Releases the file."""
        self._connection.close()

    @property
    def is_in_place(self) -> bool:
        """Whether the path still names the file that is open."""
        try:
            return os.path.samestat(self._file, self._path.stat())
        except OSError:
            return False

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

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    def _migrate(self, scripts: tuple[str, ...]) -> None:
        """Runs the scripts that the file has not seen, all or none of them."""
        with self.transaction() as connection:
            # read again: another process may have been first
            for script in scripts[self._version() :]:
                for statement in _statements(script):
                    connection.execute(statement)
            if self._version() < len(scripts):
                connection.execute(f"PRAGMA user_version = {len(scripts)}")


def malformation(path: Path) -> str | None:
    """What SQLite finds wrong with the pages of a database file; None when it finds nothing. Changes nothing.

    Raises:
        DataDirError: the file cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            told = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check({_MALFORMED_SHOWN})")]
    except sqlite3.Error as error:
        if not isinstance(_translation(path, error), IndexDamagedError):
            raise _translation(path, error) from error
        return str(error)
    return None if told == ["ok"] else "; ".join(" ".join(line.split()) for line in told)


def copy_database(path: Path, copy: Path) -> None:
    """Copies a database file that other processes may be writing: the copy is of one moment."""
    with (
        _translated(copy),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _scripts() -> tuple[str, ...]:
    """The schema as scripts, one a version; a new catalog runs them all, so that it differs in nothing from an old."""
    found = sorted(files("index_store.catalog").joinpath("schema").iterdir(), key=lambda script: script.name)
    return tuple(script.read_text(encoding="utf-8") for script in found if script.name.endswith(".sql"))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would end the transaction that they belong to."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _layout_of(scripts: tuple[str, ...]) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        _add_functions(connection)
        connection.executescript("".join(scripts))
        return connection.execute(_LAYOUT).fetchall()


def _add_functions(connection: sqlite3.Connection) -> None:
    """What queries and the scripts of the schema call beside SQLite's own functions."""
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    connection.create_function("text_key", 2, text_key, deterministic=True)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # ours, not the disk's
    except sqlite3.Error as error:
        raise _translation(path, error) from error


def _translation(path: Path, error: sqlite3.Error) -> ArticleQAError:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # of an extended code
    if primary in _CORRUPT:
        return IndexDamagedError(f"the catalog {str(path)!r} is damaged ({error}); {RESTORE}")
    if primary == sqlite3.SQLITE_FULL:
        return DataDirError(f"cannot write the catalog {str(path)!r}: {FULL}")
    if primary in _CLOSED:
        return DataDirError(f"cannot open {str(path)!r}: {error}; its folder must be writable, even to read it")
    return DataDirError(f"cannot use the catalog {str(path)!r}: {error}")
