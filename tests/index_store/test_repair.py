import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from index_store.care import examine, repair
from index_store.catalog import Catalog
from index_store.chroma_server import ChromaServer
from index_store.derived import DerivedCounts
from index_store.errors import IndexDamagedError, IndexLockedError, IndexNotFoundError
from index_store.layout import CATALOG_FILE
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from index_store.writing import sole_writer
from tests.fakes import FakeEmbedder
from tests.index_store import damage
from tests.index_store.damage import articles, indexed, unfound
from tests.index_store.stored import kept_in_folder

SETTINGS = StoreSettings(passage_tokens=20, batch_passages=64)
COUNT = 80

# what is spoilt, the checks that tell, and passages of 160 that must be embedded again (None: any number)
ANYWHERE = [
    pytest.param(damage.lose_vectors, {"vectors"}, 54, id="vectors missing"),
    pytest.param(damage.lose_words_folder, {"words"}, 0, id="words missing"),
    pytest.param(damage.tear_words, {"words"}, 0, id="words torn"),
    pytest.param(damage.lose_words, {"words"}, 0, id="words lost"),
    pytest.param(damage.double_words, {"words"}, 0, id="words twice"),
    pytest.param(damage.orphan_entries, {"vectors", "words"}, 0, id="orphaned entries"),
    pytest.param(damage.orphan_passages, {"passages", "vectors", "words"}, 0, id="orphaned passages"),
    pytest.param(damage.alter_passages, {"passages"}, 2, id="passages altered"),
    pytest.param(damage.lose_passages, {"passages", "vectors", "words"}, 2, id="passages lost"),
    pytest.param(damage.break_off_write, {"writes"}, 0, id="write broken off"),
]
IN_A_FOLDER = [
    pytest.param(damage.lose_words_file, {"words"}, 0, id="words file missing"),
    pytest.param(damage.lose_vectors_folder, {"vectors"}, 160, id="vectors folder missing"),
    pytest.param(damage.lose_graph, {"vectors"}, None, id="graph removed"),
    pytest.param(damage.tear_graph, {"vectors"}, None, id="graph torn"),
    pytest.param(damage.cut_vectors_database, {"vectors"}, 160, id="database truncated"),
    pytest.param(damage.swell_links, {"vectors"}, 8, id="link lists swollen"),
]
ON_A_SERVER = [
    pytest.param(damage.drop_collection, {"vectors"}, 160, id="collection deleted"),
    pytest.param(partial(damage.replace_collection, space="l2", is_ours=True), {"vectors"}, 160, id="another space"),
    pytest.param(partial(damage.replace_collection, space="cosine", is_ours=False), {"vectors"}, 160, id="not ours"),
]
PLACES = ((("folder", "server"), ANYWHERE), (("folder",), IN_A_FOLDER), (("server",), ON_A_SERVER))
DAMAGES = [
    pytest.param(place, *case.values, id=f"{case.id}-{place}")
    for places, cases in PLACES
    for case in cases
    for place in places
]


@pytest.fixture
def settings(chroma: ChromaServer | None) -> StoreSettings:
    return replace(SETTINGS, chroma=chroma)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("whole"), COUNT, SETTINGS)


@pytest.fixture
def data_dir(whole: Path, tmp_path: Path, settings: StoreSettings) -> Path:
    if settings.chroma:  # a copy would share the collection
        return indexed(tmp_path / "index", COUNT, settings)
    return shutil.copytree(whole, tmp_path / "index")


def problems(data_dir: Path, settings: StoreSettings, embedder: FakeEmbedder | None = None) -> dict[str, str]:
    found = examine(data_dir, embedder or FakeEmbedder(), settings).findings
    return {finding.check: f"{finding.detail}; {finding.remedy}" for finding in found if not finding.is_ok}


def embedded_by(embedder: FakeEmbedder) -> list[str]:
    return [text for text in embedder.asked if text != "dimension"]  # a word that tells one model from another


def test_a_whole_index_is_found_whole(data_dir: Path, settings: StoreSettings) -> None:
    assert problems(data_dir, settings) == {}


