"""Disks without room, folders without permission, models that fail: nothing is lost, and the old version answers."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index_store.care import examine, repair
from index_store.chroma_server import ChromaServer
from index_store.errors import DataDirError
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.damage import articles, drop_collection, indexed, lose_vectors_folder, unfound
from tests.index_store.stored import found

SETTINGS = StoreSettings(passage_tokens=20, batch_passages=16)
COUNT = 20


@pytest.fixture
def settings(chroma: ChromaServer | None) -> StoreSettings:
    return replace(SETTINGS, chroma=chroma)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Twelve megabytes."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(mounted)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `mount` here")
    if done.returncode:
        pytest.skip(f"no disk of its own may be mounted here: {done.stderr.strip()}")
    yield mounted
    subprocess.run(["umount", "--lazy", str(mounted)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """Takes the room of a disk but for `leave` bytes."""
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with filler.open("wb") as file:
        file.write(b"x" * max(free - leave, 0))
    return filler


@pytest.mark.parametrize("leave", [0, 60_000, 2_100_000, 2_600_000])
def test_on_a_full_disk_nothing_is_lost_and_the_old_version_answers(small_disk: Path, leave: int) -> None:
    data_dir = small_disk / "index"
    with ArticleStore.create(data_dir, FakeEmbedder(), SETTINGS) as store:
        store.add(articles(COUNT))
        filler = fill(small_disk, leave=leave)
        with pytest.raises(DataDirError, match="full"):
            store.add(articles(8 * COUNT, revision=" of another year" + " and another" * 200))
        for number in range(0, COUNT, 5):
            assert found(store, f"Ferry{number} crates of salt")[0] == f"a{number}"
        if leave:  # Chroma itself needs a few bytes to open
            with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as reader:
                assert found(reader, "Ferry7 crates of salt")[0] == "a7"
        filler.unlink()
        store.add(articles(COUNT, revision=" again"))
        assert unfound(store) == []
    with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as store:
        assert store.counts().articles >= COUNT
        assert unfound(store) == []


def test_a_repair_without_room_leaves_what_answers(small_disk: Path) -> None:
    data_dir = small_disk / "index"
    with ArticleStore.create(data_dir, FakeEmbedder(), SETTINGS) as store:
        store.add(articles(COUNT))
    filler = fill(small_disk, leave=2_050_000)
    with pytest.raises(DataDirError, match="full"):
        repair(data_dir, FakeEmbedder(model_name="new"), SETTINGS)
    filler.unlink()
    with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as store:
        assert unfound(store) == []
    assert repair(data_dir, FakeEmbedder(model_name="new"), SETTINGS).is_healthy


def test_a_model_that_fails_in_mid_update_loses_nothing(tmp_path: Path, settings: StoreSettings) -> None:
    embedder = FakeEmbedder()
    with ArticleStore.create(tmp_path, embedder, settings) as store:
        store.add(articles(COUNT))
        embedder.fails_on = "Harbour13"
        with pytest.raises(ConnectionError):
            store.add(articles(COUNT, revision=" anew"))
        assert store.counts().articles == COUNT
        assert "anew" not in store.article("a13").text
        embedder.fails_on = ""
        assert unfound(store) == []
        assert examine(tmp_path, FakeEmbedder(), settings).is_healthy


def test_a_repair_with_a_model_that_fails_is_gone_on_with(tmp_path: Path, settings: StoreSettings) -> None:
    indexed(tmp_path, COUNT * 8, settings)
    (drop_collection if settings.chroma else lose_vectors_folder)(tmp_path)
    with pytest.raises(ConnectionError):
        repair(tmp_path, FakeEmbedder(fails_on="Harbour150"), settings)
    embedder = FakeEmbedder()
    assert repair(tmp_path, embedder, settings).is_healthy
    assert len(embedder.asked) < COUNT * 16  # what was embedded before was kept


def test_on_a_read_only_disk_it_is_said_and_nothing_is_lost(small_disk: Path, tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path / "index", FakeEmbedder(), SETTINGS) as store:
        store.add(articles(COUNT))
    data_dir = shutil.copytree(tmp_path / "index", small_disk / "index")  # never open there, so that it can be closed
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for use in (ArticleStore, ArticleStore.create, examine, repair):
        with pytest.raises(DataDirError, match="writable"):
            use(data_dir, FakeEmbedder(), SETTINGS)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    with ArticleStore(data_dir, FakeEmbedder(), SETTINGS) as store:
        assert unfound(store) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions of POSIX systems, not for root")
def test_in_a_folder_that_became_read_only_the_open_index_answers_and_a_write_is_refused(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path / "index", FakeEmbedder(), SETTINGS) as store:
        store.add(articles(COUNT))
        (tmp_path / "index").chmod(0o500)
        try:
            with pytest.raises(DataDirError, match="cannot write"):
                store.add(articles(COUNT, revision=" again"))
            assert unfound(store) == []
        finally:
            (tmp_path / "index").chmod(0o700)
        store.add(articles(COUNT, revision=" again"))
        assert unfound(store) == []
