import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from index_store.article import Article
from index_store.catalog import Cut, StoreCounts
from index_store.chroma_server import DATABASE_VARIABLE, URL_VARIABLE, ChromaServer
from index_store.derived import DerivedCounts
from index_store.errors import IndexLockedError, IndexNotFoundError
from index_store.lexical import LexicalEntry
from index_store.passage import Passage
from index_store.scope import Scope
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from index_store.writing import sole_writer
from tests.fakes import FakeEmbedder
from tests.index_store.stored import BRIDGE, found, kept_in_folder

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def environment_with(chroma: ChromaServer | None) -> dict[str, str]:
    return ENVIRONMENT | ({URL_VARIABLE: chroma.url, DATABASE_VARIABLE: chroma.database} if chroma else {})


WRITER = """
import os, sys
from pathlib import Path
from index_store.article import Article
from index_store.chroma_server import chroma_server_from
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder

data_dir, tokens, word, count, *revision = sys.argv[1:]
settings = StoreSettings(passage_tokens=int(tokens), batch_passages=1, chroma=chroma_server_from(os.environ))
text = "{0} opens " + "".join(revision) + " and all are glad."
articles = (Article(f"{word}{n}", text.format(f"{word}{n}")) for n in range(int(count)))
with ArticleStore.create(Path(data_dir), FakeEmbedder(), settings) as store:
    store.add(articles, on_progress=lambda report: print(report.articles, flush=True))
"""


def run(script: str, *arguments: object, chroma: ChromaServer | None = None) -> None:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    environment = environment_with(chroma)
    subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=120, stdout=subprocess.DEVNULL)


def test_a_reader_sees_what_another_process_has_written(store: ArticleStore) -> None:
    assert "ferry" not in found(store, "ferry")
    run(WRITER, store.data_dir, 200, "ferry", 1, chroma=store.settings.chroma)
    assert found(store, "ferry0 opens")[0] == "ferry0"


def test_two_stores_on_one_directory_see_each_other(store: ArticleStore) -> None:
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as other:
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


def test_a_writer_that_stayed_open_builds_on_what_others_wrote(store: ArticleStore) -> None:
    run(WRITER, store.data_dir, 200, "museum", 1500, chroma=store.settings.chroma)
    store.add([Article(f"ferry-{number}", f"Ferry{number} sails.") for number in range(50)])
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as fresh:
        assert fresh._derived.counts() == DerivedCounts(1552, 1552)
        assert found(fresh, "museum7 opens")[0] == "museum7"
        keys = fresh._catalog.keys_in(Scope())
        assert all(map(fresh._derived.holds_vector, keys[:: len(keys) // 40]))
    assert found(store, "museum7 opens")[0] == "museum7"


def test_a_writer_that_stayed_open_clears_up_after_one_that_was_killed(store: ArticleStore) -> None:
    article = Article("half", "Half written. " * 1200)
    spans = [(start, start + 13) for start in range(0, len(article.text), 14)]
    passages = tuple(
        Passage(f"half#{n}", "half", start, end, article.text[start:end]) for n, (start, end) in enumerate(spans)
    )
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as killed:
        _, keys = killed._catalog.begin([Cut(article, passages, ())])
        entries = [LexicalEntry(key, "", passage.text) for key, passage in zip(keys, passages, strict=True)]
        killed._derived.add(entries, np.ones((len(keys), 64), dtype=np.float32))
    store.add([Article("ferry", "The ferry sails.")])
    with ArticleStore(store.data_dir, FakeEmbedder(), store.settings) as fresh:
        assert fresh._derived.counts() == DerivedCounts(3, 3)
        assert all(map(fresh._derived.holds_vector, fresh._catalog.keys_in(Scope())))
        assert found(fresh, "ferry sails")[0] == "ferry"


def test_a_writer_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    settings = StoreSettings(passage_tokens=50)  # with batches of one passage, of 200 characters: many commits
    moments = random.Random(7)  # noqa: S311 - the same moments in every run
    for attempt in range(6):
        command = [sys.executable, "-c", WRITER, str(tmp_path), "50", "word", "200", str(attempt)]
        with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            for _ in range(moments.randint(1, 20)):  # of about thirty commits
                writer.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.05))
            writer.kill()
        assert writer.returncode == -signal.SIGKILL
        with ArticleStore.create(tmp_path, FakeEmbedder(), settings) as store:
            for hit in store.search("word17 opens"):
                version = hit.stored.version
                passage = hit.stored.passage
                assert store.articles_of([version])[version].text[passage.start : passage.end] == passage.text
    run(WRITER, tmp_path, 50, "word", 200)
    with ArticleStore(tmp_path, FakeEmbedder(), settings) as store:
        assert store.counts() == StoreCounts(200, 200)
        assert store._derived.counts() == DerivedCounts(200, 200)
        for number in range(200):
            hits = [h.stored.passage.article_id for h in store.search(f"word{number}", limit=200) if h.lexical > 0]
            assert hits == [f"word{number}"]


@kept_in_folder
def test_an_index_that_takes_the_place_of_the_open_one_is_the_one_that_answers(
    store: ArticleStore, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "index"
    with ArticleStore.create(other, FakeEmbedder()) as made:
        made.add([Article("ferry", "The bridge ferry was sold.", "Ferry sold")])
    shutil.rmtree(store.data_dir)
    with pytest.raises(IndexNotFoundError):
        store.search("bridge")
    other.rename(store.data_dir)
    assert found(store, "bridge") == ["ferry"]
    assert [header.id for header in store.headers()] == ["ferry"]
    assert store.add([BRIDGE]).added == 1
    assert set(found(store, "bridge")) == {"ferry", "bridge"}
