"""The ledger: the collections on Chroma servers that were made for a catalog and may still be there."""

from dataclasses import dataclass

from index_store.catalog.database import Database


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A collection on a server."""

    name: str
    server: str  # as `ChromaServer.place`
    stamps: tuple[str, ...]  # of the last writings, newest first; the collection has one of them


class Ledger:
    """The collections of a catalog, in use or not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self) -> tuple[LedgerEntry, ...]:
        """All of them, by name."""
        rows = self._database.rows("SELECT name, server, stamps FROM collections ORDER BY name")
        return tuple(LedgerEntry(name, server, tuple(stamps.split())) for name, server, stamps in rows)

    def entry(self, name: str) -> LedgerEntry | None:
        """The collection of that name; None when none was made for this catalog."""
        return next((entry for entry in self.entries() if entry.name == name), None)

    def enter(self, entry: LedgerEntry) -> None:
        """Adds a collection, or replaces what is known of it."""
        with self._database.transaction() as connection:
            row = (entry.name, entry.server, " ".join(entry.stamps))
            connection.execute("INSERT OR REPLACE INTO collections VALUES (?, ?, ?)", row)

    def strike(self, name: str) -> None:
        """Forgets a collection, which is gone or another's."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM collections WHERE name = ?", (name,))
