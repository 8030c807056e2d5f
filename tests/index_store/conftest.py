"""A small store on disk, with an embedding model that needs no file, and vectors in its folder or on a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index_store.chroma_server import ChromaServer
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.chroma_run import ChromaRun
from tests.fakes import FakeEmbedder
from tests.index_store.stored import BRIDGE, DAM


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(params=["folder", "server"])
def chroma(request: pytest.FixtureRequest) -> ChromaServer | None:
    """Where the vectors are kept: whatever asks for it runs with both; `kept_in_folder` leaves the server out."""
    if request.param == "folder":
        return None
    server: ChromaRun = request.getfixturevalue("chroma_run")
    return server.database()


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not come back is asked as often, but given up sooner."""
    monkeypatch.setattr("index_store.vectors.session._PAUSES_S", (0.01, 0.02, 0.05))


@pytest.fixture
def settings(chroma: ChromaServer | None) -> StoreSettings:
    return StoreSettings(chroma=chroma)


@pytest.fixture
def store(tmp_path: Path, embedder: FakeEmbedder, settings: StoreSettings) -> Iterator[ArticleStore]:
    with ArticleStore.create(tmp_path, embedder, settings) as store:
        store.add([BRIDGE, DAM])
        yield store
