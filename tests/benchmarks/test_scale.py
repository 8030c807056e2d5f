"""What the benchmark measures on: copies that are articles of their own, and vectors that are near the originals'."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index_store.article import Article
from index_store.catalog import Catalog
from index_store.embedding import MiniLMEmbedding
from index_store.layout import CATALOG_FILE
from index_store.scope import Scope
from index_store.store import ArticleStore
from index_store.vectors import FolderVectors
from tests.benchmarks.material import CHUNKER, OUTLETS, copies, originals
from tests.benchmarks.scale import index_of, passages_in

PASSAGES = 24


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    return originals(Path("no such folder"))[:4]  # of the samples


@pytest.fixture(scope="module")
def keep(articles: tuple[Article, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keep")
    index_of(PASSAGES, articles, folder)
    return folder


def test_copies_are_other_articles_the_same_at_every_run(articles: tuple[Article, ...]) -> None:
    first, second = ([copied.article for copied in copies(articles, PASSAGES)] for _ in range(2))

    assert first == second
    assert len({article.id for article in first}) == len({article.text for article in first}) == len(first)
    assert sum(len(CHUNKER.passages(article)) for article in first) >= PASSAGES
    assert {article.source for article in first} == set(OUTLETS)
    assert first[: len(articles)] == [replace(a, source=OUTLETS[n % 2]) for n, a in enumerate(articles)]


def test_an_index_of_copies_is_opened_by_the_bundled_model_and_made_once(
    articles: tuple[Article, ...], keep: Path
) -> None:
    made = (keep / str(PASSAGES) / CATALOG_FILE).stat().st_mtime_ns

    folder = index_of(PASSAGES, articles, keep)

    assert (folder / CATALOG_FILE).stat().st_mtime_ns == made
    assert passages_in(folder) >= PASSAGES
    with ArticleStore(folder, MiniLMEmbedding()) as store:
        hits = store.search(articles[0].title, limit=20)
    assert {hit.stored.passage.article_id.partition("-copy-")[0] for hit in hits[:2]} == {articles[0].id}


def test_the_vector_of_a_copy_is_beside_that_of_its_original(articles: tuple[Article, ...], keep: Path) -> None:
    folder = keep / str(PASSAGES)
    catalog = Catalog(folder / CATALOG_FILE)
    stored = catalog.passages(catalog.keys_in(Scope()))
    vectors = FolderVectors(folder / catalog.placement.vectors)
    rows = {stored[key].passage.id: row for key, row in vectors.readable(sorted(stored)).items()}
    vectors.close()
    catalog.close()

    name = articles[0].id
    original, copy = rows[f"{name}#0"], rows[f"{name}-copy-1#0"]

    assert np.linalg.norm(copy) == pytest.approx(1, abs=1e-3)
    assert 0.9 < float(original @ copy) < 0.99
