"""The latency of questions, by stage, by size of the index, with filters, and beside LlamaIndex's fusion retriever."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine
from tests.benchmarks.material import OUTLETS, middle_day
from tests.benchmarks.stock import fusion_retriever

_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds of the same questions, asked one after the other."""

    p50: float
    p95: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> "Waits":
        cuts = statistics.quantiles(milliseconds, n=20)
        return cls(cuts[9], cuts[18])


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What retrieving took, by the clock and by processor time, which other work on the machine disturbs less."""

    waits: Waits
    busy: Waits


def questions_about(articles: Sequence[Article], count: int) -> tuple[tuple[str, date], ...]:
    """A question about each of `count` articles by its headline, and the day it is asked on."""
    dated = [article for article in articles if article.title and article.published]
    chosen = random.Random(3).sample(dated, min(count, len(dated)))  # noqa: S311 - no secret
    return tuple((f"What is said about {a.title.lower()}?", a.published) for a in chosen if a.published)


def question_waits(index: Path, questions: Sequence[tuple[str, date]]) -> Mapping[str, Waits]:
    """Waits by stage: `retrieve`, `answer` and the whole."""
    timings: dict[str, list[float]] = {}
    with _engine(index) as engine:
        for question, day in (*questions[:_WARM_UP], *questions):
            answer = engine.query(question, asked_on=day)
            for stage, taken in {**answer.timings_ms, "whole": sum(answer.timings_ms.values())}.items():
                timings.setdefault(stage, []).append(taken)
    return {stage: Waits.of(values[_WARM_UP:]) for stage, values in timings.items()}


def retrieval_waits(index: Path, questions: Sequence[tuple[str, date]]) -> Mapping[str, Retrieval]:
    """Waits of the retriever alone: unlimited, and limited to half of the passages by day or outlet; in turns."""
    with _engine(index) as engine:
        options: Mapping[str, Mapping[str, Any]] = {
            "everything": {},
            "half by day": {"since": middle_day(engine.store.headers())},
            "half by outlet": {"sources": [OUTLETS[0]]},
        }
        works = {name: partial(_retrieved, engine, **kept) for name, kept in options.items()}
        return _in_turns(works, questions)


def stock_waits(index: Path, questions: Sequence[tuple[str, date]], folder: Path) -> Mapping[str, Retrieval]:
    """Waits of our retriever and of LlamaIndex's, in turns over the same passages."""
    embedder = MiniLMEmbedding()
    stock = fusion_retriever(index, embedder, folder)
    with _engine(index) as engine:
        works = {"ours": partial(_retrieved, engine), "stock": lambda question, _day: stock.retrieve(question)}
        return _in_turns(works, questions)


def _retrieved(engine: ArticleQueryEngine, question: str, day: date, **options: Any) -> object:
    return engine.retrieve(question, asked_on=day, **options)


def _in_turns(
    works: Mapping[str, Callable[[str, date], object]], questions: Sequence[tuple[str, date]]
) -> Mapping[str, Retrieval]:
    waits: dict[str, list[float]] = {name: [] for name in works}
    busy: dict[str, list[float]] = {name: [] for name in works}
    for question, day in (*questions[:_WARM_UP], *questions):
        for name, work in works.items():
            started, processor = time.perf_counter(), time.process_time()
            work(question, day)
            waits[name].append(1000 * (time.perf_counter() - started))
            busy[name].append(1000 * (time.process_time() - processor))
    return {name: Retrieval(Waits.of(waits[name][_WARM_UP:]), Waits.of(busy[name][_WARM_UP:])) for name in works}


@contextmanager
def _engine(index: Path) -> Iterator[ArticleQueryEngine]:
    with ArticleStore(index, MiniLMEmbedding()) as store:
        yield ArticleQueryEngine(store)
