"""Measure readers while one process writes: eight that ask, and one that indexes 2,000 articles and updates some.

    python -m tests.benchmarks.together                       # the whole, with an embedder that takes no time
    python -m tests.benchmarks.together --articles 200 --readers 4
    python -m tests.benchmarks.together --model               # with the bundled embedding model
    python -m tests.benchmarks.together --server              # with the vectors on a Chroma server

Prints one JSON object: the waits of the readers in milliseconds, how long a published article takes until a search
finds it, and every fault. No figure fails the run; a fault does. The embedder that takes no time makes the writer
publish far more often than it could with a model: that is the worst case for readers.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.chroma_run import ChromaRun
from tests.fakes import FakeEmbedder

UPDATED = 20  # articles that are there from the start, and are written anew again and again
LOADED_ONCE = ["index_store.store", "tests.fakes", "chromadb.api.rust", "chromadb.api.fastapi"]  # for all processes
SENTENCE = "Vellmark{0} shipped {0} crates of salt in week {1}, the harbour office of Port Ostrane{0} said."


@dataclass(frozen=True, slots=True)
class Load:
    """What is read and written at once."""

    data_dir: Path
    articles: int
    readers: int
    is_model: bool
    settings: StoreSettings

    def embedder(self) -> BaseEmbedding:
        return MiniLMEmbedding(threads=1) if self.is_model else FakeEmbedder()


def article(number: int, week: int) -> Article:
    """Three sentences that all name the same week: a mixture of two versions would name two."""
    text = " ".join(SENTENCE.format(number, week) for _ in range(12))
    return Article(f"a{number}", text, f"Salt {number}", "The Post")


def write(load: Load, done: Event, told: "Queue[Any]") -> None:
    """New articles in steps of a hundred, and between the steps the first ones anew."""
    seconds = []
    with ArticleStore(load.data_dir, load.embedder(), load.settings) as store:
        for week, first in enumerate(range(UPDATED, UPDATED + load.articles, 100), start=1):
            started = time.perf_counter()
            store.add(article(n, week) for n in range(first, min(first + 100, UPDATED + load.articles)))
            seconds.append(time.perf_counter() - started)
            told.put(("published", first, time.monotonic()))
            store.add(article(n, week) for n in range(UPDATED))
    told.put(("writer", sum(seconds), None))
    done.set()


def guarded(work: Callable[..., None], done: Event, told: "Queue[Any]", *arguments: Any) -> None:
    """Runs a part in its process; what breaks it ends the measurement."""
    try:
        work(*arguments)
    except Exception as error:  # noqa: BLE001 - told to the parent
        told.put(("broken", f"{work.__name__}: {error!r}", None))
        done.set()


def read(load: Load, reader: int, done: Event, told: "Queue[Any]") -> None:
    """Asks for articles that are always there, until the writer is done; each answer must be of one version."""
    waits, number = [], reader
    with ArticleStore(load.data_dir, load.embedder(), load.settings) as store:
        while not done.is_set():
            number = (number + 7) % UPDATED
            started = time.perf_counter()
            try:
                hits = store.search(f"crates of salt that Vellmark{number} shipped", limit=10)
                waits.append(time.perf_counter() - started)
                versions = store.articles_of(hit.stored.version for hit in hits)
            except Exception as error:  # noqa: BLE001 - a fault is what is looked for
                told.put(("fault", f"reader {reader}: {error!r}", None))
                continue
            if fault := fault_of(hits, versions, f"a{number}"):
                told.put(("fault", f"reader {reader}: {fault}", None))
            time.sleep(0.01)
    told.put(("waits", waits, None))


def fault_of(hits: Any, versions: Any, wanted: str) -> str | None:
    """What is wrong with an answer."""
    passages = [hit.stored.passage for hit in hits]
    if len({p.id for p in passages}) < len(passages):
        return "a passage was found twice"
    if wanted not in {p.article_id for p in passages}:
        return f"{wanted} was not found, but {sorted({p.article_id for p in passages})}"
    for hit in hits:
        whole = versions.get(hit.stored.version)  # None: replaced since
        if whole and whole.text[hit.stored.passage.start : hit.stored.passage.end] != hit.stored.passage.text:
            return f"{hit.stored.passage.id} is not its article's text"
    of_wanted = {hit.stored.version for hit in hits if hit.stored.passage.article_id == wanted}
    return f"{wanted} was found in {len(of_wanted)} versions" if len(of_wanted) > 1 else None


def watch(load: Load, told: "Queue[Any]", published: "Queue[Any]") -> None:
    """How long it takes until a search elsewhere finds what was just published."""
    with ArticleStore(load.data_dir, load.embedder(), load.settings) as store:
        while (message := published.get()) is not None:
            number, at = message
            while f"a{number}" not in {
                hit.stored.passage.article_id for hit in store.search(f"Vellmark{number} crates", limit=10)
            }:
                if time.monotonic() - at > 60:
                    told.put(("fault", f"a{number} is not found a minute after it was published", None))
                    break
            told.put(("seen", time.monotonic() - at, None))


def measure(load: Load) -> dict[str, Any]:
    """The figures of one run."""
    with ArticleStore.create(load.data_dir, load.embedder(), load.settings) as store:
        store.add(article(number, 0) for number in range(UPDATED))
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    context.set_forkserver_preload(LOADED_ONCE)
    done, told, published = context.Event(), context.Queue(), context.Queue()
    readers = [
        context.Process(target=guarded, args=(read, done, told, load, n, done, told)) for n in range(load.readers)
    ]
    others = [
        context.Process(target=guarded, args=(write, done, told, load, done, told)),
        context.Process(target=guarded, args=(watch, done, told, load, told, published)),
    ]
    for process in (*readers, *others):
        process.start()
    figures = _collected(told, published, load.readers)
    for process in (*readers, *others):
        process.join(timeout=60)
        figures["faults"] += [f"exit code {process.exitcode}"] if process.exitcode else []
    with ArticleStore(load.data_dir, load.embedder(), load.settings) as store:
        figures["articles"] = store.counts().articles
    return figures


def _collected(told: "Queue[Any]", published: "Queue[Any]", readers: int) -> dict[str, Any]:
    waits: list[float] = []
    seen: list[float] = []
    figures: dict[str, Any] = {"faults": []}
    steps, finished, is_writing = 0, 0, True
    while finished < readers or is_writing or len(seen) < steps:
        kind, value, at = told.get(timeout=600)
        if kind == "published":
            steps += 1
            published.put((value, at))
        elif kind == "seen":
            seen.append(value)
        elif kind == "waits":
            waits += value
            finished += 1
        elif kind == "writer":
            is_writing, figures["writer_s"] = False, round(value, 1)
        else:
            figures["faults"].append(value)
            if kind == "broken":
                break
    published.put(None)
    return figures | {
        "questions": len(waits),
        "p50_ms": _milliseconds(waits, 50),
        "p95_ms": _milliseconds(waits, 95),
        "worst_ms": round(1000 * max(waits, default=0)),
        "seen_after_ms": round(1000 * max(seen, default=0)),
    }


def _milliseconds(waits: list[float], percent: int) -> float:
    return round(1000 * statistics.quantiles(waits, n=100)[percent - 1], 1) if len(waits) > 1 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--model", action="store_true", help="embed with the bundled model")
    parser.add_argument("--server", action="store_true", help="keep the vectors on a Chroma server")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        chroma = running.enter_context(ChromaRun(Path(folder, "server"))).database() if args.server else None
        settings = StoreSettings(chroma=chroma)
        figures = measure(Load(Path(folder, "index"), args.articles, args.readers, args.model, settings))
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.exit(bool(figures["faults"]))


if __name__ == "__main__":
    main()
