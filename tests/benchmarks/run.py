"""Measure the whole: indexing, questions by stage and size, memory, disk, cold start; a table in Markdown.

    make bench                                           # about an hour: articles are embedded, indexes made
    make bench ARGS='--keep FOLDER'                      # vectors and indexes kept there, and used the next time
    make bench ARGS='--keep FOLDER --only latency'       # latency alone, over the indexes that are there
    make bench ARGS='--passages 1000 --rate-passages 300 --turns 1'   # a quick look

The material is the Reuters articles (FOLDER given, or ARTICLE_QA_DATA/reuters21578), then copies of them with other
names; without them, invented articles. Ratios within one run are the figures to compare; times depend on the machine.
No figure fails the run.
"""

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from index_store.article import Article
from tests.benchmarks import footprint, latency, throughput
from tests.benchmarks.latency import Retrieval, Waits
from tests.benchmarks.material import REUTERS, first, originals
from tests.benchmarks.scale import SIZES, index_of, passages_in

PARTS = ("throughput", "latency", "stock", "footprint")
_STAGES = ("retrieve", "answer", "whole")


def main() -> None:
    options = _options()
    if not options.articles.exists():
        sys.stderr.write(
            f"skipped: there are no Reuters articles at {options.articles}; invented ones take their place\n"
        )
    articles = originals(options.articles)
    print(f"Python {platform.python_version()}, {platform.machine()}\n\n| | |\n|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(options, articles, options.keep or Path(folder)):
            print(row, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="?", default=REUTERS, help="folder of the Reuters articles")
    parser.add_argument("--keep", type=Path, help="folder for vectors and indexes")
    parser.add_argument("--passages", type=int, action="append", help="size of an index; may be given again")
    parser.add_argument("--rate-passages", type=int, default=2000, help="passages of one measurement of throughput")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be given again")
    return parser.parse_args()


def _rows(options: argparse.Namespace, articles: Sequence[Article], keep: Path) -> Iterator[str]:
    parts = options.only or PARTS
    sizes = sorted(options.passages or SIZES)
    questions = latency.questions_about(articles, options.questions)
    if "throughput" in parts:
        yield from _throughput_rows(first(articles, options.rate_passages), options.turns)
    for size in sizes if "latency" in parts else ():
        yield from _latency_rows(index_of(size, articles, keep), questions)
    if "stock" in parts:
        yield from _stock_rows(index_of(sizes[-1], articles, keep), keep / f"stock-{sizes[-1]}", questions)
    if "footprint" in parts:
        asked = [question for question, _ in questions]
        yield from _footprint_rows(footprint.measure(index_of(sizes[-1], articles, keep), asked, options.turns))


def _throughput_rows(articles: Sequence[Article], turns: int) -> Iterator[str]:
    rates = throughput.measure(articles, turns)
    yield f"| embedding alone, {rates.passages:,} passages | {rates.embedder:.1f} texts/s |"
    share, times = f"{rates.to_embedder:.2f}", f"{rates.to_stock:.2f}"
    busy, busy_times = f"{rates.to_embedder_busy:.2f}", f"{rates.to_stock_busy:.2f}"
    yield f"| indexing, quotations included | {rates.ours:.1f} passages/s |"
    yield f"| … to the embedder alone | {share} of its speed, {busy} by processor time |"
    yield f"| LlamaIndex `IngestionPipeline` into Chroma | {rates.stock:.1f} chunks/s |"
    yield f"| … ours to it | {times} times as fast, {busy_times} by processor time |"
    yield f"| a second run over unchanged input | {rates.second_run:.0f} times faster than the first |"


def _latency_rows(index: Path, questions: Sequence[tuple[str, date]]) -> Iterator[str]:
    over = f"over {passages_in(index):,} passages"
    stages = latency.question_waits(index, questions)
    for stage in _STAGES:
        yield f"| question {over}, {stage} | {_shown(stages[stage])} |"
    found = latency.retrieval_waits(index, questions)
    for name, taken in found.items():
        whole = found["everything"]
        ratios = f"; {taken.waits.p50 / whole.waits.p50:.2f} and {taken.busy.p50 / whole.busy.p50:.2f} times"
        yield f"| retrieving {over}, {name} | {_both(taken)}{ratios if taken is not whole else ''} |"


def _stock_rows(index: Path, folder: Path, questions: Sequence[tuple[str, date]]) -> Iterator[str]:
    over = f"over {passages_in(index):,} passages"
    waits = latency.stock_waits(index, questions, folder)
    yield f"| retrieving {over}, in turns with LlamaIndex | {_both(waits['ours'])} |"
    yield f"| LlamaIndex `QueryFusionRetriever` {over} | {_both(waits['stock'])} |"


def _footprint_rows(taken: footprint.Footprint) -> Iterator[str]:
    over = f"over {taken.passages:,} passages"
    yield f"| memory of a process that asks {over} | {taken.memory_mb:.0f} MB |"
    yield f"| disk {over} | {taken.disk_bytes_a_passage / 1000:.1f} kB a passage |"
    yield f"| `article-qa --help` | {taken.help_s:.2f} s |"
    yield f"| cold start of `article-qa ask` {over} | {taken.ask_s:.1f} s |"
    yield f"| `article-qa doctor` {over} | {taken.doctor_s:.1f} s |"


def _shown(waits: Waits) -> str:
    return f"p50 {waits.p50:.1f} ms, p95 {waits.p95:.1f} ms"


def _both(taken: Retrieval) -> str:
    return f"{_shown(taken.waits)}; {taken.busy.p50:.1f} ms of processor time"


if __name__ == "__main__":
    main()
