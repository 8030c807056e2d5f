import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.catalog import Catalog, Cut
from index_store.errors import (
    DataDirError,
    IndexDamagedError,
    IndexMismatchError,
    IndexNotFoundError,
)
from index_store.layout import CATALOG_FILE, LEXICAL_FOLDER, VECTORS_FOLDER
from index_store.passage import Passage
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from index_store.writing import sole_writer
from tests.fakes import FakeEmbedder
from tests.index_store.damage import folder as place_of
from tests.index_store.stored import BRIDGE, DAM, found, kept_in_folder, kept_on_server

Open = Callable[[Path, FakeEmbedder, StoreSettings], ArticleStore]


def test_another_embedding_model_is_refused(store: ArticleStore) -> None:
    with pytest.raises(IndexMismatchError, match="other"):
        ArticleStore(store.data_dir, FakeEmbedder(model_name="other"), store.settings)


def test_another_passage_size_is_refused(store: ArticleStore) -> None:
    with pytest.raises(IndexMismatchError):
        ArticleStore(store.data_dir, FakeEmbedder(), replace(store.settings, passage_tokens=100))


def test_a_directory_without_index_says_what_to_do(tmp_path: Path, settings: StoreSettings) -> None:
    with pytest.raises(IndexNotFoundError, match="article-qa index"):
        ArticleStore(tmp_path, FakeEmbedder(), settings)


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataDirError, match="data directory"):
        ArticleStore.create(tmp_path / "file", FakeEmbedder())


def test_quotations_found_otherwise_are_refused(store: ArticleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index_store.settings._RECIPE", "headed-2 english-stems-1 quotations-99")
    with pytest.raises(IndexMismatchError, match="quotations-99"):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)


@kept_on_server
def test_certificates_are_not_read_again_at_every_opening(store: ArticleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr("ssl.SSLContext.load_verify_locations", lambda context, *files, **named: read.append(context))
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as again:
        assert found(again, "bridge")[0] == "bridge"
    assert read == []


def test_a_directory_that_was_only_begun_holds_no_index(tmp_path: Path, settings: StoreSettings) -> None:
    Catalog(tmp_path / CATALOG_FILE).close()
    with pytest.raises(IndexNotFoundError):
        ArticleStore(tmp_path, FakeEmbedder(), settings)
    with ArticleStore.create(tmp_path, FakeEmbedder(), settings) as store:
        store.add([BRIDGE])
        assert found(store, "bridge") == ["bridge"]


@pytest.mark.parametrize("open_store", [ArticleStore, ArticleStore.create], ids=["open", "create"])
def test_a_damaged_catalog_alone_in_its_folder_is_no_empty_folder(tmp_path: Path, open_store: Open) -> None:
    (tmp_path / CATALOG_FILE).write_bytes(b"no database at all " * 400)
    with pytest.raises(IndexDamagedError):
        open_store(tmp_path, FakeEmbedder())


@pytest.mark.parametrize("open_store", [ArticleStore, ArticleStore.create], ids=["open", "create"])
@pytest.mark.parametrize("lost", ["deleted", "emptied"])
def test_a_lost_catalog_is_told_and_nothing_begun_in_its_place(
    store: ArticleStore, lost: str, open_store: Open
) -> None:
    store.close()
    for file in store.data_dir.glob(f"{CATALOG_FILE}*"):
        file.unlink()
    if lost == "emptied":
        (store.data_dir / CATALOG_FILE).touch()
    with pytest.raises(IndexDamagedError, match="put a copy of the folder back"):
        open_store(store.data_dir, FakeEmbedder(), store.settings)


@pytest.mark.parametrize("open_store", [ArticleStore, ArticleStore.create], ids=["open", "create"])
@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0 and then nothing"], ids=["other", "torn"])
def test_a_damaged_catalog_that_lies_alone_is_damage_and_no_empty_folder(
    tmp_path: Path, content: bytes, open_store: Open
) -> None:
    (tmp_path / CATALOG_FILE).write_bytes(content)
    with pytest.raises(IndexDamagedError, match="put a copy of the folder back"):
        open_store(tmp_path, FakeEmbedder(), StoreSettings())
    assert (tmp_path / CATALOG_FILE).read_bytes() == content


@kept_in_folder
@pytest.mark.parametrize("folder", [VECTORS_FOLDER, LEXICAL_FOLDER])
@pytest.mark.parametrize("open_store", [ArticleStore, ArticleStore.create], ids=["open", "create"])
def test_a_missing_part_of_an_index_is_found(store: ArticleStore, folder: str, open_store: Open) -> None:
    store.close()
    shutil.rmtree(place_of(store.data_dir, folder))
    with pytest.raises(IndexDamagedError, match=f"{folder}.*article-qa repair"):
        open_store(store.data_dir, FakeEmbedder(), store.settings)


@kept_in_folder
@pytest.mark.parametrize("folder", [VECTORS_FOLDER, LEXICAL_FOLDER])
def test_a_part_of_another_index_is_found(store: ArticleStore, tmp_path: Path, folder: str) -> None:
    with ArticleStore.create(tmp_path / "other", FakeEmbedder()) as other:
        other.add([BRIDGE, DAM])
    store.close()
    place = place_of(store.data_dir, folder)
    shutil.rmtree(place)
    shutil.copytree(place_of(tmp_path / "other", folder), place)
    with pytest.raises(IndexDamagedError, match=folder):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)


