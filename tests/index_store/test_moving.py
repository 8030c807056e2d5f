"""Vectors between folder and servers, and copies of an index that share a server."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index_store.care import examine, repair
from index_store.chroma_server import ChromaServer
from index_store.errors import IndexDamagedError, IndexMismatchError
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.chroma_run import ChromaRun
from tests.fakes import FakeEmbedder
from tests.index_store.damage import articles, collection_names, folder, indexed, unfound
from tests.index_store.stored import found

IN_FOLDER = StoreSettings(passage_tokens=20, batch_passages=64)
COUNT = 20
SAMPLE = 8  # vectors that are computed again before the others are believed


@pytest.fixture
def on_server(chroma_run: ChromaRun) -> StoreSettings:
    return replace(IN_FOLDER, chroma=chroma_run.database())


def embedded_in(data_dir: Path, settings: StoreSettings) -> int:
    """How many passages a repair embeds that leaves the index whole."""
    embedder = FakeEmbedder()
    assert repair(data_dir, embedder, settings).is_healthy
    with ArticleStore(data_dir, FakeEmbedder(), settings) as store:
        assert unfound(store) == []
    return len([text for text in embedder.asked if text != "dimension"])


def test_vectors_move_to_a_server_and_back_without_being_embedded_again(
    tmp_path: Path, on_server: StoreSettings
) -> None:
    indexed(tmp_path, COUNT, IN_FOLDER)
    assert embedded_in(tmp_path, on_server) == SAMPLE
    assert not list(tmp_path.glob("vectors*"))
    names = collection_names(tmp_path)
    assert names == {folder(tmp_path, "vectors").name}
    other = replace(
        on_server, chroma=replace(on_server.chroma, url=on_server.chroma.url.replace("127.0.0.1", "localhost"))
    )
    assert embedded_in(tmp_path, other) == SAMPLE
    assert collection_names(tmp_path).isdisjoint(names)
    assert len(collection_names(tmp_path)) == 1
    assert embedded_in(tmp_path, IN_FOLDER) == SAMPLE
    assert folder(tmp_path, "vectors").is_dir()


@pytest.mark.usefixtures("short_pauses")
def test_a_server_that_is_gone_does_not_keep_the_vectors_from_coming_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ChromaRun(tmp_path / "server") as server:
        settings = replace(IN_FOLDER, chroma=server.database())
        data_dir = indexed(tmp_path / "index", COUNT, settings)
    assert embedded_in(data_dir, IN_FOLDER) == 2 * COUNT
    assert f"left there could not be dropped: the Chroma server {server.url}" in caplog.text


def test_an_index_is_not_opened_where_its_vectors_are_not(tmp_path: Path, on_server: StoreSettings) -> None:
    assert on_server.chroma
    elsewhere = replace(on_server, chroma=ChromaServer("http://127.0.0.1:1"))
    indexed(tmp_path, COUNT, on_server)
    for settings in (IN_FOLDER, elsewhere):
        for use in (ArticleStore, ArticleStore.create):
            with pytest.raises(
                IndexMismatchError, match=f"its vectors are on the Chroma server {on_server.chroma.url}"
            ):
                use(tmp_path, FakeEmbedder(), settings)
        (problem,) = [finding for finding in examine(tmp_path, FakeEmbedder(), settings).findings if not finding.is_ok]
        assert problem.check == "vectors"
        assert problem.remedy.startswith("name it with --chroma-url, or run `article-qa repair`")


def test_an_index_in_its_folder_is_not_opened_on_a_server(tmp_path: Path, on_server: StoreSettings) -> None:
    indexed(tmp_path, COUNT, IN_FOLDER)
    with pytest.raises(
        IndexMismatchError, match=r"lie in its folder, not on the Chroma server .*leave out --chroma-url"
    ):
        ArticleStore(tmp_path, FakeEmbedder(), on_server)


def test_an_open_index_says_that_its_vectors_have_moved(tmp_path: Path, on_server: StoreSettings) -> None:
    indexed(tmp_path, COUNT, IN_FOLDER)
    with ArticleStore(tmp_path, FakeEmbedder(), IN_FOLDER) as store:
        repair(tmp_path, FakeEmbedder(), on_server)
        for use in (lambda: store.search("Ferry7"), lambda: store.add(articles(COUNT + 1))):
            with pytest.raises(IndexMismatchError, match="are on the Chroma server"):
                use()


def test_a_move_that_fails_leaves_what_answers_and_is_gone_on_with(tmp_path: Path, on_server: StoreSettings) -> None:
    indexed(tmp_path, 160, IN_FOLDER)
    shutil.rmtree(folder(tmp_path, "vectors"))
    with pytest.raises(ConnectionError):
        repair(tmp_path, FakeEmbedder(fails_on="Harbour150"), on_server)
    assert 0 < embedded_in(tmp_path, on_server) < 320
    assert len(collection_names(tmp_path)) == 1


def test_two_indexes_share_a_database(tmp_path: Path, on_server: StoreSettings) -> None:
    with (
        ArticleStore.create(tmp_path / "one", FakeEmbedder(), on_server) as one,
        ArticleStore.create(tmp_path / "two", FakeEmbedder(), on_server) as two,
    ):
        one.add(articles(COUNT))
        two.add(articles(COUNT, revision=" of another year"))
        two.remove(["a3"])
        assert one.counts().articles == COUNT
        assert two.counts().articles == COUNT - 1
        assert unfound(one) == unfound(two) == []


@pytest.mark.parametrize("first", ["index", "copy"])
def test_of_two_copies_of_an_index_the_second_to_write_is_stopped_and_mended(
    tmp_path: Path, on_server: StoreSettings, first: str
) -> None:
    indexed(tmp_path / "index", COUNT, on_server)
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    second = "copy" if first == "index" else "index"
    with (
        ArticleStore(tmp_path / first, FakeEmbedder(), on_server) as one,
        ArticleStore(tmp_path / second, FakeEmbedder(), on_server) as two,
    ):
        one.add(articles(COUNT + 1))
        with pytest.raises(IndexDamagedError, match="written for another copy of this index"):
            two.add(articles(COUNT, revision=" of another year"))
        assert embedded_in(tmp_path / second, on_server) == 2 * COUNT
        two.add(articles(COUNT, revision=" of another year"))
        one.remove(["a2"])
        assert unfound(one) == unfound(two) == []
    for data_dir in (tmp_path / first, tmp_path / second):
        assert examine(data_dir, FakeEmbedder(), on_server).is_healthy
    assert len(collection_names(tmp_path / first)) == 2


def test_an_empty_index_goes_wherever_it_is_first_filled(tmp_path: Path, on_server: StoreSettings) -> None:
    for settings in (IN_FOLDER, on_server, IN_FOLDER):
        ArticleStore.create(tmp_path, FakeEmbedder(), settings).close()
    with ArticleStore.create(tmp_path, FakeEmbedder(), on_server) as store:
        store.add(articles(COUNT))
        assert found(store, "Ferry7 crates of salt")[0] == "a7"
        assert collection_names(tmp_path) == {folder(tmp_path, "vectors").name}  # the first try's is swept


def test_another_model_makes_another_collection_and_drops_the_old(tmp_path: Path, on_server: StoreSettings) -> None:
    indexed(tmp_path, COUNT, on_server)
    before = collection_names(tmp_path)
    assert repair(tmp_path, FakeEmbedder(model_name="new"), on_server).is_healthy
    after = collection_names(tmp_path)
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)
