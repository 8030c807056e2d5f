"""Two runs of the same questions held against each other."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from index_store.errors import ArticleQAError
from qa.cli.eval.comparison_text import differences_text
from qa.engine import ArticleQueryEngine
from qa.evaluation import Change, Comparison, FigureChange, compare_rows
from qa.evaluation.comparison import Fate
from qa.evaluation.report import Articles, ComparisonReport, articles_in
from qa.evaluation.report.comparison_page import comparison_page
from qa.evaluation.report.numbers import bounds, shown
from qa.evaluation.significance import LEVEL
from ui.evaluation.folder import RunEntry, labels_of
from ui.evaluation.markup import answer_html, expected_html, folded_html, outcome_html, table_html
from ui.evaluation.opened import OpenedRun, open_run, without_options
from ui.evaluation.wording import FIGURES
from ui.holdings import count_of
from ui.markup import caption_html
from ui.notices import plain, show_error

_OPENED: tuple[Fate, ...] = ("broken", "fixed", "still wrong")  # in this order; what is still right needs no eye
_MOST_SHOWN = 50  # questions of one fate; the report has all of them


def show_comparison(engine: ArticleQueryEngine, runs: Sequence[RunEntry]) -> None:
    """The choice of two runs, what the second changed, and whether that is more than chance."""
    labels = labels_of(runs)
    paths = list(labels)
    before = st.selectbox("Before", paths, index=1, format_func=labels.__getitem__, key="evaluation-before")
    after = st.selectbox("After", paths, index=0, format_func=labels.__getitem__, key="evaluation-after")
    if before == after:
        st.info("Choose two different runs.")
        return
    try:
        first, second = open_run(before), open_run(after)
        comparison = compare_rows(second.questions, first.run.rows, second.run.rows)
    except ArticleQAError as error:
        show_error(without_options(str(error)))
        return
    _show(comparison, first, second, articles_in(engine.store))


def _show(comparison: Comparison, first: OpenedRun, second: OpenedRun, articles: Articles) -> None:
    differences = differences_text(first.recorded.header, second.recorded.header)
    if differences:
        st.info(plain(f"{differences[:1].upper()}{differences[1:]}."))
    if left_out := len(second.questions) - len(comparison.changes):
        st.warning(plain(f"{count_of(left_out, 'question')} left out, as the runs do not both answer them."))
    _show_verdict(comparison)
    _show_moved(comparison.figures)
    for fate in _OPENED:
        _show_changes(comparison.with_fate(fate), fate, articles)
    _show_download(comparison, (first.recorded.path, second.recorded.path), differences, articles)


def _show_verdict(comparison: Comparison) -> None:
    counts = comparison.counts
    cells = "".join(f"<li><b>{count:,}</b> {fate}</li>" for fate, count in counts.items() if count or fate in _OPENED)
    st.html(
        f'<h2 class="aq-heading">What changed</h2><ul class="aq-fates" aria-label="Fates">{cells}</ul>'
        f'<p class="aq-summary">{verdict(comparison)}</p>'
    )
    if comparison.regressions:
        worse = ", ".join(FIGURES.get(change.name, change.name) for change in comparison.regressions)
        st.warning(plain(f"Worse, by more than chance: {worse}"))


def verdict(comparison: Comparison) -> str:
    """Whether the questions that were fixed and broken tell the runs apart, in a sentence."""
    fixed, broken = comparison.counts["fixed"], comparison.counts["broken"]
    if not fixed + broken:
        return "No question changed between right and wrong."
    split = f"split {count_of(fixed + broken, 'changed question')} so unevenly (p = {comparison.p:.2g})."
    if comparison.p < LEVEL:
        better = "better" if fixed > broken else "worse"
        return f"The second run is {better}: chance alone would hardly ever {split}"
    return f"That is no proof of a difference: chance alone would often {split}"


def _show_moved(figures: Sequence[FigureChange]) -> None:
    moved = [_line(change) for change in figures if change.before != change.after]
    st.html('<h2 class="aq-heading">Figures that moved</h2>')
    if not moved:
        st.html(caption_html("None."))
        return
    st.html(table_html(("Figure", "Before", "After", "95 % of the change", "p", ""), moved))
    if any(name.endswith("_ms") for name, *_ in moved):
        st.html(caption_html("Times differ with whatever else the machine does; no p speaks of that."))


def _line(change: FigureChange) -> tuple[str, ...]:
    name = change.name
    p = "–" if change.p is None else f"{change.p:.2g}"
    judged = "worse" if change.is_worse else "differs" if change.is_significant else ""
    return name, shown(name, change.before), shown(name, change.after), bounds(name, change.interval), p, judged


def _show_changes(changes: Sequence[Change], fate: Fate, articles: Articles) -> None:
    if not changes:
        return
    st.html(f'<h2 class="aq-heading">{fate.capitalize()} ({len(changes):,})</h2>')
    st.html("".join(_change_html(change, articles) for change in changes[:_MOST_SHOWN]))
    if len(changes) > _MOST_SHOWN:
        st.html(caption_html(f"The first {_MOST_SHOWN}; the report has all."))


def _change_html(change: Change, articles: Articles) -> str:
    outcomes = " → ".join(outcome_html(result.outcome) for result in (change.before, change.after))
    sides = (("Before", change.before), ("After", change.after))
    shown_sides = (("In both", change.after),) if change.is_same_answer else sides
    inside = "".join(f"<h4>{when}</h4>{answer_html(result.row, articles)}" for when, result in shown_sides)
    question = change.after.question
    expected = expected_html(question, change.after.row, articles)
    return folded_html(question, outcomes, "", f"{inside}<h4>Expected</h4>{expected}")


def _show_download(comparison: Comparison, paths: tuple[Path, Path], differences: str, articles: Articles) -> None:
    names = (paths[0].name, paths[1].name)
    report = ComparisonReport(comparison, names, differences, articles)
    st.download_button(
        "Download the comparison",
        lambda: comparison_page(report).encode(errors="backslashreplace"),
        file_name=f"{paths[0].stem}-against-{paths[1].stem}.html",
        mime="text/html",
        on_click="ignore",
        key="evaluation-comparison-report",
        icon=":material/download:",
    )
