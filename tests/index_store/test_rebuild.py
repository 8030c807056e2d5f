import shutil
from pathlib import Path

import pytest

from index_store.care import examine, repair
from index_store.catalog import StoreCounts
from index_store.errors import IndexMismatchError
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.damage import articles, unfound
from tests.index_store.stored import found

SETTINGS = StoreSettings(passage_tokens=20, batch_passages=64)
LARGER = StoreSettings(passage_tokens=60, batch_passages=64)
COUNT = 80


def new_embedder(fails_on: str = "") -> FakeEmbedder:
    return FakeEmbedder(model_name="new", fails_on=fails_on)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("whole")
    with ArticleStore.create(data_dir, FakeEmbedder(), SETTINGS) as store:
        store.add(articles(COUNT))
    return data_dir


@pytest.fixture
def data_dir(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "index")


def test_another_model_is_refused_until_the_index_is_rebuilt_for_it(data_dir: Path) -> None:
    with pytest.raises(IndexMismatchError, match="article-qa repair"):
        ArticleStore(data_dir, new_embedder(), SETTINGS)
    assert [f.check for f in examine(data_dir, new_embedder(), SETTINGS).findings if not f.is_ok] == ["embedding"]
    assert repair(data_dir, new_embedder(), SETTINGS).is_healthy
    with ArticleStore(data_dir, new_embedder(), SETTINGS) as store:
        assert store.counts() == StoreCounts(COUNT, 2 * COUNT)
        assert unfound(store) == []
    with pytest.raises(IndexMismatchError):
        ArticleStore(data_dir, FakeEmbedder(), SETTINGS)


def test_the_old_index_answers_while_the_new_one_is_made(data_dir: Path) -> None:
    said = []
    with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as old:
        repair(data_dir, new_embedder(), SETTINGS, on_progress=lambda *_: said.append(found(old, "Ferry7 crates")[0]))
        assert said
        assert set(said) == {"a7"}
        with pytest.raises(IndexMismatchError, match="new"):
            old.search("Ferry7 crates")


@pytest.mark.parametrize("settings", [SETTINGS, LARGER], ids=["another model", "and another passage size"])
def test_a_rebuild_that_fails_leaves_the_old_index_and_is_gone_on_with(data_dir: Path, settings: StoreSettings) -> None:
    with pytest.raises(ConnectionError):
        repair(data_dir, new_embedder(fails_on="Harbour70"), settings)
    with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as old:
        assert old.counts() == StoreCounts(COUNT, 2 * COUNT)
        assert unfound(old) == []
    findings = examine(data_dir, FakeEmbedder(), SETTINGS).findings
    assert next(f.detail for f in findings if not f.is_ok).endswith("rebuild was broken off")
    embedder = new_embedder()
    assert repair(data_dir, embedder, settings).is_healthy
    with ArticleStore(data_dir, new_embedder(), settings) as store:
        assert unfound(store) == []
        assert len(embedder.asked) < store.counts().passages + 10


def test_a_rebuild_that_is_not_wanted_any_more_is_cleared_away(data_dir: Path) -> None:
    with pytest.raises(ConnectionError):
        repair(data_dir, new_embedder(fails_on="Harbour70"), LARGER)
    embedder = FakeEmbedder()
    assert repair(data_dir, embedder, SETTINGS).is_healthy
    assert set(embedder.asked) == {"dimension"}
    assert not list(data_dir.glob("*.new"))


def test_what_is_written_between_two_attempts_is_in_the_new_index(data_dir: Path) -> None:
    with pytest.raises(ConnectionError):
        repair(data_dir, new_embedder(fails_on="Harbour70"), LARGER)
    with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as old:
        old.add(articles(COUNT + 3)[2:] + articles(1, revision=" again"))
        old.remove(["a1"])
    assert repair(data_dir, new_embedder(), LARGER).is_healthy
    with ArticleStore(data_dir, new_embedder(), LARGER) as store:
        assert store.counts().articles == COUNT + 2
        assert "again" in store.article("a0").text
        assert unfound(store) == []


def test_another_passage_size_cuts_the_articles_anew(data_dir: Path) -> None:
    assert repair(data_dir, FakeEmbedder(), LARGER).is_healthy
    with ArticleStore(data_dir, FakeEmbedder(), LARGER) as store:
        assert store.counts() == StoreCounts(COUNT, COUNT)
        assert unfound(store) == []
