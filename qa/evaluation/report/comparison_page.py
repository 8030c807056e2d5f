"""The page of a comparison: what was fixed, what broke, and which figures moved."""

from collections.abc import Iterator

from qa.evaluation.comparison import Change, Fate, FigureChange
from qa.evaluation.outcomes import QuestionResult
from qa.evaluation.report.charts import outcomes_chart
from qa.evaluation.report.contents import ComparisonReport
from qa.evaluation.report.markup import Html, joined, quoted_html, tag
from qa.evaluation.report.numbers import bounds, shown
from qa.evaluation.report.page import facts, page, table
from qa.evaluation.report.question_section import answer_section, expected_section
from qa.evaluation.report.reasons import reason
from qa.evaluation.results import EvaluationRun
from qa.evaluation.significance import LEVEL

_OPENED: tuple[Fate, ...] = ("broken", "fixed", "still wrong")  # in this order; what is still right needs no eye


def comparison_page(report: ComparisonReport) -> str:
    """The whole page."""
    comparison, (before, after) = report.comparison, report.names
    title = f"{before} against {after}"
    verdict = "more than chance" if comparison.p < LEVEL else "no more than chance may bring"
    counts = ", ".join(f"{fate} {count}" for fate, count in comparison.counts.items())
    worse = ", ".join(change.name for change in comparison.regressions)
    return page(
        title,
        tag("h1", title),
        facts(
            before=before,
            after=after,
            questions=f"{len(comparison.changes)}: {counts}",
            fixed_against_broken=f"p = {comparison.p:.3g}, {verdict}",
            made_differently=report.made_differently,
        ),
        tag("p", f"Significantly worse: {worse}", class_="worse") if worse else Html(),
        tag("h2", "Outcomes"),
        *(
            joined(tag("h3", name), outcomes_chart(run.outcomes))
            for name, run in zip(report.names, _runs(report), strict=True)
        ),
        *_figures(comparison.figures),
        *(section for fate in _OPENED for section in _changes(report, fate)),
    )


def _runs(report: ComparisonReport) -> tuple[EvaluationRun, EvaluationRun]:
    return report.comparison.before, report.comparison.after


def _figures(changes: tuple[FigureChange, ...]) -> Iterator[Html]:
    moved = [_line(change) for change in changes if change.before != change.after]
    yield tag("h2", "Figures that moved")
    if not moved:
        yield tag("p", "none", class_="quiet")
        return
    yield table(("figure", "before", "after", "change", "95 % of the change", "p", ""), moved)


def _line(change: FigureChange) -> tuple[str, ...]:
    name = change.name
    known = change.before is not None and change.after is not None
    difference = shown(name, (change.after or 0.0) - (change.before or 0.0)) if known else "–"
    verdict = "worse" if change.is_worse else "differs" if change.is_significant else ""
    p = "–" if change.p is None else f"{change.p:.3g}"
    values = (shown(name, change.before), shown(name, change.after), difference)
    return (name, *values, bounds(name, change.interval) or "–", p, verdict)


def _changes(report: ComparisonReport, fate: Fate) -> Iterator[Html]:
    changes = report.comparison.with_fate(fate)
    if changes:
        yield tag("h2", f"{fate.capitalize()} ({len(changes)})")
    for change in changes:
        yield _section(change, report)


def _why(result: QuestionResult, report: ComparisonReport) -> Html:
    return quoted_html(reason(result, report.articles), "p", class_="quiet")


def _section(change: Change, report: ComparisonReport) -> Html:
    question = change.before.question
    outcomes = f"{change.before.outcome.value} → {change.after.outcome.value} · "
    summary = tag(
        "summary",
        quoted_html(question.question, class_="asked"),
        tag("span", outcomes, quoted_html(question.id), class_="why"),
    )
    both = zip(report.names, (change.before, change.after), strict=True)
    sides = [
        tag("div", tag("h3", name), _why(result, report), answer_section(result.row, report.articles))
        for name, result in ([("in both", change.after)] if change.is_same_answer else both)
    ]
    expected = joined(tag("h3", "Expected"), expected_section(question, change.after.row, report.articles))
    return tag(
        "details",
        summary,
        tag("div", tag("div", *sides, class_="sides" if len(sides) > 1 else None), expected),
        class_="question",
    )
