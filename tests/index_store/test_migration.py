import sqlite3
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from index_store.care import examine
from index_store.catalog import Catalog
from index_store.errors import DataDirError, IndexMismatchError
from index_store.layout import CATALOG_FILE
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.damage import folder
from tests.index_store.stored import BRIDGE, DAM, found, kept_in_folder

NEWEST = sum(script.name.endswith(".sql") for script in files("index_store.catalog").joinpath("schema").iterdir())


def scripts() -> list[str]:
    return [f.read_text() for f in sorted(files("index_store.catalog").joinpath("schema").iterdir(), key=str)]


def to_version(version: int, data_dir: Path) -> None:
    """The same rows in a catalog that an earlier version of article-qa wrote."""
    old, new = data_dir / "old.sqlite3", data_dir / CATALOG_FILE
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.executescript("".join(scripts()[:version]))
        connection.execute("ATTACH ? AS new", (str(new),))
        for table in ("meta", "versions", "passages", "quotations"):
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            listed = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f"INSERT OR REPLACE INTO main.{table} ({listed}) SELECT {listed} FROM new.{table}")  # noqa: S608
        connection.execute(f"PRAGMA main.user_version = {version}")
    old.replace(new)


def to_version_1(data_dir: Path) -> None:
    """The catalog as the first version wrote it, which knew one folder of each kind."""
    for kind in ("vectors", "lexical"):
        folder(data_dir, kind).rename(data_dir / kind)
    to_version(1, data_dir)
    with closing(sqlite3.connect(data_dir / CATALOG_FILE)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key IN ('vectors', 'lexical', 'flushed')")


def version_of(data_dir: Path) -> int:
    with closing(sqlite3.connect(data_dir / CATALOG_FILE)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@kept_in_folder
def test_an_index_of_the_first_version_answers_and_grows(store: ArticleStore) -> None:
    store.close()
    to_version_1(store.data_dir)
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as forward:
        assert version_of(store.data_dir) == NEWEST
        assert found(forward, "bridge closed")[0] == "bridge"
        assert forward.add([BRIDGE, DAM]).unchanged == 2


@kept_in_folder
def test_an_index_that_knew_of_no_places_is_whole_and_takes_them(store: ArticleStore) -> None:
    store.close()
    to_version(2, store.data_dir)
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as forward:
        problems = [
            finding for finding in examine(store.data_dir, FakeEmbedder(), store.settings).findings if not finding.is_ok
        ]
        assert [finding.check for finding in problems] == ["copies"]
        assert forward.article("bridge") == BRIDGE
        assert forward.add([BRIDGE, DAM, replace(BRIDGE, id="valley", source="Valley Herald")]).unchanged == 2
        assert [place.id for place in forward.places("valley")] == ["bridge", "valley"]
        assert examine(store.data_dir, FakeEmbedder(), store.settings).is_healthy


@kept_in_folder
def test_a_text_that_an_older_version_indexed_twice_becomes_one_article(store: ArticleStore) -> None:
    store.add([replace(BRIDGE, id="valley", source="Valley Herald")])
    store.close()
    to_version(2, store.data_dir)
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as forward:
        assert forward.counts().articles == 3
        assert forward.add([DAM]).unchanged == 1
        assert [place.id for place in forward.places("valley")] == ["bridge", "valley"]
        assert examine(store.data_dir, FakeEmbedder(), store.settings).is_healthy


def test_a_catalog_that_was_brought_forward_is_as_a_new_one(tmp_path: Path) -> None:
    first = files("index_store.catalog").joinpath("schema", "0001.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "old")) as connection:
        connection.executescript(f"{first}; PRAGMA user_version = 1;")
    with closing(Catalog(tmp_path / "old")) as old, closing(Catalog(tmp_path / "new")) as new:
        assert old.placement == new.placement


@kept_in_folder
def test_a_migration_that_fails_leaves_the_old_version(store: ArticleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    to_version_1(store.data_dir)
    broken = (scripts()[0], "INSERT INTO meta VALUES ('vectors', 'vectors');\nINSERT INTO nowhere VALUES (1);\n")
    with monkeypatch.context() as patched, pytest.raises(DataDirError, match="nowhere"):
        patched.setattr("index_store.catalog.database._scripts", lambda: broken)
        Catalog(store.data_dir / CATALOG_FILE)
    assert version_of(store.data_dir) == 1
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as forward:
        assert found(forward, "bridge closed")[0] == "bridge"


def test_an_index_of_a_newer_version_is_refused_in_one_clear_line(store: ArticleStore) -> None:
    store.close()
    with closing(sqlite3.connect(store.data_dir / CATALOG_FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    with pytest.raises(IndexMismatchError, match="written by a newer article-qa; update article-qa"):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)
    assert version_of(store.data_dir) == NEWEST + 1
