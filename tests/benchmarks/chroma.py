"""Measure retrieving with the vectors on a Chroma server on this machine against the same in a folder, in one run.

    python -m tests.benchmarks.chroma                   # 5,000 passages
    python -m tests.benchmarks.chroma --passages 1000

Prints one JSON object: milliseconds a question and passages a second, of each, and how many times longer the server
takes. Embedding takes no time, so that the rest is all that is measured.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from index_store.article import Article
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.chroma_run import ChromaRun
from tests.fakes import FakeEmbedder

DIMENSION = 384  # the bundled model's
QUESTIONS = 300
WORDS = ("harbour", "council", "bridge", "ferry", "storm", "budget", "strike", "dam", "vote", "court", "salt", "museum")


class RandomEmbedder(FakeEmbedder):
    """A vector of its own for every text."""

    def _get_text_embedding(self, text: str) -> list[float]:
        vector = np.random.default_rng(abs(hash(text))).standard_normal(DIMENSION)
        return list(vector / np.linalg.norm(vector))


def articles(passages: int) -> Iterator[Article]:
    """Articles of one passage each, of words that many share."""
    chance = np.random.default_rng(7)
    for number in range(passages):
        yield Article(f"a{number}", f"Number {number}: {' '.join(chance.choice(WORDS, 12))}.", f"Headline {number}")


def filled(data_dir: Path, passages: int, settings: StoreSettings) -> tuple[ArticleStore, float]:
    """An open store, and the passages a second that it took."""
    store = ArticleStore.create(data_dir, RandomEmbedder(), settings)
    started = time.perf_counter()
    store.add(articles(passages))
    return store, passages / (time.perf_counter() - started)


def asked(stores: Mapping[str, ArticleStore]) -> dict[str, list[float]]:
    """Milliseconds of each question to each store, in turns, so that other work on the machine meets both."""
    chance = np.random.default_rng(8)
    waits: dict[str, list[float]] = {name: [] for name in stores}
    for _ in range(QUESTIONS):
        question = " ".join(chance.choice(WORDS, 5))
        for name, store in stores.items():
            started = time.perf_counter()
            store.search(question)
            waits[name].append(1000 * (time.perf_counter() - started))
    return waits


def measure(folder: Path, passages: int) -> dict[str, float]:
    """The figures of one run."""
    figures: dict[str, float] = {"passages": passages}
    with ChromaRun(folder / "server") as server:
        kept = {"folder": StoreSettings(), "server": StoreSettings(chroma=server.database())}
        stores = {}
        for name, settings in kept.items():
            stores[name], speed = filled(folder / name / "index", passages, settings)
            figures[f"{name}_passages_a_second"] = round(speed)
        for name, waits in asked(stores).items():
            figures[f"{name}_p50_ms"] = round(statistics.median(waits), 1)
            figures[f"{name}_p95_ms"] = round(statistics.quantiles(waits, n=20)[-1], 1)
            stores[name].close()
    figures["p50_ratio"] = round(figures["server_p50_ms"] / figures["folder_p50_ms"], 2)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=5000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(measure(Path(folder), args.passages)) + "\n")


if __name__ == "__main__":
    main()
