"""Figures as tables for a terminal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qa.cli.terminal import one_line

if TYPE_CHECKING:
    from qa.evaluation import EvaluationRun, Group

_IN_GROUPS = ("correct", "contains@60", "hit@1", "hit@5", "refusal_recall", "false_refusal")


def figures_table(run: "EvaluationRun") -> str:
    """Counts, outcomes and every figure that is defined, with its 95 % interval; the others by name."""
    figures = run.figures.to_json()
    defined = {name: value for name, value in figures.items() if value is not None}
    rows = [(name, cell(name, value), _bounds(run, name)) for name, value in defined.items()]
    undefined = [name for name in figures if name not in defined]
    outcomes = [f"{outcome.value} {count}" for outcome, count in run.outcomes.items() if count]
    lines = [*aligned(rows), "", "Outcomes: " + ", ".join(outcomes)]
    if undefined:
        lines.append("Nothing to count for: " + ", ".join(undefined))
    return "\n".join(lines)


def groups_table(groups: Sequence["Group"], by: str) -> str:
    """The main figures of each group of one kind; a line where there is none."""
    rows: list[Sequence[str]] = [(by, "counted", *_IN_GROUPS)]
    for group in groups:
        if group.by == by:
            values = (cell(name, group.figures.values[name]) for name in _IN_GROUPS)
            rows.append((one_line(group.name), str(group.figures.counted), *values))
    return "\n".join(aligned(rows)) if len(rows) > 1 else f"By {by}: no question that counts has one"


def cell(name: str, value: float | None) -> str:
    """A figure as its table shows it."""
    from qa.evaluation import is_share  # which takes long to import

    if value is None:
        return "-"
    if isinstance(value, int):
        return str(value)
    return f"{value:.4f}" if is_share(name) else f"{value:.1f}"


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines with their columns under one another, the first to the left and the others to the right."""
    table = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            text.ljust(width) if number == 0 else text.rjust(width)
            for number, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def _bounds(run: "EvaluationRun", name: str) -> str:
    interval = run.intervals.get(name)
    return f"{cell(name, interval.low)} to {cell(name, interval.high)}" if interval else ""
