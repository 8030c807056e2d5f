"""Measure the whole: indexing against the bare embedder, questions by stage, and the start of the command.

    make bench                       # the three together, at 10,000 passages
    make bench ARGS='--passages 500' # a quick look

Ratios within one run are the figures to compare; times depend on the machine. No figure fails the run.
"""

import argparse
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from index_store.article import Article
from index_store.chunking import Chunker
from index_store.embedding import MiniLMEmbedding, token_starts
from index_store.indexing import embedded_text
from index_store.loading import load_articles
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine
from qa.evaluation import load_questions

ROOT = Path(__file__).parents[2]
SAMPLES, QUESTIONS = ROOT / "index_store" / "samples", ROOT / "qa" / "evaluation" / "samples" / "questions.jsonl"
RATE_PASSAGES = 400  # passages of one measurement of speed: enough to even out, few enough to repeat


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, seed 7")
    measure_start(options.repeats)
    measure_indexing(options.repeats)
    measure_questions(options.passages)


def measure_start(repeats: int) -> None:
    """How long a user waits for the help text."""
    command = [sys.executable, "-m", "qa.cli.main", "--help"]
    seconds = [_timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(repeats)]
    print(f"article-qa --help            {statistics.median(seconds):8.2f} s")


def measure_indexing(repeats: int) -> None:
    """Embedding alone and indexing end to end, alternating over the same passages."""
    chunker = Chunker(token_starts, StoreSettings().passage_tokens)
    articles, texts = [], []
    for article in invented_articles(seed=7):
        articles.append(article)
        texts += [embedded_text(article, passage) for passage in chunker.passages(article)]
        if len(texts) >= RATE_PASSAGES:
            break
    embedder = MiniLMEmbedding()
    embedder.get_text_embedding("load the model")
    alone, whole = [], []
    for _ in range(repeats):
        alone.append(len(texts) / _timed(lambda: embedder.get_text_embedding_batch(texts)))
        with tempfile.TemporaryDirectory() as folder, ArticleStore.create(Path(folder), embedder) as store:
            whole.append(len(texts) / _timed(partial(store.add, articles)))
    ratio = statistics.median(b / a for a, b in zip(alone, whole, strict=True))
    print(f"embedding alone              {statistics.median(alone):8.1f} texts/s")
    print(f"indexing end to end          {statistics.median(whole):8.1f} passages/s ({ratio:.2f} of the embedder)")


def measure_questions(passages: int) -> None:
    """Time to answer the sample questions by stage, over an index of at least `passages` passages."""
    with tempfile.TemporaryDirectory() as folder, ArticleStore.create(Path(folder), MiniLMEmbedding()) as store:
        seconds = _timed(lambda: store.add(_until(passages)))
        print(f"index of {store.counts().passages:,} passages in {seconds:.0f} s")
        engine = ArticleQueryEngine(store)
        timings: dict[str, list[float]] = {}
        for question in load_questions(QUESTIONS):
            for stage, taken in engine.query(question.question, asked_on=question.asked_on).timings_ms.items():
                timings.setdefault(stage, []).append(taken)
    for stage, values in timings.items():
        cuts = statistics.quantiles(values, n=20)
        print(f"question, {stage:18} p50 {cuts[9]:7.1f} ms   p95 {cuts[18]:7.1f} ms")


@dataclass(frozen=True)
class Sentences:
    """The sample articles as material for invented ones."""

    titles: tuple[str, ...]
    paragraphs: tuple[str, ...]


def invented_articles(seed: int) -> Iterator[Article]:
    """The samples first, then without end articles of their paragraphs with other names and figures."""
    samples = [article for article in load_articles([SAMPLES]) if isinstance(article, Article)]
    yield from samples
    material = Sentences(
        tuple(article.title for article in samples),
        tuple(part for article in samples for part in article.text.split("\n\n") if len(part) > 80),
    )
    chance = random.Random(seed)  # noqa: S311 - no secret
    number = 0
    while True:
        number += 1
        yield _invented(material, number, chance)


def _invented(material: Sentences, number: int, chance: random.Random) -> Article:
    text = "\n\n".join(_renamed(part, chance) for part in chance.sample(material.paragraphs, 6))
    published = date(2024, 1, 1) + timedelta(days=chance.randrange(500))
    return Article(
        f"invented-{number}", text, _renamed(chance.choice(material.titles), chance), "Press", published=published
    )


def _renamed(text: str, chance: random.Random) -> str:
    """Each capitalised word and each number is replaced, so that no two articles say the same."""
    words = []
    for word in text.split(" "):
        if word[:1].isupper() and chance.random() < 0.5:
            word = "".join(chance.choice("bdfklmnprstv") + chance.choice("aeiou") for _ in range(3)).capitalize()
        elif word[:1].isdigit():
            word = str(chance.randrange(2, 9000))
        words.append(word)
    return " ".join(words)


def _until(passages: int) -> Iterator[Article]:
    chunker = Chunker(token_starts, StoreSettings().passage_tokens)
    for article in invented_articles(seed=7):
        yield article
        passages -= len(chunker.passages(article))
        if passages <= 0:
            return


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