@pytest.mark.parametrize(("chroma", "spoil", "told", "embedded"), DAMAGES, indirect=["chroma"])
def test_damage_is_found_and_mended(
    data_dir: Path, spoil: Callable[[Path], None], told: set[str], embedded: int | None, settings: StoreSettings
) -> None:
    spoil(data_dir)
    found = problems(data_dir, settings)
    assert set(found) == told
    assert all("article-qa repair" in line for line in found.values())
    embedder = FakeEmbedder()
    assert repair(data_dir, embedder, settings).is_healthy
    assert embedded is None or len(embedded_by(embedder)) == embedded
    with ArticleStore(data_dir, FakeEmbedder(), settings) as store:
        counts = store.counts()
        assert counts.articles in (COUNT, COUNT - 1)  # the orphaned passages' article is gone
        assert store._derived.counts() == DerivedCounts(counts.passages, counts.passages)
        assert unfound(store) == []


@kept_in_folder
def test_repairing_twice_changes_nothing(data_dir: Path, settings: StoreSettings) -> None:
    damage.lose_graph(data_dir)
    repair(data_dir, FakeEmbedder(), settings)
    before = sorted(path.name for path in data_dir.iterdir())
    embedder = FakeEmbedder()
    assert repair(data_dir, embedder, settings).is_healthy
    assert embedded_by(embedder) == []
    assert sorted(path.name for path in data_dir.iterdir()) == before
    assert [path.name for path in data_dir.glob("vectors*")] == [damage.folder(data_dir, "vectors").name]


def test_an_older_catalog_beside_newer_indexes_is_mended(
    data_dir: Path, tmp_path: Path, settings: StoreSettings
) -> None:
    shutil.copy(data_dir / CATALOG_FILE, tmp_path / "older")
    with ArticleStore(data_dir, FakeEmbedder(), settings) as store:
        store.add(articles(COUNT + 5))
    for file in data_dir.glob(f"{CATALOG_FILE}*"):
        file.unlink()
    shutil.copy(tmp_path / "older", data_dir / CATALOG_FILE)
    assert {"vectors", "words"} <= set(problems(data_dir, settings))
    assert repair(data_dir, FakeEmbedder(), settings).is_healthy
    with ArticleStore(data_dir, FakeEmbedder(), settings) as store:
        assert store.counts().articles == COUNT
        assert unfound(store) == []


def test_a_damaged_catalog_is_told_and_nothing_is_touched(data_dir: Path, settings: StoreSettings) -> None:
    damage.damage_catalog(data_dir)
    before = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    assert "put a copy of the folder back" in problems(data_dir, settings)["catalog"]
    with pytest.raises(IndexDamagedError, match="put a copy of the folder back"):
        repair(data_dir, FakeEmbedder(), settings)
    after = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    assert {path.name for path in before if before[path] != after.get(path)} == set()


def test_an_altered_article_is_told_and_not_taken_for_the_truth(data_dir: Path, settings: StoreSettings) -> None:
    damage.alter_article(data_dir)
    assert "'a7'" in problems(data_dir, settings)["articles"]
    diagnosis = repair(data_dir, FakeEmbedder(), settings)
    assert "articles" in {finding.check for finding in diagnosis.findings if not finding.is_ok}
    with ArticleStore(data_dir, FakeEmbedder(), settings) as store:
        assert store.add(articles(COUNT)).updated == 1
    assert repair(data_dir, FakeEmbedder(), settings).is_healthy


def test_a_writer_at_work_is_told_and_no_problem(data_dir: Path, settings: StoreSettings) -> None:
    with sole_writer(data_dir):
        with closing(Catalog(data_dir / CATALOG_FILE)):
            damage.break_off_write(data_dir)  # as a writer between two steps
        diagnosis = examine(data_dir, FakeEmbedder(), settings)
        assert diagnosis.is_healthy
        assert diagnosis.writer is not None
        with pytest.raises(IndexLockedError, match="process"):
            repair(data_dir, FakeEmbedder(), settings)


def test_where_nothing_was_indexed_there_is_nothing_to_examine_or_mend(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError):
        examine(tmp_path, FakeEmbedder())
    with pytest.raises(IndexNotFoundError):
        repair(tmp_path, FakeEmbedder())
    assert list(tmp_path.iterdir()) == []
