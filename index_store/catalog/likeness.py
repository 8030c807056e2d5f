"""The likeness: which articles are copies of each other."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from index_store.catalog.database import Database

_MOST = 50  # articles that one is compared with: of a story that hundreds print, the most alike
# With one band in common, that are looked at, the last that came; without a limit, indexing forms of which there are
# thousands would take longer with each. Of 16,445 articles of an agency no more than 21 have a band in common.
_LATEST = 200
Record = Callable[[int, Iterable[int], Iterable[int]], None]  # a version, its bands, and what it is a copy of
_TO_COMPARE = "state = 'current' AND lead IS NULL AND compared = 0"  # spelled as in the index


class Likeness:
    """What is known of copies; it follows what is current, and needs no other upkeep than to be completed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, sketch: str) -> None:
        """Forgets what was compared by other sketches."""
        if self._database.rows("SELECT value FROM meta WHERE key = 'sketch'") == [(sketch,)]:
            return
        with self._database.transaction() as connection:
            for table in ("copies", "bands"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - one of two constants
            connection.execute("UPDATE versions SET compared = 0 WHERE compared <> 0")
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('sketch', ?)", (sketch,))

    def uncompared(self) -> tuple[int, ...]:
        """Versions that have not been compared with those before them."""
        rows = self._database.rows(f"SELECT version FROM versions WHERE {_TO_COMPARE} ORDER BY version")  # noqa: S608
        return tuple(row[0] for row in rows)

    def candidates(self, version: int, bands: Sequence[int]) -> tuple[int, ...]:
        """Current versions with a band in common, those with most of them first."""
        sql = f"SELECT version FROM bands WHERE band = ? AND version <> ? ORDER BY version DESC LIMIT {_LATEST}"  # noqa: S608
        shared = Counter(row[0] for band in bands for row in self._database.rows(sql, band, version))
        current = self._database.rows(
            "SELECT version FROM versions WHERE version IN (SELECT value FROM json_each(?))"
            " AND state = 'current' AND lead IS NULL ORDER BY version",
            json.dumps(list(shared)),
        )
        return tuple(sorted((row[0] for row in current), key=lambda other: -shared[other])[:_MOST])

    @contextmanager
    def recording(self) -> Iterator[Record]:
        """A transaction in which what is found of each version is kept, and seen by the comparisons after it."""
        with self._database.transaction() as connection:

            def record(version: int, bands: Iterable[int], copies: Iterable[int]) -> None:
                connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, version) for band in bands])
                both = [pair for other in copies for pair in ((version, other), (other, version))]
                connection.executemany("INSERT OR IGNORE INTO copies VALUES (?, ?)", both)
                connection.execute("UPDATE versions SET compared = 1 WHERE version = ?", (version,))

            yield record

    def groups(self, keys: Iterable[int]) -> Mapping[int, int]:
        """For passages of articles that are copies of others' among `keys`: a number that all of a group have."""
        sql = "SELECT key, version FROM passages WHERE key IN (SELECT value FROM json_each(?))"
        versions = dict(self._database.rows(sql, json.dumps(list(keys))))
        listed = json.dumps(sorted(set(versions.values())))
        pairs = self._database.rows(
            "SELECT version, other FROM copies WHERE version IN (SELECT value FROM json_each(?1))"
            " AND other IN (SELECT value FROM json_each(?1)) AND version < other ORDER BY version, other",
            listed,
        )
        first: dict[int, int] = {}
        for one, other in pairs:
            _join(first, one, other)
        return {key: _first(first, version) for key, version in versions.items() if version in first}


def _join(first: dict[int, int], one: int, other: int) -> None:
    roots = sorted((_first(first, one), _first(first, other)))
    first.update(dict.fromkeys((one, other, *roots), roots[0]))


def _first(first: dict[int, int], version: int) -> int:
    while first.get(version, version) != version:
        version = first[version]
    return version
