"""From pairs to token ids: what the network sees in training."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from qa.reader.training.pairs import Pair

CLS, SEP = 101, 102
QUESTION_TOKENS, TITLE_TOKENS = 48, 24
_WINDOW = (48, 144)  # word-pieces of passage shown
_TITLE_SHOWN = 0.6
_ANSWER_CUT_OUT = 0.12  # share of long answering passages shown without their answer, as a null
_EARLY = ("squadshifts_reddit", "squadshifts_amazon")  # seen in the first part of a pass, so news comes last
_EARLY_PART = 0.6


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pair in word-pieces; spans are inclusive token positions in the passage."""

    question: tuple[int, ...]
    title: tuple[int, ...]
    passage: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    relevant: float | None
    early: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays; `allowed` marks CLS and the passage, `starts` and `ends` every accepted position."""

    ids: np.ndarray
    segments: np.ndarray
    allowed: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    relevance: np.ndarray  # NaN where it is not trained on


def encode(pairs: Sequence[Pair], tokenizer_file: Path) -> list[Encoded]:
    """Tokenise once; windows are cut later, anew in every pass."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoded: list[Encoded] = []
    for at in range(0, len(pairs), 2000):
        block = pairs[at : at + 2000]
        columns = [
            tokenizer.encode_batch([getattr(p, name) for p in block], add_special_tokens=False)
            for name in ("question", "title", "passage")
        ]
        for pair, question, title, passage in zip(block, *columns, strict=True):
            offsets = np.asarray(passage.offsets).reshape(-1, 2)
            spans = tuple(s for span in pair.spans if (s := _token_span(offsets, *span)) is not None)
            if pair.spans and not spans:
                continue
            early = pair.source.startswith(_EARLY)
            question_ids, title_ids = question.ids[:QUESTION_TOKENS], title.ids[:TITLE_TOKENS]
            encoded.append(
                Encoded(tuple(question_ids), tuple(title_ids), tuple(passage.ids), spans, pair.relevant, early)
            )
    return encoded


def _token_span(offsets: np.ndarray, start: int, end: int) -> tuple[int, int] | None:
    inside: np.ndarray = np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end))
    return (int(inside[0]), int(inside[-1])) if len(inside) else None


def batches(encoded: Sequence[Encoded], size: int, rng: random.Random) -> Iterator[list[Encoded]]:
    """One pass: shuffled, colloquial sources early, windows cut, neighbours in length batched together."""
    keyed = sorted(encoded, key=lambda e: rng.random() * (_EARLY_PART if e.early else 1.0))
    block = size * 32
    for at in range(0, len(keyed), block):
        shown = sorted((_window(e, rng) for e in keyed[at : at + block]), key=_length)
        groups = [shown[i : i + size] for i in range(0, len(shown), size)]
        rng.shuffle(groups)
        yield from (group for group in groups if len(group) == size)


def _length(e: Encoded) -> int:
    return len(e.question) + len(e.title) + len(e.passage)


def _window(e: Encoded, rng: random.Random) -> Encoded:
    width = rng.randint(*_WINDOW)
    title = e.title if rng.random() < _TITLE_SHOWN else ()
    last = len(e.passage) - width
    if last <= 0:
        return Encoded(e.question, title, e.passage, e.spans, e.relevant, e.early)
    at = rng.randint(0, last)
    if e.spans and rng.random() >= _ANSWER_CUT_OUT:
        start, end = rng.choice(e.spans)
        end = min(end, start + width - 1)
        at = rng.randint(max(0, end - width + 1), min(start, last)) if end - width + 1 <= min(start, last) else last
    spans = tuple((max(s - at, 0), min(t - at, width - 1)) for s, t in e.spans if s - at < width and t >= at)
    touched = any(s < at or t - at >= width for s, t in e.spans if s - at < width and t >= at)
    if touched and len(spans) > 1:  # prefer answers that are whole in the window
        whole = tuple((s - at, t - at) for s, t in e.spans if s >= at and t - at < width)
        spans = whole or spans
    relevant = 0.0 if e.spans and not spans else e.relevant
    return Encoded(e.question, title, e.passage[at : at + width], spans, relevant, e.early)


def collate(examples: Sequence[Encoded]) -> Batch:
    """Arrays of shape `(len(examples), longest)`."""
    longest = max(_length(e) + 3 + bool(e.title) for e in examples)
    shape = (len(examples), longest)
    ids, segments = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    allowed, starts, ends = (np.zeros(shape, bool) for _ in range(3))
    for row, e in enumerate(examples):
        head = [CLS, *e.question, SEP, *e.title, *([SEP] if e.title else [])]
        whole = [*head, *e.passage, SEP]
        ids[row, : len(whole)] = whole
        segments[row, len(e.question) + 2 : len(whole)] = 1
        allowed[row, 0] = True
        allowed[row, len(head) : len(whole) - 1] = True
        for start, end in e.spans or ((-len(head), -len(head)),):  # null is CLS
            starts[row, len(head) + start] = True
            ends[row, len(head) + end] = True
    relevance = np.array([np.nan if e.relevant is None else e.relevant for e in examples], np.float32)
    return Batch(ids, segments, allowed, starts, ends, relevance)
