"""The comparison of two runs for a terminal."""

from typing import TYPE_CHECKING

from qa.cli.eval.tables import aligned, cell
from qa.cli.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qa.evaluation import Change, Comparison, FigureChange, RunHeader


def comparison_text(comparison: "Comparison") -> str:
    """What was fixed and broken with both answers, then the figures side by side."""
    counts = ", ".join(f"{fate} {count}" for fate, count in comparison.counts.items() if count or fate != "not judged")
    blocks = [f"{counts}\n{_verdict(comparison)}"]
    for fate, changes in (("Fixed", comparison.with_fate("fixed")), ("Broken", comparison.with_fate("broken"))):
        if changes:
            blocks.append("\n".join([fate, *(line for change in changes for line in _lines(change))]))
    return "\n\n".join([*blocks, *_figures(comparison)])


def _verdict(comparison: "Comparison") -> str:
    if not comparison.counts["fixed"] + comparison.counts["broken"]:
        return "no change: no question went from right to wrong or back"
    verdict = "more than chance" if comparison.p < _level() else "no more than chance may bring"
    return f"fixed against broken: p = {comparison.p:.3g}, {verdict}"


def differences_text(before: "RunHeader | None", after: "RunHeader | None") -> str:
    """In which respects the runs were made with something else; empty where the headers tell of none."""
    if before is None or after is None:
        return "one of the runs has no header: what it was made with is not known"
    named = _named(before, after)
    return f"the runs differ in: {', '.join(named)}" if named else ""


def _figures(comparison: "Comparison") -> list[str]:
    """The figures that moved, and the names of those that did not."""
    moved = [change for change in comparison.figures if change.before != change.after]
    same = [change.name for change in comparison.figures if change.before == change.after]
    header = ("figure", "before", "after", "change", "95 % of the change", "p", "")
    table = ["\n".join(aligned([header, *map(_row, moved)]))] if moved else []
    return [*table, "The same in both: " + ", ".join(same)] if same else table


def _named(before: "RunHeader", after: "RunHeader") -> list[str]:
    named = [name for name in before.differences(after) if name != "settings"]
    for part in sorted(before.settings.keys() | after.settings.keys()):
        named += _changed(before.settings.get(part) or {}, after.settings.get(part) or {})
    if before.judge and after.judge:  # else one of them has no verdict to compare
        named += (f"judge's {each}" for each in _changed(before.judge, after.judge))
    return named


def _changed(old: "Mapping[str, object]", new: "Mapping[str, object]") -> list[str]:
    return [
        f"{name} {old.get(name)} → {new.get(name)}"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def _lines(change: "Change") -> list[str]:
    question = change.before.question
    return [
        f"  {one_line(question.id)}  {one_line(question.question)}",
        *(
            f"    {when}: {result.outcome.value}{f' ({one_line(result.why)})' if result.why else ''}"
            + (f": {one_line(result.row.answer)}" if result.row.answer not in ("", *_told(result.why)) else "")
            for when, result in (("before", change.before), ("after", change.after))
        ),
    ]


def _told(why: str) -> tuple[str, ...]:
    return (why.partition("refused: ")[2],)  # a refusal's reason is its answer: once is enough


def _row(change: "FigureChange") -> tuple[str, ...]:
    name, interval = change.name, change.interval
    known = change.before is not None and change.after is not None
    difference = cell(name, (change.after or 0.0) - (change.before or 0.0)) if known else "-"
    bounds = f"{cell(name, interval.low)} to {cell(name, interval.high)}" if interval else "-"
    p = "-" if change.p is None else f"{change.p:.3g}"
    verdict = "worse" if change.is_worse else "differs" if change.is_significant else ""
    return name, cell(name, change.before), cell(name, change.after), difference, bounds, p, verdict


def _level() -> float:
    from qa.evaluation.significance import LEVEL

    return LEVEL
