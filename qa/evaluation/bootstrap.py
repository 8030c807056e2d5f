"""The bootstrap: how far a figure, or a difference of two, moves when other questions of the kind had been asked.

Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13, percentile intervals.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.catalogue import FIGURES
from qa.evaluation.marks import Marks
from qa.evaluation.measures import Floats

DRAWS = 1000
_SEED = 7  # the same run has the same intervals, whenever they are computed
_CELLS = 4_000_000  # of a table of counts at a time: 32 MB


@dataclass(frozen=True, slots=True)
class Interval:
    """Where 95 % of the draws lie."""

    low: float
    high: float


def intervals(marks: Sequence[Marks]) -> Mapping[str, Interval | None]:
    """The 95 % interval of every figure, None where it is undefined; draws without anything to count are left out."""
    samples = {name: figure.measure.sample(marks) for name, figure in FIGURES.items()}
    drawn: dict[str, list[Floats]] = {name: [] for name in samples}
    for counts in _draws(len(marks)):
        for name, sample in samples.items():
            drawn[name].append(sample.values(counts))
    return {name: _interval(np.concatenate(values)) if values else None for name, values in drawn.items()}


@dataclass(frozen=True, slots=True)
class Shift:
    """How a figure differs between two runs of the same questions."""

    interval: Interval  # of the difference, second less first
    p: float  # two-sided: how often draws fall on the other side of no difference, twice


def paired_shifts(first: Sequence[Marks], second: Sequence[Marks]) -> Mapping[str, Shift | None]:
    """The shift of every figure, both runs drawn alike; None where it is undefined in one of them.

    `first[i]` and `second[i]` are marks of the same question.
    """
    samples = {name: (figure.measure.sample(first), figure.measure.sample(second)) for name, figure in FIGURES.items()}
    drawn: dict[str, list[Floats]] = {name: [] for name in samples}
    for counts in _draws(len(first)):
        for name, (before, after) in samples.items():
            drawn[name].append(after.values(counts) - before.values(counts))
    return {name: _shift(np.concatenate(values)) if values else None for name, values in drawn.items()}


def _shift(drawn: Floats) -> Shift | None:
    interval = _interval(drawn)
    if interval is None:
        return None
    defined = drawn[~np.isnan(drawn)]
    # one is added to both: a p of 0 would say more than a thousand draws can
    beyond = min((defined <= 0).sum(), (defined >= 0).sum())
    return Shift(interval, p=min(1.0, 2 * (1 + float(beyond)) / (1 + len(defined))))


def _draws(questions: int) -> Iterator[Floats]:
    if not questions:
        return
    random = np.random.default_rng(_SEED)
    rows = max(1, min(DRAWS, _CELLS // questions))
    for start in range(0, DRAWS, rows):
        counts = random.multinomial(questions, np.full(questions, 1 / questions), size=min(rows, DRAWS - start))
        yield counts.astype(np.float64)  # once: every figure multiplies them with floats


def _interval(drawn: Floats) -> Interval | None:
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return None
    low, high = np.percentile(defined, (2.5, 97.5))
    return Interval(float(low), float(high)) if math.isfinite(low) and math.isfinite(high) else None
