import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.store import ArticleStore
from tests.index_store.stored import found
from tests.index_store.test_store_sharing import ENVIRONMENT, ROOT, environment_with

ADD_ONE = """
import os, sys, time
from pathlib import Path
from index_store.article import Article
from index_store.chroma_server import chroma_server_from
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder

with ArticleStore(Path(sys.argv[1]), FakeEmbedder(), StoreSettings(chroma=chroma_server_from(os.environ))) as store:
    store.add([Article("ferry", "The ferry to Ostrane sails.")])
    print(time.time(), flush=True)
"""


@pytest.mark.parametrize("options", [(), ("--server",)], ids=["vectors in a folder", "vectors on a server"])
def test_readers_meet_no_fault_and_no_half_article_while_another_process_writes(options: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.together", "--articles", "120", "--readers", "2", *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT, timeout=150)
    figures = json.loads(done.stdout)
    assert figures["faults"] == []
    assert figures["articles"] == 140
    assert figures["questions"] > 0


def test_a_search_elsewhere_finds_a_new_article_as_soon_as_it_is_written(store: ArticleStore) -> None:
    command = [sys.executable, "-c", ADD_ONE, str(store.data_dir)]
    environment = environment_with(store.settings.chroma)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        written = float(writer.stdout.readline())
        assert found(store, "ferry to Ostrane")[0] == "ferry"  # the first search, not one after some time
        seconds = time.time() - written
    assert seconds < 10  # about 0.1 s; a limit that only a search that waits for something would miss


def test_an_article_that_is_replaced_again_and_again_is_never_missing(store: ArticleStore, tmp_path: Path) -> None:
    script = ADD_ONE.replace(
        'store.add([Article("ferry", "The ferry to Ostrane sails.")])',
        "[store.add([Article('bridge', f'The harbour bridge closed in year {n}.')]) for n in range(25)]",
    )
    command = [sys.executable, "-c", script, str(store.data_dir)]
    environment = environment_with(store.settings.chroma)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as writer:
        while writer.poll() is None:
            assert "bridge" in found(store, "the harbour bridge closed")
    assert writer.returncode == 0
    assert store.article("bridge") == Article("bridge", "The harbour bridge closed in year 24.")
