"""The throughput of indexing beside the bare embedder and stock LlamaIndex, and of a second run over the same input."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.indexing import embedded_text
from index_store.loading import load_articles
from index_store.store import ArticleStore
from tests.benchmarks.material import CHUNKER
from tests.benchmarks.stock import ingest


@dataclass(frozen=True, slots=True)
class Rates:
    """Passages a second, medians; the ratios are medians over the turns."""

    passages: int
    embedder: float
    ours: float
    stock: float
    to_embedder: float
    to_stock: float
    to_embedder_busy: float  # of processor time, which other work on the machine disturbs less
    to_stock_busy: float
    second_run: float  # how many times faster than the first


def measure(articles: Sequence[Article], turns: int) -> Rates:
    """Embedding alone, indexing, and the stock pipeline, in turns over the same articles."""
    embedder = MiniLMEmbedding()
    texts = [embedded_text(article, passage) for article in articles for passage in CHUNKER.passages(article)]
    embedder.get_text_embedding_batch(texts[:20])
    alone, ours, stock, again = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = _written(articles, folder / "articles.jsonl")
        for turn in range(turns):
            alone.append(_Pace.of(len(texts), partial(embedder.get_text_embedding_batch, texts)))
            index = partial(_index, rows, folder / f"ours{turn}", embedder)
            ours.append(_Pace.of(len(texts), index))
            again.append(len(texts) / ours[-1].wall / timed(index))
            stock.append(_Pace.of(None, partial(ingest, articles, embedder, folder / f"stock{turn}")))
            sys.stderr.write(
                f"turn {turn + 1}: {alone[-1].wall:.1f}, {ours[-1].wall:.1f}, {stock[-1].wall:.1f} a second\n"
            )
    pairs, others = list(zip(ours, alone, strict=True)), list(zip(ours, stock, strict=True))
    return Rates(
        passages=len(texts),
        embedder=statistics.median(pace.wall for pace in alone),
        ours=statistics.median(pace.wall for pace in ours),
        stock=statistics.median(pace.wall for pace in stock),
        to_embedder=statistics.median(a.wall / b.wall for a, b in pairs),
        to_stock=statistics.median(a.wall / b.wall for a, b in others),
        to_embedder_busy=statistics.median(a.busy / b.busy for a, b in pairs),
        to_stock_busy=statistics.median(a.busy / b.busy for a, b in others),
        second_run=statistics.median(again),
    )


@dataclass(frozen=True, slots=True)
class _Pace:
    """Passages a second, by the clock and by processor time."""

    wall: float
    busy: float

    @classmethod
    def of(cls, passages: int | None, work: Callable[[], object]) -> "_Pace":
        """The pace of a work over that many passages; None: the work says how many."""
        started, busy = time.perf_counter(), time.process_time()
        told = work()
        count = passages if isinstance(passages, int) else int(str(told))
        return cls(count / (time.perf_counter() - started), count / (time.process_time() - busy))


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _index(rows: Path, folder: Path, embedder: MiniLMEmbedding) -> None:
    """From the file to the closed index, as a run of `article-qa index`."""
    with ArticleStore.create(folder, embedder) as store:
        store.add(item for item in load_articles([rows]) if isinstance(item, Article))


def _written(articles: Sequence[Article], path: Path) -> Path:
    """The articles as a file of rows."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            day = article.published.isoformat() if article.published else None
            row = {"id": article.id, "text": article.text, "title": article.title, "source": article.source}
            file.write(json.dumps(row | {"date": day, "url": article.url}) + "\n")
    return path
