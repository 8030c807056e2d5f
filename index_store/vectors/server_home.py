"""Vectors at home on a Chroma server: in collections whose names no other index has."""

from hashlib import sha256
from uuid import uuid4

from index_store.catalog import Ledger, LedgerEntry
from index_store.chroma_server import ChromaServer
from index_store.vectors.server import Connection, ServerVectors, marks, purpose_of, space_of, stamp_of


class ServerHome:
    """A `Home` on a server.

    A copy of the catalog would write the same collection with keys of its own. So a writing leaves a stamp on it that
    only the writing catalog knows, and a collection with another stamp is neither read, written nor dropped.
    """

    def __init__(self, server: ChromaServer, ledger: Ledger) -> None:
        self._server = server
        self._connection = Connection(server)
        self._ledger = ledger

    @property
    def place(self) -> str:
        """What the catalog keeps to know the server again."""
        return self._server.place

    @property
    def where(self) -> str:
        """Where that is, in words."""
        return f"on {self._server.shown}"

    @property
    def caveat(self) -> str:
        """That the files are the server's own."""
        return "the files of its graph are the server's own and were not looked at"

    def create(self) -> str:
        """An empty collection."""
        return self._created()

    def open(self, name: str) -> ServerVectors:
        """The vectors in that collection."""
        return ServerVectors(self._connection, self._ledger, name)

    def missing(self, name: str) -> str:
        """Whether the collection is gone, another copy's, or of another kind than was made; empty for none of these."""
        found = self._connection.find(name)
        if found is None:
            return f"its collection {name!r} is not {self.where}"
        if stamp_of(found) not in self._stamps(name):  # asked for later, so that a writing meanwhile is no fault
            return f"its collection {name!r} has been written for another copy of this index"
        if space_of(found) != "cosine":
            return f"its collection {name!r} measures by {space_of(found)!r} instead of cosine"
        return ""

    def fault(self, name: str) -> str:
        """What is missing: more cannot be seen before it is opened."""
        return self.missing(name)

    def begin(self, fingerprint: str, in_use: str) -> str:
        """The collection that a kill left of the same making, or a new one."""
        purpose = _purpose(fingerprint)
        for entry in self._others(in_use):
            found = self._connection.find(entry.name)
            if found and stamp_of(found) in entry.stamps and purpose_of(found) == purpose:
                return entry.name
        return self._created(purpose)

    def settled(self, name: str) -> str:
        """The collection as it is: the server looks after its graph."""
        return name

    def is_making(self, in_use: str) -> bool:
        """Whether a collection is being made, or was when a kill came."""
        return any(self._others(in_use))

    def sweep(self, in_use: str, *, keep_making: bool) -> None:
        """Drops the collections of the ledger that nobody needs; those of other copies are struck out alone."""
        for entry in self._others(in_use):
            found = self._connection.find(entry.name)
            if found and stamp_of(found) in entry.stamps:
                if keep_making and purpose_of(found):
                    continue
                self._connection.drop(entry.name)
            self._ledger.strike(entry.name)

    def close(self) -> None:
        """Closes what connections are open."""
        self._connection.close()

    def _created(self, purpose: str = "") -> str:
        name = f"article-qa-{uuid4().hex}"
        self._ledger.enter(LedgerEntry(name, self.place, (name,)))  # before: what a kill leaves can be swept
        self._connection.create(name, marks(stamp=name, purpose=purpose))
        return name

    def _others(self, in_use: str) -> list[LedgerEntry]:
        return [entry for entry in self._ledger.entries() if entry.server == self.place and entry.name != in_use]

    def _stamps(self, name: str) -> tuple[str, ...]:
        entry = self._ledger.entry(name)
        return entry.stamps if entry else ()


def _purpose(fingerprint: str) -> str:
    return sha256(fingerprint.encode()).hexdigest()  # Chroma Cloud keeps 256 bytes at most
