"""The reports as Markdown, for a pull request or a wiki."""

import re
from collections.abc import Iterator, Sequence

from qa.evaluation.outcomes import QuestionResult
from qa.evaluation.report.contents import Articles, ComparisonReport, RunReport
from qa.evaluation.report.numbers import bounds, shown
from qa.evaluation.report.reasons import reason
from qa.evaluation.report.run_page import IN_GROUPS, costs_shown, described

_ACTIVE = re.compile(r"([\\`*_{}\[\]()#!|~$&<>@])|((?<=[a-z]):(?=//)|(?<=www)\.)", re.IGNORECASE)
_MOST_CHARACTERS = 600  # of one text: a pull request takes 65,536 in all
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # what a terminal or a browser would obey


def run_markdown(report: RunReport) -> str:
    """Outcomes, figures, groups, and every question that went wrong."""
    values, found = report.run.figures.values, report.run.intervals
    lines = [(name, shown(name, v), bounds(name, found[name])) for name, v in values.items() if v is not None]
    groups = [
        (group.by, group.name, str(group.figures.counted), *(shown(n, group.figures.values[n]) for n in IN_GROUPS))
        for group in report.run.groups
    ]
    known = {**described(report.header), **costs_shown(report)}.items()
    outcomes = [(outcome.value, str(count)) for outcome, count in report.run.outcomes.items() if count]
    failures = [result for result in report.results if result.outcome.is_right is False]
    return _document(
        [f"# Evaluation of {plain(report.name)}"],
        [f"- {plain(name.replace('_', ' '))}: {plain(value)}" for name, value in known if value],
        ["## Outcomes", "", *_table(("outcome", "questions"), outcomes)],
        ["## Figures", "", *_table(("figure", "value", "95 % interval"), lines)],
        ["## Groups", "", *_table(("by", "group", "counted", *IN_GROUPS), groups)] if groups else [],
        [
            f"## Failures ({len(failures)})",
            "",
            *(line for result in failures for line in _failure(result, report.articles)),
        ],
    )


def comparison_markdown(report: ComparisonReport) -> str:
    """What was fixed and broken, and the figures that moved."""
    comparison = report.comparison
    moved = [
        (c.name, shown(c.name, c.before), shown(c.name, c.after), "–" if c.p is None else f"{c.p:.3g}")
        for c in comparison.figures
        if c.before != c.after
    ]
    changed = [
        f"- {fate}: {plain(c.before.question.question)} ({c.before.outcome.value} → {c.after.outcome.value})"
        for fate in ("broken", "fixed")
        for c in comparison.with_fate(fate)
    ]
    return _document(
        [f"# {plain(report.names[0])} against {plain(report.names[1])}"],
        [", ".join(f"{fate} {count}" for fate, count in comparison.counts.items()) + f"; p = {comparison.p:.3g}"],
        [plain(report.made_differently)] if report.made_differently else [],
        ["## Figures that moved", "", *_table(("figure", "before", "after", "p"), moved)],
        ["## Questions", "", *changed],
    )


def plain(text: str) -> str:
    """Text that no Markdown reader takes for markup, a link or a tag, and no terminal obeys."""
    shown = _STEERING.sub("\ufffd", " ".join(text.split()))
    return _ACTIVE.sub(lambda found: f"\\{found[1]}" if found[1] else f"&#{ord(found[2])};", shown)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"


def _failure(result: QuestionResult, articles: Articles) -> Iterator[str]:
    yield f"- **{plain(_cut(result.question.question))}** ({result.outcome.value}, {plain(result.question.id)})"
    if why := reason(result, articles):
        yield f"  - {plain(_cut(why))}"
    if result.row.answer and not result.row.refused:
        yield f"  - answered: {plain(_cut(result.row.answer))}"
    if result.question.answers:
        yield f"  - expected: {plain(_cut(' | '.join(result.question.answers)))}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(map(plain, header)) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(map(plain, row)) + " |"


def _document(*blocks: Sequence[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
