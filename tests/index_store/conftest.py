"""A small store on disk, with an embedding model that needs no file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.stored import BRIDGE, DAM


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def store(tmp_path: Path, embedder: FakeEmbedder) -> Iterator[ArticleStore]:
    with ArticleStore.create(tmp_path, embedder) as store:
        store.add([BRIDGE, DAM])
        yield store
