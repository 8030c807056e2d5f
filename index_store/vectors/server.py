"""Vectors on a Chroma server, which keeps their files itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from typing import Any
from uuid import uuid4

from index_store.catalog import Ledger, LedgerEntry
from index_store.chroma_server import ChromaServer
from index_store.errors import ChromaServerError, IndexDamagedError
from index_store.remedies import REPAIR
from index_store.vectors.chroma import imported_chroma, settings_of
from index_store.vectors.session import MissingError, ServerSession, trusted_certificates
from index_store.vectors.vectors import Vectors

# Chroma Cloud takes and gives no more rows at once, though its `get_max_batch_size` says 1,000.
_MOST_ROWS = 300
_STAMPS_KEPT = 4
_STAMP, _PURPOSE = "stamp", "made_for"


class Connection:
    """A server and database that are asked when something is wanted of them, and not before."""

    def __init__(self, server: ChromaServer) -> None:
        self.server = server

    @cached_property
    def api(self) -> Any:
        """Chroma's interface to the server, after a look at what answers there."""
        # `chromadb.HttpClient` sends requests as it is made, before its time could be limited.
        chroma = imported_chroma()
        settings = settings_of(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=self.server.url,
            chroma_server_http_port=0,  # asked for, and not looked at beside a whole address
            chroma_server_ssl_verify=trusted_certificates(),  # of a session that is never used; else it reads its own
        )
        api = chroma.config.System(settings).instance(chroma.api.ServerAPI)
        theirs = api._session  # which cannot be chosen otherwise
        api._session = ServerSession(self.server, theirs.headers)
        theirs.close()
        with self.translated():
            try:
                api.heartbeat()
                api.get_database(self.server.database, self.server.tenant)
            except MissingError as error:
                text = f"{self.server.shown} has no such tenant or database ({error})"
                raise ChromaServerError(
                    f"{text}; make it there, or check --chroma-tenant and --chroma-database"
                ) from error
        return api

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raises what Chroma's client makes of a reply it cannot read as an error of ours."""
        faults = (imported_chroma().errors.ChromaError, ValueError, LookupError, TypeError)
        try:
            yield
        except faults as error:
            # it takes replies apart without looking at them
            text = f"{self.server.shown} gave a reply that cannot be used ({type(error).__name__}: {error})"
            raise ChromaServerError(f"{text}; check --chroma-url and the server's version") from error

    def create(self, name: str, metadata: dict[str, str]) -> None:
        """An empty collection."""
        with self.translated():
            self.api.create_collection(
                name,
                configuration={"hnsw": {"space": "cosine"}},
                metadata=metadata,
                get_or_create=True,  # a request may be sent twice
                **self._database,
            )

    def find(self, name: str) -> Any | None:
        """Chroma's own description of a collection; None when there is none of that name."""
        with self.translated():
            try:
                return self.api.get_collection(name, **self._database)
            except MissingError:
                return None

    def drop(self, name: str) -> None:
        """Deletes a collection; that it is not there is no fault."""
        with self.translated():
            try:
                self.api.delete_collection(name, **self._database)
            except MissingError:
                return

    def close(self) -> None:
        """Closes what connections are open."""
        if "api" in self.__dict__:
            self.api._session.close()

    @property
    def _database(self) -> dict[str, str]:
        return {"tenant": self.server.tenant, "database": self.server.database}


class ServerVectors(Vectors):
    """The vectors in one collection of a server."""

    def __init__(self, connection: Connection, ledger: Ledger, name: str) -> None:
        """Opens what `Connection.create` made."""
        self._connection = connection
        self._ledger = ledger
        self._open(name)

    @property
    def name(self) -> str:
        """What the catalog calls it: the collection's name."""
        return self._name

    @property
    def shown(self) -> str:
        """What a message calls it."""
        return f"the collection {self._name!r} on {self._connection.server.shown}"

    def claim(self) -> None:
        """Leaves a new stamp; it is entered before, beside older ones, which a writer that is killed may leave."""
        entry = self._ledger.entry(self._name)
        stamps = (uuid4().hex, *(entry.stamps if entry else ()))[:_STAMPS_KEPT]
        self._ledger.enter(LedgerEntry(self._name, self._connection.server.place, stamps))
        with self._translated():
            self._collection.modify(metadata=marks(stamp=stamps[0]))

    def reopen(self, name: str | None = None) -> None:
        """Looks whether it is still there, or opens another; what others write is seen at once."""
        self._open(name or self._name)

    def close(self) -> None:
        """Nothing: connections belong to the home."""

    def keys(self) -> frozenset[int]:
        """Every key that is named; while somebody writes, some may be overlooked, and `named` is sure."""
        keys: list[str] = []
        with self._translated():
            while page := self._collection.get(limit=_MOST_ROWS, offset=len(keys), include=[])["ids"]:
                keys += page
        return frozenset(map(int, keys))

    @property
    def _batch_size(self) -> int:
        size = int(self._connection.api.get_max_batch_size())
        return min(size, _MOST_ROWS) if size > 0 else _MOST_ROWS  # not every server says one

    def _open(self, name: str) -> None:
        self._name = name
        collection = import_module("chromadb.api.models.Collection").Collection
        self._collection = collection(client=self._connection.api, model=self._found(), embedding_function=None)

    def _found(self) -> Any:
        found = self._connection.find(self._name)
        if found is None:
            raise IndexDamagedError(f"{self.shown} is gone; {REPAIR}")
        return found

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with self._connection.translated():
            try:
                yield
            except MissingError as error:
                raise IndexDamagedError(f"{self.shown} is gone; {REPAIR}") from error


def marks(*, stamp: str, purpose: str = "") -> dict[str, str]:
    """What a collection is marked with: the last writing, and what it is being made for until it is in use."""
    return {_STAMP: stamp, **({_PURPOSE: purpose} if purpose else {})}


def stamp_of(collection: Any) -> str:
    """The stamp in Chroma's description of a collection; empty without."""
    return str((collection.metadata or {}).get(_STAMP, ""))


def purpose_of(collection: Any) -> str:
    """What a collection is being made for; empty once it is in use."""
    return str((collection.metadata or {}).get(_PURPOSE, ""))


def space_of(collection: Any) -> str:
    """What a collection measures nearness by, whichever kind of graph the server keeps."""
    kinds = collection.configuration_json
    return str(next((kinds[kind].get("space") for kind in ("hnsw", "spann") if kinds.get(kind)), "nothing"))
