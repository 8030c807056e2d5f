"""The placement: where the derived indexes lie, and what they were made with."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from index_store.catalog.database import Database

_STORED = ("fingerprint", "vectors", "lexical", "flushed")
_ALL = (
    "SELECT key, value FROM meta UNION ALL SELECT 'server', server FROM collections"
    " WHERE name = (SELECT value FROM meta WHERE key = 'vectors')"
)


@dataclass(frozen=True, slots=True)
class Placement:
    """What the catalog says about its derived indexes, at one moment."""

    generation: int  # grows with every change to what is current
    fingerprint: str  # what the indexes were built with; empty while nothing is stored
    vectors: str  # the folder of the vectors, or their collection on a server
    lexical: str  # the folder of the words
    flushed: int  # the highest key that had been given when the graph of the vectors was last written to disk
    server: str = ""  # that holds the vectors, as `ChromaServer.place`; empty: a folder does. It follows from `vectors`


def placement_in(database: Database) -> Placement:
    """The placement, of one moment."""
    rows: Mapping[str, str] = dict(database.rows(_ALL))
    return Placement(
        generation=int(rows["generation"]),
        fingerprint=rows.get("fingerprint", ""),
        vectors=rows["vectors"],
        lexical=rows["lexical"],
        flushed=int(rows["flushed"]),
        server=rows.get("server", ""),
    )


def place(connection: sqlite3.Connection, placement: Placement) -> None:
    """Stores the placement, all but its generation and what follows from the rest, inside a transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [(name, str(getattr(placement, name))) for name in _STORED],
    )


def grow(connection: sqlite3.Connection) -> None:
    """Moves the generation on, which tells readers to look again."""
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
