"""Figures of a run. Every one is None where it is undefined: a mean of nothing, a share of nothing.

A share lies in [0, 1]. Only questions whose `answerable` is known count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.catalogue import FIGURES
from qa.evaluation.checked import ArticleLookups
from qa.evaluation.marks import Marks, mark_run
from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunRow

__all__ = ["FIGURES", "Figures", "compute_figures", "figures_of"]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run by name, in the order they are shown."""

    questions: int
    counted: int  # questions whose `answerable` is known; the values are theirs
    missing: int  # counted questions without a row in the run
    failed: int  # counted questions that got an error instead of an answer
    values: Mapping[str, float | None]

    def to_json(self) -> dict[str, float | None]:
        """Counts and figures as one flat object."""
        counts = {"questions": self.questions, "counted": self.counted, "missing": self.missing, "failed": self.failed}
        return {**counts, **self.values}


def compute_figures(
    questions: Sequence[Question], rows: Iterable[RunRow], lookups: ArticleLookups | None = None
) -> Figures:
    """The figures of a run; of two rows with one id the last counts, rows of other questions do not.

    With `lookups` the rows are checked against those articles; without, by what was checked when they were made.
    """
    return figures_of(mark_run(questions, rows, lookups), len(questions))


def figures_of(marks: Sequence[Marks], questions: int) -> Figures:
    """The figures of these marks, of a set of so many questions."""
    return Figures(
        questions=questions,
        counted=len(marks),
        missing=sum(mark.missing for mark in marks),
        failed=sum(mark.failed for mark in marks),
        values={name: figure(marks) for name, figure in FIGURES.items()},
    )
