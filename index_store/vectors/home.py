"""The home of the vectors: where those of an index are made, found and swept."""

from pathlib import Path
from typing import Protocol

from index_store.catalog import Catalog
from index_store.chroma_server import ChromaServer
from index_store.vectors.folder_home import FolderHome
from index_store.vectors.server_home import ServerHome
from index_store.vectors.vectors import Vectors


class Home(Protocol):
    """Where the vectors of one index are kept, under the names that its catalog gives them."""

    @property
    def place(self) -> str:
        """What the catalog keeps to know it again, as `Placement.server`."""

    @property
    def where(self) -> str:
        """Where that is, in words."""

    @property
    def caveat(self) -> str:
        """What no check can see there; empty where everything can be seen."""

    def create(self) -> str:
        """Makes room for the vectors of an index that is begun, and returns its name."""

    def open(self, name: str) -> Vectors:
        """The vectors of that name."""

    def missing(self, name: str) -> str:
        """Why the vectors of that name cannot be opened; empty when they are there and of this index."""

    def fault(self, name: str) -> str:
        """Why nothing may be read or written under that name any more, as far as it shows before it is opened."""

    def begin(self, fingerprint: str, in_use: str) -> str:
        """Where vectors for `fingerprint` are being made beside those in use: what a kill left, or new."""

    def settled(self, name: str) -> str:
        """Brings what is not open here to where it opens quickly, and returns its name from now on."""

    def is_making(self, in_use: str) -> bool:
        """Whether vectors are being made, or were when a kill came."""

    def sweep(self, in_use: str, *, keep_making: bool) -> None:
        """Drops what is neither in use nor, if that is kept, being made."""

    def close(self) -> None:
        """Releases what is open."""


def home_of(data_dir: Path, catalog: Catalog, server: ChromaServer | None) -> Home:
    """The home of an index on `server`, or in its own folder; nothing is asked or opened yet."""
    if server is None:
        return FolderHome(data_dir, catalog.index_id)
    return ServerHome(server, catalog.upkeep.ledger)