def test_an_older_copy_of_a_part_is_found(store: ArticleStore, tmp_path: Path) -> None:
    lexical = store.data_dir / LEXICAL_FOLDER
    shutil.copytree(lexical, tmp_path / "older")
    store.add([Article("ferry", "The ferry sails.")])
    store.close()
    shutil.rmtree(lexical)
    (tmp_path / "older").rename(lexical)
    with pytest.raises(IndexDamagedError, match="lexical index holds 2 passages, its catalog 3"):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)


def test_vectors_that_lost_their_graph_are_found(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add(Article(f"a{number}", f"Word{number} is here.") for number in range(1200))
    (header,) = tmp_path.glob(f"{VECTORS_FOLDER}*/*/header.bin")
    shutil.rmtree(header.parent)
    with pytest.raises(IndexDamagedError, match="article-qa repair"):
        ArticleStore(tmp_path, FakeEmbedder())


def test_a_writer_at_work_is_no_damage(store: ArticleStore) -> None:
    with sole_writer(store.data_dir):
        ferry = Article("ferry", "The ferry sails.")
        versions, _ = store._catalog.begin([Cut(ferry, (Passage("ferry#0", "ferry", 0, 16, ferry.text),), ())])
        store._catalog.publish(versions)  # as if its indexes had not been seen yet
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings).close()
    with pytest.raises(IndexDamagedError):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)


def test_nothing_is_added_to_a_damaged_index(store: ArticleStore) -> None:
    ferry = Article("ferry", "The ferry sails.")
    store._catalog.publish(store._catalog.begin([Cut(ferry, (Passage("ferry#0", "ferry", 0, 16, ferry.text),), ())])[0])
    with pytest.raises(IndexDamagedError):
        store.add([Article("museum", "A coin in the museum.")])


@kept_in_folder
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: bytes(byte ^ 0x5A for byte in content), id="scrambled"),
    ],
)
@pytest.mark.parametrize("file", ["vectors/chroma.sqlite3", "lexical/meta.json"])
def test_a_broken_file_of_an_index_is_damage(store: ArticleStore, file: str, spoil: Callable[[bytes], bytes]) -> None:
    store.close()
    kind, name = file.split("/")
    path = place_of(store.data_dir, kind) / name
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(IndexDamagedError, match="article-qa repair"):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)


def test_a_catalog_of_another_layout_is_refused(store: ArticleStore) -> None:
    store.close()
    with closing(sqlite3.connect(store.data_dir / CATALOG_FILE)) as connection:
        connection.execute("DROP TABLE quotations")
    with pytest.raises(IndexMismatchError, match="another version"):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)
