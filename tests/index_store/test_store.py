import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.catalog import Cut, StoreCounts
from index_store.errors import (
    ArticleNotFoundError,
    DataDirError,
    IndexLockedError,
    IndexMismatchError,
    IndexNotFoundError,
    UnreadableInputError,
)
from index_store.passage import Passage
from index_store.scope import Scope
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from index_store.writing import sole_writer
from tests.fakes import FakeEmbedder

BRIDGE = Article(
    "bridge", "The harbour bridge closed on Monday.", "Bridge shut", "The Post", published=date(2025, 5, 12)
)
DAM = Article("dam", "Engineers opened the dam at dawn.", "Dam opened", "Daily Ore", published=date(2025, 5, 20))


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def store(tmp_path: Path, embedder: FakeEmbedder) -> Iterator[ArticleStore]:
    with ArticleStore.create(tmp_path, embedder) as store:
        store.add([BRIDGE, DAM])
        yield store


def found(store: ArticleStore, question: str, **options: Scope) -> list[str]:
    return [hit.stored.passage.article_id for hit in store.search(question, **options)]


def test_search_finds_the_article_that_speaks_of_it(store: ArticleStore) -> None:
    assert found(store, "when did the bridge close?")[0] == "bridge"


def test_the_headline_is_searched_too(store: ArticleStore) -> None:
    assert found(store, "shut")[0] == "bridge"


def test_passages_are_cut_from_the_text_without_the_headline(store: ArticleStore) -> None:
    assert [passage.text for passage in store.passages("bridge")] == [BRIDGE.text]


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


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        pytest.param(Scope(since=date(2025, 5, 15)), ["dam"], id="since"),
        pytest.param(Scope(until=date(2025, 5, 15)), ["bridge"], id="until"),
        pytest.param(Scope(sources=("daily ore",)), ["dam"], id="outlet"),
        pytest.param(Scope(sources=("Nobody",)), [], id="none"),
    ],
)
def test_search_keeps_to_the_scope(store: ArticleStore, scope: Scope, expected: list[str]) -> None:
    assert found(store, "bridge dam", scope=scope) == expected


def test_a_narrow_scope_is_searched_behind_many_better_hits(tmp_path: Path) -> None:
    crowd = [Article(f"crowd-{n}", f"The bridge, the bridge number {n}.", source="Crowd") for n in range(60)]
    with ArticleStore.create(tmp_path, FakeEmbedder(), StoreSettings(candidates=5)) as store:
        store.add(
            [*crowd, Article("one", "A ferry beside something long and quite different, a bridge.", source="One")]
        )
        assert found(store, "bridge", scope=Scope(sources=("One",))) == ["one"]


def test_a_model_that_fails_in_mid_update_leaves_the_old_version_answering(tmp_path: Path) -> None:
    embedder = FakeEmbedder(fails_on="viaduct")
    with ArticleStore.create(tmp_path, embedder) as store:
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


def test_a_reader_sees_what_another_process_has_written(store: ArticleStore) -> None:
    assert "ferry" not in found(store, "ferry")
    script = (
        "import sys; from pathlib import Path; from index_store.article import Article;"
        "from index_store.store import ArticleStore; from tests.fakes import FakeEmbedder;"
        "ArticleStore(Path(sys.argv[1]), FakeEmbedder()).add([Article('ferry', 'The ferry sails.')])"
    )
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", script, str(store.data_dir)],
        check=True,
        cwd=root,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert found(store, "ferry sails")[0] == "ferry"


def test_two_stores_on_one_directory_see_each_other(store: ArticleStore) -> None:
    with ArticleStore(store.data_dir, FakeEmbedder()) as other:
        other.add([Article("ferry", "The ferry sails.")])
        assert found(store, "ferry sails")[0] == "ferry"
        store.add([Article("museum", "A coin in the museum.")])
        assert found(other, "museum coin")[0] == "museum"


def test_threads_may_search_while_articles_are_added(store: ArticleStore) -> None:
    failures: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(20):
                assert "bridge" in found(store, "the bridge closed")
        except BaseException as error:  # noqa: BLE001 - reported by the test itself
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        store.add([Article(f"ferry-{number}", f"Ferry {number} sails.")])
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def test_a_second_writer_is_told_who_holds_the_lock(store: ArticleStore) -> None:
    with sole_writer(store.data_dir), pytest.raises(IndexLockedError, match=f"process {os.getpid()}"):
        store.add([Article("ferry", "Ferries sail.")])


def test_another_embedding_model_is_refused(store: ArticleStore) -> None:
    with pytest.raises(IndexMismatchError, match="other"):
        ArticleStore(store.data_dir, FakeEmbedder(model_name="other"))


def test_another_passage_size_is_refused(store: ArticleStore) -> None:
    with pytest.raises(IndexMismatchError):
        ArticleStore(store.data_dir, FakeEmbedder(), StoreSettings(passage_tokens=100))


def test_a_directory_without_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="article-qa index"):
        ArticleStore(tmp_path, FakeEmbedder())


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataDirError, match="data directory"):
        ArticleStore.create(tmp_path / "file", FakeEmbedder())


def test_an_article_without_text_cannot_be_made() -> None:
    with pytest.raises(UnreadableInputError, match="no text"):
        Article("blank", " \n")


def test_quotations_are_found_by_speaker(store: ArticleStore) -> None:
    text = "“We will rebuild,” said Tilda Brask, the mayor. “It takes a year,” she added."
    store.add([Article("mayor", text, published=date(2025, 5, 21))])
    quotations = store.quotations_by("Brask")
    assert [text[q.quotation.start : q.quotation.end] for q in quotations] == [
        "“We will rebuild,”",
        "“It takes a year,”",
    ]
    assert {q.quotation.speaker for q in quotations} == {"Tilda Brask"}
    assert store.quotations_by("Brask", Scope(until=date(2025, 5, 1))) == ()
    assert store.quotations_in(["mayor"]) == quotations


def test_quotations_of_a_replaced_version_are_gone(store: ArticleStore) -> None:
    store.add([Article("mayor", "“We will rebuild,” said Tilda Brask.")])
    store.add([Article("mayor", "“We will not rebuild,” said Ada Oake.")])
    assert store.quotations_by("Brask") == ()
    assert len(store.quotations_by("Oake")) == 1
