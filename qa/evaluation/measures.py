"""Measures: how one number comes out of many questions, for all of them or for a draw with replacement.

A draw is a row of counts, how often each question is in it. Every measure is undefined, NaN, where nothing counts.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from qa.evaluation.marks import Marks

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = Floats  # shape (draws, questions); whole numbers
PartsOf: TypeAlias = Callable[[Marks], Sequence[float]]  # what a question adds: nothing, one value or several


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of what all questions add; `needs` names the questions without one of which it is undefined."""

    parts_of: PartsOf
    needs: Callable[[Marks], bool] | None = None

    def sample(self, marks: Sequence[Marks]) -> "MeanSample":
        """The values of these questions, ready to be drawn from."""
        parts = [self.parts_of(mark) for mark in marks]
        return MeanSample(
            np.array([(sum(part), len(part)) for part in parts], np.float64).reshape(-1, 2),
            None if self.needs is None else np.array(list(map(self.needs, marks)), np.float64),
        )


@dataclass(frozen=True, slots=True)
class MeanSample:
    """Sum and number of what each question adds, and 1 for those that are needed; None where none is."""

    parts: Floats  # shape (questions, 2)
    needed: Floats | None

    def values(self, counts: Counts) -> Floats:
        """The mean in each draw."""
        means = np.full(len(counts), math.nan)
        if not self.parts.any():  # nothing counts: half of the figures, in most runs
            return means
        sums, sizes = (counts @ self.parts).T
        defined = sizes > 0 if self.needed is None else (sizes > 0) & (counts @ self.needed > 0)
        np.divide(sums, sizes, out=means, where=defined)
        return means


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value at position `floor(share · n)`, from 0, of all n in ascending order.

    Source: Hyndman and Fan, Sample Quantiles (1996), type 1, but the upper value where `share · n` is whole.
    """

    parts_of: PartsOf
    share: float

    def sample(self, marks: Sequence[Marks]) -> "QuantileSample":
        """The values of these questions, ready to be drawn from."""
        valued = sorted((value, number) for number, mark in enumerate(marks) for value in self.parts_of(mark))
        return QuantileSample(
            ordered=np.array([value for value, _ in valued], np.float64),
            owners=np.array([number for _, number in valued], np.int64),
            share=self.share,
        )


@dataclass(frozen=True, slots=True)
class QuantileSample:
    """All values in ascending order, each with the question it is of."""

    ordered: Floats
    owners: npt.NDArray[np.int64]
    share: float

    def values(self, counts: Counts) -> Floats:
        """The quantile in each draw."""
        if not len(self.ordered):
            return np.full(len(counts), math.nan)
        upto = counts[:, self.owners].cumsum(axis=1)
        total = upto[:, -1:]
        position = np.minimum(np.floor(self.share * total), total - 1)
        found = np.minimum((upto <= position).sum(axis=1), len(self.ordered) - 1)
        return np.where(total[:, 0] > 0, self.ordered[found], math.nan)


Measure: TypeAlias = Mean | Quantile
Sample: TypeAlias = MeanSample | QuantileSample


def value_of(sample: Sample, questions: int) -> float | None:
    """The measure over all questions, each once; None where it is undefined."""
    value = float(sample.values(np.ones((1, questions)))[0])
    return None if math.isnan(value) else value
