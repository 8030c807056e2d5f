"""Measure how follow-up questions are understood, against people's own rewrites of them.

    python tests/benchmarks/followups.py

Of the content words that a person adds to the question: the share that is added here too (recall); of the words added
here: the share that the person has as well (precision). And of the questions that need no context: the share left
as they are; the same of news questions that follow one another without any connection. The conversations under
ARTICLE_QA_DATA are halved by their topic: one half to fit to, one held back.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from qa.lexicon import words
from qa.reading import Turn, resolve_followup

_DATA = Path(os.environ.get("ARTICLE_QA_DATA", Path(__file__).parents[2].parent / "shared" / "data"))

Method = Callable[[str, Sequence[Turn]], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a conversation, and how a person would ask it alone."""

    question: str
    history: tuple[Turn, ...]
    rewrite: str
    needs_context: bool
    held_back: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What a method reached; shares in [0, 1]."""

    recall: float
    precision: float
    unchanged: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how follow-up questions are understood.")
    parser.add_argument("--turns", type=Path, default=_DATA / "canard_dev" / "turns.jsonl")
    parser.add_argument("--unconnected", type=Path, default=_DATA / "realtimeqa_small_dev" / "questions.jsonl")
    options = parser.parse_args()
    questions = read_questions(options.turns)
    for held_back in (False, True):
        half = [asked for asked in questions if asked.held_back is held_back]
        later = [asked for asked in half if asked.history]
        name = "held back" if held_back else "fitted to"
        sys.stdout.write(f"{name}: {len(half)} questions, {len(later)} of them after others\n")
        for name, method in _METHODS.items():
            found = measure(later, method)
            sys.stdout.write(
                f"  {name:20} recall {found.recall:.3f}  precision {found.precision:.3f}"
                f"  unchanged {found.unchanged:.3f}\n"
            )
    kept, shifts = topic_shifts(options.unconnected)
    sys.stdout.write(f"unconnected: {kept} of {shifts} left as they are\n")


def topic_shifts(path: Path) -> tuple[int, int]:
    """How many questions stay as they are after the question of the row before, and of how many."""
    with path.open(encoding="utf-8") as rows:
        questions = [json.loads(row)["question"] for row in rows]
    pairs = list(pairwise(questions))
    return sum(not resolve_followup(question, [Turn(before)]).changed for before, question in pairs), len(pairs)


def read_questions(path: Path) -> tuple[Asked, ...]:
    with path.open(encoding="utf-8") as rows:
        return tuple(_asked(json.loads(row)) for row in rows)


def _asked(row: dict[str, object]) -> Asked:
    extra = row["extra"]
    assert isinstance(extra, dict)
    texts = extra["history"]
    turns = tuple(Turn(question, answer) for question, answer in zip(texts[::2], texts[1::2], strict=True))
    held_back = crc32(f"{extra['topic']}{extra['section']}".encode()) % 2 == 1
    return Asked(str(row["question"]), turns, extra["rewrite"], extra["needs_context"], held_back)


def measure(questions: Iterable[Asked], method: Method) -> Figures:
    wanted = added = shared = free = untouched = 0
    for asked in questions:
        ours = method(asked.question, asked.history)
        theirs = content_words(asked.rewrite)
        own = content_words(asked.question)
        wanted += len(theirs - own)
        added += len(content_words(ours) - own)
        shared += len((content_words(ours) & theirs) - own)
        free += not asked.needs_context
        untouched += not asked.needs_context and ours == asked.question.strip()
    return Figures(_share(shared, wanted), _share(shared, added), _share(untouched, free))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def content_words(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", re.sub(r"['’]s?\b", "", text.lower()))
    return frozenset(found) - words("function_words")


def _understood(question: str, history: Sequence[Turn]) -> str:
    return resolve_followup(question, history).question


def _as_asked(question: str, history: Sequence[Turn]) -> str:
    return question.strip()


def _after_the_last(question: str, history: Sequence[Turn]) -> str:
    return f"{history[-1].question} {question}" if history else question.strip()


_METHODS: dict[str, Method] = {
    "as asked": _as_asked,
    "after the last one": _after_the_last,
    "understood": _understood,
}

if __name__ == "__main__":
    main()
