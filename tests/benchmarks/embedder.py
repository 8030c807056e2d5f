"""Measure the bundled embedding: how near it is to the original, and how many texts a second it does.

    python tests/benchmarks/embedder.py --reference reference.onnx

The reference is the full-precision graph that `index_store/minilm/export.py --reference` writes; without it only
the speed is measured. Passages are cut from the articles under ARTICLE_QA_DATA, or from `--articles` (JSON Lines
with a `text` in each row).
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index_store.embedding import MINILM_DIR, MiniLMEmbedding, token_starts

Vectors = NDArray[np.float32]

_DATA = Path(os.environ.get("ARTICLE_QA_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
_WORDS = 150  # about 200 word-pieces, the size of a passage
_WARM_UP = 5


def main() -> None:
    options = _options()
    passages = _passages(options.articles, options.passages)
    pieces = statistics.mean(len(token_starts(passage)) for passage in passages)
    _row("passages", f"{len(passages)} of {pieces:.0f} word-pieces on average")
    for threads in sorted({1, MiniLMEmbedding().threads}):
        embedding = MiniLMEmbedding(threads=threads)
        _row(f"int8, {threads} thread(s)", _rate(embedding.get_text_embedding_batch, passages, options.repeats))
    if options.reference:
        original = _Reference(options.reference)
        _row("original, 1 thread", _rate(original.vectors, passages, options.repeats))
        cosines = (np.array(embedding.get_text_embedding_batch(passages)) * original.vectors(passages)).sum(axis=1)
        _row("cosine to the original", f"mean {cosines.mean():.4f}, lowest {cosines.min():.4f}")


class _Reference:
    """The full-precision graph, one text a run on one thread like the graph it is compared with."""

    def __init__(self, model: Path) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(MINILM_DIR / "tokenizer.json"))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        ids = [np.array([self._tokenizer.encode(text).ids]) for text in texts]
        return np.concatenate([self._session.run(None, {"input_ids": row})[0] for row in ids])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the bundled embedding.")
    parser.add_argument("--reference", type=Path, help="full-precision graph to compare with")
    parser.add_argument("--articles", type=Path, default=_DATA / "realtimeqa_small_dev" / "articles.jsonl")
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=3, help="timings, of which the median is shown")
    return parser.parse_args()


def _passages(articles: Path, count: int) -> list[str]:
    """One stretch of words from each of `count` articles, the same at every run."""
    with articles.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"].split() for row in rows]
    draw = random.Random(0)  # noqa: S311 - a sample, not a secret
    chosen = draw.sample(texts, min(count, len(texts)))
    starts = [draw.randrange(max(1, len(words) - _WORDS)) for words in chosen]
    return [" ".join(words[start : start + _WORDS]) for words, start in zip(chosen, starts, strict=True)]


def _rate(embed: Callable[[list[str]], object], texts: list[str], repeats: int) -> str:
    """Texts per second, and per second of processor time, which other work on the machine disturbs less."""
    embed(texts[:_WARM_UP])
    timings = [_seconds(embed, texts) for _ in range(repeats)]
    elapsed, busy = (len(texts) / statistics.median(seconds) for seconds in zip(*timings, strict=True))
    return f"{elapsed:.1f} texts/s, {busy:.1f} per second of processor time"


def _seconds(embed: Callable[[list[str]], object], texts: list[str]) -> tuple[float, float]:
    started, busy = time.perf_counter(), time.process_time()
    embed(texts)
    return time.perf_counter() - started, time.process_time() - busy


def _row(name: str, value: str) -> None:
    sys.stdout.write(f"{name:24}{value}\n")


if __name__ == "__main__":
    main()
