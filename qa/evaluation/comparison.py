"""The comparison of two runs of the same questions: what was fixed, what broke, and is that more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from qa.evaluation.bootstrap import Interval, Shift, paired_shifts
from qa.evaluation.catalogue import FIGURES, Figure
from qa.evaluation.marks import Marks
from qa.evaluation.measures import Mean
from qa.evaluation.outcomes import QuestionResult
from qa.evaluation.results import EvaluationRun
from qa.evaluation.significance import LEVEL, mcnemar

# what no change may make worse: a regression on any of them fails a check
GUARDED = ("contains@60", "hit@5", "refusal_recall", "false_refusal", "cited", "verbatim")

Fate = Literal["fixed", "broken", "still right", "still wrong", "not judged"]


@dataclass(frozen=True, slots=True)
class Change:
    """One question in both runs."""

    before: QuestionResult
    after: QuestionResult

    @property
    def fate(self) -> Fate:
        """What the change did to it; not judged where one of the two is not."""
        was, is_now = self.before.outcome.is_right, self.after.outcome.is_right
        if was is None or is_now is None:
            return "not judged"
        if was == is_now:
            return "still right" if was else "still wrong"
        return "fixed" if is_now else "broken"

    @property
    def is_same_answer(self) -> bool:
        """Whether both runs say the same and cite the same for it."""
        before, after = self.before.row, self.after.row
        return (before.answer, before.error, before.citations) == (after.answer, after.error, after.citations)

    def to_json(self) -> dict[str, Any]:
        """Both outcomes and both answers."""
        before, after = self.before.to_json(), self.after.to_json()
        shared = {name: before.pop(name) for name in ("id", "question")}
        return {**shared, "before": before, "after": {name: after[name] for name in before}}


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure in both runs; what is None is undefined in one of them."""

    name: str
    before: float | None
    after: float | None
    interval: Interval | None  # 95 %, of the difference
    p: float | None
    test: Literal["mcnemar", "bootstrap"]

    @property
    def is_significant(self) -> bool:
        """Whether chance alone would make such a difference in less than one of twenty comparisons."""
        return self.p is not None and self.p < LEVEL

    @property
    def is_worse(self) -> bool:
        """Whether it is significantly worse."""
        if not self.is_significant or self.before is None or self.after is None:
            return False
        better = FIGURES[self.name].better
        return {"higher": self.after < self.before, "lower": self.after > self.before, "neither": False}[better]

    def to_json(self) -> dict[str, Any]:
        """The figure in both runs, and what to make of the difference."""
        known = self.before is not None and self.after is not None
        return {
            "before": self.before,
            "after": self.after,
            "difference": (self.after or 0.0) - (self.before or 0.0) if known else None,
            "interval": [self.interval.low, self.interval.high] if self.interval else None,
            "p": self.p,
            "test": self.test,
            "significant": self.is_significant,
            "worse": self.is_worse,
        }


@dataclass(frozen=True)
class Comparison:
    """Two runs of the same questions; the rest is computed when it is asked for."""

    before: EvaluationRun
    after: EvaluationRun

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every question, in order."""
        return tuple(map(Change, self.before.results, self.after.results))

    def with_fate(self, fate: Fate) -> tuple[Change, ...]:
        """The questions that fared so, in order."""
        return tuple(change for change in self.changes if change.fate == fate)

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """How many questions fared how."""
        fates: tuple[Fate, ...] = ("fixed", "broken", "still right", "still wrong", "not judged")
        return {fate: len(self.with_fate(fate)) for fate in fates}

    @property
    def p(self) -> float:
        """How likely chance alone makes so uneven a split of fixed and broken."""
        return mcnemar(self.counts["fixed"], self.counts["broken"])

    @cached_property
    def figures(self) -> tuple[FigureChange, ...]:
        """Every figure that is defined in one of the runs."""
        shifts = paired_shifts(self.before.marks, self.after.marks)
        both = [_compare(name, shifts[name], self.before, self.after) for name in FIGURES]
        return tuple(change for change in both if change.before is not None or change.after is not None)

    @property
    def regressions(self) -> tuple[FigureChange, ...]:
        """The guarded figures that are significantly worse."""
        return tuple(change for change in self.figures if change.name in GUARDED and change.is_worse)

    def to_json(self) -> dict[str, Any]:
        """The whole comparison, as `eval compare --json` prints it."""
        return {
            "questions": len(self.changes),
            "counts": {fate.replace(" ", "_"): count for fate, count in self.counts.items()},
            "p": self.p,
            "significant": self.p < LEVEL,
            "fixed": [change.to_json() for change in self.with_fate("fixed")],
            "broken": [change.to_json() for change in self.with_fate("broken")],
            "figures": {change.name: change.to_json() for change in self.figures},
            "regressions": [change.name for change in self.regressions],
        }


def _compare(name: str, shift: Shift | None, before: EvaluationRun, after: EvaluationRun) -> FigureChange:
    split = _split(FIGURES[name], before.marks, after.marks)
    test: Literal["mcnemar", "bootstrap"] = "bootstrap" if split is None else "mcnemar"
    p = shift.p if shift and split is None else mcnemar(*split) if shift and split else None
    values = before.figures.values[name], after.figures.values[name]
    return FigureChange(name, *values, interval=shift.interval if shift else None, p=p, test=test)


def _split(figure: Figure, before: Sequence[Marks], after: Sequence[Marks]) -> tuple[int, int] | None:
    """How many questions went from 0 to 1 and from 1 to 0.

    None where a question can have another value or several, or counts in one run only: then pairs are not all there is.
    """
    if not isinstance(figure.measure, Mean) or figure.measure.needs:
        return None
    parts = [tuple(map(figure.measure.parts_of, pair)) for pair in zip(before, after, strict=True)]
    if any(len(part) > 1 or not set(part) <= {0, 1} for pair in parts for part in pair):
        return None
    if any(len(first) != len(second) for first, second in parts):
        return None
    pairs = [(first[0], second[0]) for first, second in parts if first]
    return sum(pair == (0, 1) for pair in pairs), sum(pair == (1, 0) for pair in pairs)
