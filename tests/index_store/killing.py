"""Kill whoever writes an index, at random moments of every kind of writing, and look at what is left.

    python -m tests.index_store.killing                # 10 moments of each kind
    python -m tests.index_store.killing --moments 200  # a long run
    python -m tests.index_store.killing --server       # with the vectors on a Chroma server, which goes on

Prints one JSON object a kind of writing. Each attempt is a process of its own, forked after the imports and before any
index is open; so is each look at what is left.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from pathlib import Path

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # before a fork

from index_store import indexing
from index_store.care import examine, repair
from index_store.catalog import Catalog
from index_store.embedding import token_starts
from index_store.layout import CATALOG_FILE
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.chroma_run import ChromaRun
from tests.fakes import FakeEmbedder
from tests.index_store.damage import add_vectors, articles, collection_names, swell_links, tear_words, unfound

SETTINGS = StoreSettings(passage_tokens=20, batch_passages=2)
COUNT = 16  # articles of two passages each
MODELS = ("one", "two")
LOADED_BEFORE_THE_FORKS = ("chromadb.api.rust", "chromadb.api.fastapi")  # else every one of them loads Chroma anew


@dataclass(slots=True)
class Tally:
    """What came of the kills of one kind of writing."""

    kind: str
    kills: int = 0
    landed: int = 0  # before the writing was done
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


def index(data_dir: Path, attempt: int, ready: Callable[[], None]) -> None:
    """New articles beside those of every earlier attempt."""
    with _store(data_dir) as store:
        ready()
        store.add(articles(COUNT * (attempt + 2))[-COUNT * 2 :])


def update(data_dir: Path, attempt: int, ready: Callable[[], None]) -> None:
    """Every article anew."""
    with _store(data_dir) as store:
        ready()
        store.add(articles(COUNT, revision=f" of year {attempt}"))


def remove(data_dir: Path, attempt: int, ready: Callable[[], None]) -> None:
    """Half of the articles, two at a time, and what an earlier attempt removed is added before."""
    half = [article.id for article in articles(COUNT // 2)]
    with _store(data_dir) as store:
        ready()
        store.add(articles(COUNT))
        for start in range(0, len(half), 2):
            store.remove(half[start : start + 2])


def mend(data_dir: Path, attempt: int, ready: Callable[[], None]) -> None:
    """Vectors and words that are broken without anyone noticing."""
    if SETTINGS.chroma:
        add_vectors(data_dir, 900_000 + 10 * attempt)
    elif list(_folder(data_dir, "vectors").glob("*/link_lists.bin")):
        swell_links(data_dir)
    tear_words(data_dir)
    ready()
    repair(data_dir, _embedder(data_dir), SETTINGS)


def rebuild(data_dir: Path, attempt: int, ready: Callable[[], None]) -> None:
    """From one model to the other, and back."""
    ready()
    other = MODELS[0] if _embedder(data_dir).model_name == MODELS[1] else MODELS[1]
    repair(data_dir, FakeEmbedder(model_name=other), SETTINGS)


KINDS: tuple[Callable[[Path, int, Callable[[], None]], None], ...] = (index, update, remove, mend, rebuild)


def _store(data_dir: Path) -> ArticleStore:
    return ArticleStore.create(data_dir, _embedder(data_dir), SETTINGS)


def _embedder(data_dir: Path) -> FakeEmbedder:
    """The model that the index was built with last."""
    name = MODELS[0]
    if (data_dir / CATALOG_FILE).exists():
        with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
            name = MODELS[1] if f" {MODELS[1]} " in catalog.placement.fingerprint else MODELS[0]
    return FakeEmbedder(model_name=name)


def _folder(data_dir: Path, kind: str) -> Path:
    with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
        return data_dir / str(getattr(catalog.placement, kind))


def look(data_dir: Path, at_least: int) -> None:
    """Fails unless the index opens, holds what it held and answers."""
    with ArticleStore(data_dir, _embedder(data_dir), SETTINGS) as store:
        headers = list(store.headers())
        assert len(headers) >= at_least, f"{len(headers)} articles of {at_least}"
        for header in headers[:: max(len(headers) // 8, 1)]:
            article = store.article(header.id)
            for passage in store.passages(header.id):
                assert article.text[passage.start : passage.end] == passage.text
                found = [hit.stored.passage.id for hit in store.search(passage.text, limit=5)]
                assert found[0] == passage.id, f"{passage.id} is not found, but {found}"
                assert len(set(found)) == len(found)


def look_through(data_dir: Path) -> None:
    """Fails unless every passage is found by its own words, none twice, and the checks find nothing."""
    with ArticleStore(data_dir, _embedder(data_dir), SETTINGS) as store:
        assert unfound(store) == []
        passages = store.counts().passages
        assert store._derived.counts().lexical == store._derived.counts().vectors == passages
    if SETTINGS.chroma:
        assert collection_names(data_dir) == {_folder(data_dir, "vectors").name}
    problems = [f for f in examine(data_dir, _embedder(data_dir), SETTINGS).findings if not f.is_ok]
    assert problems == [], problems


def forked(work: Callable[[Callable[[], None]], None], kill_after_s: float | None = None) -> tuple[bool, str]:
    """Whether a process of its own was killed, and what it failed with."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        try:
            work(lambda: _say(write_end, b"r"))
        except BaseException:  # noqa: BLE001 - told to the parent
            _say(write_end, traceback.format_exc().encode())
            os._exit(1)
        os._exit(0)
    os.close(write_end)
    told = b""
    if kill_after_s is not None:
        told = os.read(read_end, 1)
        time.sleep(kill_after_s)
        os.kill(pid, signal.SIGKILL)
    while part := os.read(read_end, 65536):
        told += part
    os.close(read_end)
    status = os.waitpid(pid, 0)[1]
    failed = os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0
    return os.WIFSIGNALED(status), told.decode(errors="replace") if failed else ""


