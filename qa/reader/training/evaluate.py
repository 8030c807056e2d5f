"""Measure the reader apart from the product: plain BM25, nearness in time, and the shipped reading.

python -m qa.reader.training.evaluate DATA PAIRS [--model FOLDER] [--readings FILE]

Needs only what the product needs. `--readings` keeps what was read, so that formulas can be compared without reading
again; PAIRS is the folder with the held-out pairs that `prepare` wrote.
"""

import argparse
import json
import logging
import math
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sentencex import segment

from qa.reader.reader import READER_DIR, Reader
from qa.reader.training.mining import PassagePool
from qa.reader.training.pairs import Pair, read_pairs, read_rows
from qa.reader.training.selection import contains, curve, refusal_figures
from qa.reader.training.sources import held_out

_PASSAGE_WORDS = 150  # about 200 word-pieces
_FOUND, _READ = 60, 8
_NEARNESS_WEIGHT, _NEARNESS_DAYS = 0.5, 10.0
_log = logging.getLogger(__name__)


def main() -> None:
    """Print the figures of every held-out set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--model", type=Path, default=READER_DIR)
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="pairs read of each held-out file")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    reader = Reader(args.model)
    for path in sorted(args.pairs.glob("dev_*.jsonl")):
        _log.info("%s %s", path.stem, pair_figures(reader, list(read_pairs(path))[: args.limit]))
    clapnq = searched(reader, args.data / "clapnq_dev", lambda row: held_out(row["id"], 0.5))
    _log.info("clapnq, searched: %s", curve(clapnq))
    rows = searched(reader, args.data / "realtimeqa_small_dev", lambda row: True)
    if args.readings:
        args.readings.write_text(json.dumps({"realtimeqa": rows, "clapnq": clapnq}), encoding="utf-8")
    for sentences in (1, 2, 3):
        _log.info("contains@60 of %d sentences: %.3f", sentences, contains(rows, sentences))
    _log.info("%s", curve(rows))


def pair_figures(reader: Reader, pairs: Sequence[Pair]) -> dict[str, float]:
    """Best span against the accepted ones, and the answered told from the unanswered by the span score."""
    overlaps, scores = [], []
    for pair in pairs:
        reading = reader.read(pair.question, pair.title, pair.passage)
        scores.append(reading.span)
        if pair.spans:
            overlaps.append(max(_overlap((reading.start, reading.end), span) for span in pair.spans))
    answered = np.array([bool(p.spans) for p in pairs])
    figures = refusal_figures(np.array(scores), answered)
    return {"pairs": len(pairs), "span_f1": round(float(np.mean(overlaps)), 3), **figures}


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """F1 of two spans over characters."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, 2 * common / (one[1] - one[0] + other[1] - other[0])) if common > 0 else 0.0


def searched(reader: Reader, folder: Path, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    """For each wanted question of a set the passages read, best retrieved first, with their sentences' scores."""
    articles = read_rows(folder / "articles.jsonl")
    pool = PassagePool((f"{a['date'] or ''}|{a['title']}", text) for a in articles for text in _passages(a["text"]))
    rows = []
    for row in filter(wanted, read_rows(folder / "questions.jsonl")):
        kept = {key: row[key] for key in ("id", "question", "answers", "answerable")}
        rows.append({**kept, "passages": _read(reader, row["question"], _near(pool, row))})
    return rows


def _near(pool: PassagePool, row: dict[str, Any]) -> list[tuple[float, float, str, str]]:
    """(retrieval score, its part by nearness in time, title, text), best first."""
    found = pool.ranked(row["question"], _FOUND)
    near = []
    for score, head, text in found:
        day, title = head.split("|", 1)
        gain = _gain(day, row["extra"].get("date"))
        near.append((score / found[0][0] + gain, gain, title, text))
    return sorted(near, reverse=True)[:_READ]


def _read(reader: Reader, question: str, near: Sequence[tuple[float, float, str, str]]) -> list[dict[str, Any]]:
    readings = reader.read_all(question, [(title, text) for _, _, title, text in near])
    return [
        {
            "retrieval": score,
            "nearness": gain,
            "title": title,
            "text": text,
            "span": reading.span,
            "answer": text[reading.start : reading.end],
            "relevance": reading.relevance,
            "sentences": [(text[s.start : s.end], s.span) for s in reading.sentence_scores(_sentences(text))],
        }
        for (score, gain, title, text), reading in zip(near, readings, strict=True)
    ]


def _gain(day: str, asked_on: str | None) -> float:
    if not (day and asked_on):
        return 0.0
    distance = abs((date.fromisoformat(day) - date.fromisoformat(asked_on)).days)
    return _NEARNESS_WEIGHT * math.exp(-distance / _NEARNESS_DAYS)


def _sentences(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for sentence in segment("en", text):
        if sentence.strip():
            spans.append((at + len(sentence) - len(sentence.lstrip()), at + len(sentence.rstrip())))
        at += len(sentence)
    return spans


def _passages(text: str) -> list[str]:
    passages, start, words = [], 0, 0
    for first, last in _sentences(text):
        count = len(text[first:last].split())
        if words and words + count > _PASSAGE_WORDS:
            passages.append(text[start:first].strip())
            start, words = first, 0
        words += count
    return [*passages, text[start:].strip()] if text[start:].strip() else passages


if __name__ == "__main__":
    main()
