from pathlib import Path

import pytest

from index_store.article import Article
from index_store.catalog import Cut, StoreCounts
from index_store.errors import (
    ArticleNotFoundError,
    IndexMismatchError,
)
from index_store.passage import Passage
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.stored import BRIDGE, DAM, found


class OneVector(FakeEmbedder):
    """Gives every text the same vector."""

    vector: list[float]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self.vector


def test_indexing_the_same_thing_twice_embeds_nothing(store: ArticleStore, embedder: FakeEmbedder) -> None:
    embedder.asked.clear()
    report = store.add([BRIDGE, DAM])
    assert (report.added, report.updated, report.unchanged, report.passages) == (0, 0, 2, 0)
    assert embedder.asked == []


def test_the_same_article_twice_in_one_run_is_a_duplicate(store: ArticleStore) -> None:
    report = store.add([Article("new", "Fresh words."), Article("new", "Fresh words.")])
    assert (report.added, report.duplicates) == (1, 1)


def test_a_changed_article_replaces_its_old_version(store: ArticleStore) -> None:
    report = store.add([Article("bridge", "The viaduct reopened.", "Viaduct")])
    assert (report.added, report.updated) == (0, 1)
    assert store.counts() == StoreCounts(2, 2)
    assert "closed" not in [hit.stored.passage.text for hit in store.search("closed")]
    assert store.article("bridge").published is None


def test_changed_metadata_alone_is_a_change(store: ArticleStore) -> None:
    changed = Article(BRIDGE.id, BRIDGE.text, "Bridge shut again", BRIDGE.source, published=BRIDGE.published)
    assert store.add([changed]).updated == 1
    assert store.article("bridge").title == "Bridge shut again"


def test_versions_of_one_article_in_one_run_end_with_the_last(store: ArticleStore) -> None:
    store.add([Article("new", "First words."), Article("new", "Last words.")])
    assert store.article("new").text == "Last words."
    assert store.counts().articles == 3


def test_replace_needs_an_article_to_replace(store: ArticleStore) -> None:
    with pytest.raises(ArticleNotFoundError, match="'ferry'"):
        store.replace(Article("ferry", "Ferries sail."))
    assert store.replace(Article("dam", "The dam is shut.")).updated == 1


def test_a_removed_article_is_gone_from_search(store: ArticleStore) -> None:
    assert store.remove(["bridge"]) == 1
    assert found(store, "bridge closed") == ["dam"]
    with pytest.raises(ArticleNotFoundError):
        store.passages("bridge")


def test_with_one_unknown_id_nothing_is_removed(store: ArticleStore) -> None:
    with pytest.raises(ArticleNotFoundError, match="'ferry'"):
        store.remove(["bridge", "ferry"])
    assert store.counts().articles == 2


def test_a_model_that_fails_in_mid_update_leaves_the_old_version_answering(
    tmp_path: Path, settings: StoreSettings
) -> None:
    embedder = FakeEmbedder(fails_on="viaduct")
    with ArticleStore.create(tmp_path, embedder, settings) as store:
        store.add([BRIDGE])
        with pytest.raises(ConnectionError):
            store.add([Article("bridge", "The viaduct reopened.")])
        assert store.article("bridge") == BRIDGE
        assert found(store, "bridge closed") == ["bridge"]


def test_what_a_killed_writer_left_is_swept_at_the_next_write(store: ArticleStore) -> None:
    half = Article("half", "Half written.")
    store._catalog.begin([Cut(half, (Passage("half#0", "half", 0, 13, half.text),), ())])
    store.add([Article("ferry", "Ferries sail.")])
    assert store._catalog.leftovers() == ()
    assert store.counts() == StoreCounts(3, 3)


def test_a_vector_of_another_dimension_is_refused_before_anything_is_written(store: ArticleStore) -> None:
    store._embedder = OneVector(vector=[1.0] * 32)
    with pytest.raises(IndexMismatchError, match="32"):
        store.add([Article("ferry", "Ferries sail.")])
    assert store._catalog.leftovers() == ()
    assert store.counts() == StoreCounts(2, 2)


@pytest.mark.parametrize("value", [0.0, float("nan")])
def test_a_vector_without_a_direction_is_refused(tmp_path: Path, settings: StoreSettings, value: float) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder(), settings) as store:
        store._embedder = OneVector(vector=[value] * 64)
        with pytest.raises(IndexMismatchError, match="zeros"):
            store.add([BRIDGE])


def test_the_embedding_model_is_checked_again_by_whoever_writes(tmp_path: Path, settings: StoreSettings) -> None:
    with (
        ArticleStore.create(tmp_path, FakeEmbedder(), settings) as first,
        ArticleStore.create(tmp_path, FakeEmbedder(model_name="other"), settings) as second,
    ):
        first.add([BRIDGE])
        with pytest.raises(IndexMismatchError, match="other"):
            second.add([DAM])
        assert first.counts() == StoreCounts(1, 1)