def _say(end: int, words: bytes) -> None:
    os.write(end, words)


def kill_at_moments(data_dir: Path, kind: Callable[..., None], moments: int, seed: int) -> Tally:
    """Kills one kind of writing again and again, each time at another moment, and looks after each."""
    chance, tally, started = random.Random(seed), Tally(kind.__name__), time.perf_counter()  # noqa: S311
    forked(lambda ready: _begin(data_dir))
    longest, at_least = _seconds_of(data_dir, kind), COUNT // 2 if kind is remove else COUNT
    for attempt in range(1, moments + 1):
        killed, fault = forked(lambda ready, n=attempt: kind(data_dir, n, ready), chance.uniform(0, longest))
        tally.kills += 1
        tally.landed += killed
        left = forked(lambda ready: look(data_dir, at_least))[1]
        tally.faults += [f"{attempt}: {told}" for told in (fault, left) if told]
    for work in (lambda ready: kind(data_dir, moments + 1, ready), lambda ready: _finish(data_dir)):
        if fault := forked(work)[1]:
            tally.faults.append(f"afterwards: {fault}")
    tally.seconds = round(time.perf_counter() - started, 1)
    return tally


def _begin(data_dir: Path) -> None:
    with _store(data_dir) as store:
        store.add(articles(COUNT))


def _finish(data_dir: Path) -> None:
    repair(data_dir, _embedder(data_dir), SETTINGS)  # the kind that was killed may have been the one that breaks it
    look_through(data_dir)


def _seconds_of(data_dir: Path, kind: Callable[..., None]) -> float:
    read_end, write_end = os.pipe()

    def timed(ready: Callable[[], None]) -> None:
        started = [time.perf_counter()]
        kind(data_dir, 0, lambda: started.append(time.perf_counter()))
        os.write(write_end, str(time.perf_counter() - started[-1]).encode())

    fault = forked(timed)[1]
    if fault:
        raise RuntimeError(fault)
    return float(os.read(read_end, 64))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=10, help="kills of each kind of writing")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--server", action="store_true", help="keep the vectors on a Chroma server")
    args = parser.parse_args()
    if args.server:
        with tempfile.TemporaryDirectory() as folder, ChromaRun(Path(folder)) as server:
            kill_each_kind(args.moments, args.seed, server)
    else:
        kill_each_kind(args.moments, args.seed, None)


def kill_each_kind(moments: int, seed: int, server: ChromaRun | None) -> None:
    """Prints what comes of each kind, with a database of its own on the server if there is one."""
    global SETTINGS
    token_starts("loaded before the forks")
    for name in LOADED_BEFORE_THE_FORKS:
        import_module(name)
    # the graph is written every few passages, as else after a thousand
    indexing._UNFLUSHED_DURING, indexing._UNFLUSHED_AFTER = 12, 4
    for kind in KINDS:
        SETTINGS = replace(SETTINGS, chroma=server.database() if server else None)
        with tempfile.TemporaryDirectory() as folder:
            tally = kill_at_moments(Path(folder), kind, moments, seed)
        sys.stdout.write(json.dumps(asdict(tally)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
