"""The training pair: a question read against a passage."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question and one passage; no spans means that the passage does not answer."""

    question: str
    title: str
    passage: str
    spans: tuple[Span, ...]  # every accepted answer, character offsets in the passage
    relevant: float | None  # 1 when the passage is about what is asked and answers it; None: not trained on
    source: str


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a .jsonl or .jsonl.gz file."""
    import gzip

    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write one JSON object a line; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_pairs(path: Path) -> Iterator[Pair]:
    """Pairs in file order."""
    for row in read_rows(path):
        yield Pair(**{**row, "spans": tuple((start, end) for start, end in row["spans"])})


def occurrences(answer: str, text: str) -> tuple[Span, ...]:
    """Whole-word, case-blind occurrences of `answer` in `text`."""
    pattern = re.escape(answer.strip())
    if not pattern:
        return ()
    return tuple((m.start(), m.end()) for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE))
