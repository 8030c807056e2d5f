from dataclasses import replace
from pathlib import Path

import pytest

from index_store.care import examine, repair
from index_store.catalog import StoreCounts
from index_store.chroma_server import ChromaServer
from index_store.errors import IndexMismatchError
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.damage import articles, indexed, unfound
from tests.index_store.stored import found

SETTINGS = StoreSettings(passage_tokens=20, batch_passages=64)
COUNT = 80


def new_embedder(fails_on: str = "") -> FakeEmbedder:
    return FakeEmbedder(model_name="new", fails_on=fails_on)


@pytest.fixture
def settings(chroma: ChromaServer | None) -> StoreSettings:
    return replace(SETTINGS, chroma=chroma)


def larger(settings: StoreSettings) -> StoreSettings:
    return replace(settings, passage_tokens=60)


@pytest.fixture
def data_dir(tmp_path: Path, settings: StoreSettings) -> Path:
    return indexed(tmp_path / "index", COUNT, settings)


def test_another_model_is_refused_until_the_index_is_rebuilt_for_it(data_dir: Path, settings: StoreSettings) -> None:
    with pytest.raises(IndexMismatchError, match="article-qa repair"):
        ArticleStore(data_dir, new_embedder(), settings)
    assert [f.check for f in examine(data_dir, new_embedder(), settings).findings if not f.is_ok] == ["embedding"]
    assert repair(data_dir, new_embedder(), settings).is_healthy
    with ArticleStore(data_dir, new_embedder(), settings) as store:
        assert store.counts() == StoreCounts(COUNT, 2 * COUNT)
        assert unfound(store) == []
    with pytest.raises(IndexMismatchError):
        ArticleStore(data_dir, FakeEmbedder(), settings)


def test_the_old_index_answers_while_the_new_one_is_made(data_dir: Path, settings: StoreSettings) -> None:
    said = []
    with ArticleStore(data_dir, FakeEmbedder(), settings) as old:
        repair(data_dir, new_embedder(), settings, on_progress=lambda *_: said.append(found(old, "Ferry7 crates")[0]))
        assert said
        assert set(said) == {"a7"}
        with pytest.raises(IndexMismatchError, match="new"):
            old.search("Ferry7 crates")


@pytest.mark.parametrize("passage_tokens", [20, 60], ids=["another model", "and another passage size"])
def test_a_rebuild_that_fails_leaves_the_old_index_and_is_gone_on_with(
    data_dir: Path, settings: StoreSettings, passage_tokens: int
) -> None:
    wanted = replace(settings, passage_tokens=passage_tokens)
    with pytest.raises(ConnectionError):
        repair(data_dir, new_embedder(fails_on="Harbour70"), wanted)
    with ArticleStore(data_dir, FakeEmbedder(), settings) as old:
        assert old.counts() == StoreCounts(COUNT, 2 * COUNT)
        assert unfound(old) == []
    findings = examine(data_dir, FakeEmbedder(), settings).findings
    assert next(f.detail for f in findings if not f.is_ok).endswith("rebuild was broken off")
    embedder = new_embedder()
    assert repair(data_dir, embedder, wanted).is_healthy
    with ArticleStore(data_dir, new_embedder(), wanted) as store:
        assert unfound(store) == []
        assert len(embedder.asked) < store.counts().passages + 10


def test_a_rebuild_that_is_not_wanted_any_more_is_cleared_away(data_dir: Path, settings: StoreSettings) -> None:
    with pytest.raises(ConnectionError):
        repair(data_dir, new_embedder(fails_on="Harbour70"), larger(settings))
    embedder = FakeEmbedder()
    assert repair(data_dir, embedder, settings).is_healthy
    assert set(embedder.asked) == {"dimension"}
    assert not list(data_dir.glob("*.new"))


def test_what_is_written_between_two_attempts_is_in_the_new_index(data_dir: Path, settings: StoreSettings) -> None:
    with pytest.raises(ConnectionError):
        repair(data_dir, new_embedder(fails_on="Harbour70"), larger(settings))
    with ArticleStore(data_dir, FakeEmbedder(), settings) as old:
        old.add(articles(COUNT + 3)[2:] + articles(1, revision=" again"))
        old.remove(["a1"])
    assert repair(data_dir, new_embedder(), larger(settings)).is_healthy
    with ArticleStore(data_dir, new_embedder(), larger(settings)) as store:
        assert store.counts().articles == COUNT + 2
        assert "again" in store.article("a0").text
        assert unfound(store) == []


def test_another_passage_size_cuts_the_articles_anew(data_dir: Path, settings: StoreSettings) -> None:
    assert repair(data_dir, FakeEmbedder(), larger(settings)).is_healthy
    with ArticleStore(data_dir, FakeEmbedder(), larger(settings)) as store:
        assert store.counts() == StoreCounts(COUNT, COUNT)
        assert unfound(store) == []
