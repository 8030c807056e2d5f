"""The results of one run: in plain words, as charts, and question by question."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import streamlit as st

from index_store.errors import ArticleQAError
from qa.engine import ArticleQueryEngine
from qa.evaluation import EvaluationRun, Outcome, QuestionResult
from qa.evaluation.groups import BY, By
from qa.evaluation.recording import RecordingPlan
from qa.evaluation.report import Articles, RunReport, articles_in
from qa.evaluation.report.numbers import bounds, shown
from qa.evaluation.report.run_page import run_page
from ui.evaluation.charts import show_groups, show_outcomes
from ui.evaluation.folder import RunEntry, labels_of
from ui.evaluation.job import Desk
from ui.evaluation.markup import figures_html, outcomes_html, question_html, table_html
from ui.evaluation.opened import OpenedRun, changed_since, open_run, without_options
from ui.evaluation.progress import begin_waiting
from ui.evaluation.wording import OUTCOMES, summary
from ui.holdings import count_of
from ui.markup import caption_html
from ui.notices import plain, show_error

_AT_ONCE = 10  # questions shown before somebody asks for more
_KEPT_ARTICLES = 256  # looked up once while a page is drawn
_BY: dict[By, str] = {"tag": "Tag", "source": "Outlet", "kind": "Kind of question"}
_IN_GROUPS = ("correct", "contains@60", "hit@5", "refusal_recall", "false_refusal")


def show_results(engine: ArticleQueryEngine, runs: Sequence[RunEntry], desk: Desk) -> None:
    """The choice of a run and all that it came to."""
    labels = labels_of(runs)
    path = st.selectbox("Run", list(labels), format_func=labels.__getitem__, key="evaluation-run")
    try:
        opened = open_run(path)
    except ArticleQAError as error:
        show_error(without_options(str(error)))
        return
    if not opened.run.questions:
        _show_unfinished(opened, engine, desk)
        return
    _show_state(opened, engine, desk)
    _show_figures(opened.run)
    articles = lru_cache(_KEPT_ARTICLES)(articles_in(engine.store))
    _show_groups(opened.run)
    _show_questions(RunReport(opened.run, path.name, opened.recorded.header, articles))
    _show_download(opened, path, articles)


def _show_state(opened: OpenedRun, engine: ArticleQueryEngine, desk: Desk) -> None:
    header = opened.recorded.header
    if header and (different := changed_since(engine, header)):
        changed = " and the ".join(different)
        st.warning(plain(f"This run was made before the {changed} changed. Its figures are those of its own day."))
    if not opened.is_whole or opened.run.outcomes[Outcome.FAILED]:
        _show_unfinished(opened, engine, desk)


def _show_unfinished(opened: OpenedRun, engine: ArticleQueryEngine, desk: Desk) -> None:
    asked, failed = len(opened.run.questions), opened.run.outcomes[Outcome.FAILED]
    under_way = desk.job is not None and desk.job.is_running
    if under_way and desk.job and desk.job.path == opened.recorded.path:
        st.info(plain(f"Under way. Below is what had come of {count_of(asked, 'question')} when the page was drawn."))
        return
    if not opened.is_whole:
        total = count_of(len(opened.questions), "question")
        st.info(plain(f"Stopped after {asked} of {total}. The figures are of those that were asked."))
    if failed:
        st.warning(plain(f"{count_of(failed, 'question')} met an error instead of an answer; each says which."))
    label = "Ask the rest" if not opened.is_whole else "Ask the failed ones again"
    if st.button(label, key="evaluation-resume", disabled=under_way, icon=":material/play_arrow:"):
        _resume(opened, engine, desk)


def _resume(opened: OpenedRun, engine: ArticleQueryEngine, desk: Desk) -> None:
    header, path = opened.recorded.header, opened.recorded.path
    if header is None:
        return  # such a run cannot be opened
    plan = RecordingPlan(path, path.parent / header.questions, header.asked_on)
    begin_waiting(desk.start(engine, opened.questions, plan))
    st.rerun()  # the progress stands above


def _show_figures(run: EvaluationRun) -> None:
    st.html(f'<h2 class="aq-heading">What came of it</h2><p class="aq-summary">{summary(run)}</p>')
    show_outcomes(run.outcomes)
    st.html(outcomes_html(run.outcomes))
    st.html('<h2 class="aq-heading">Figures</h2>')
    st.html(figures_html(run) + caption_html("In brackets: where other questions of the kind would put it (95 %)."))
    with st.expander("All figures"):
        found = run.intervals
        values = [(name, value) for name, value in run.figures.values.items() if value is not None]
        lines = [(name, shown(name, value), bounds(name, found[name])) for name, value in values]
        st.html(table_html(("Figure", "Value", "95 % interval"), lines))


@st.fragment
def _show_groups(run: EvaluationRun) -> None:
    found = [by for by in BY if sum(group.by == by for group in run.groups) > 1]
    if not found:
        return
    st.html('<h2 class="aq-heading">Share of right answers</h2>')
    by = st.segmented_control(
        "By", found, default=found[0], required=True, format_func=_BY.__getitem__, key="evaluation-by"
    )
    groups = [group for group in run.groups if group.by == by]
    left_out = show_groups(groups, by or found[0])
    if left_out:
        st.html(caption_html(f"The largest groups; {left_out} more are in the table."))
    with st.expander("Figures of the groups"):
        lines = [
            (group.name, str(group.figures.counted), *(shown(n, group.figures.values[n]) for n in _IN_GROUPS))
            for group in groups
        ]
        st.html(table_html((_BY[by or found[0]], "counted", *_IN_GROUPS), lines))


@st.fragment
def _show_questions(report: RunReport) -> None:
    st.html('<h2 class="aq-heading">Questions, failures first</h2>')
    met = [outcome for outcome, count in report.run.outcomes.items() if count]
    only = st.pills("Outcome", met, format_func=lambda each: _counted(report.run, each), key="evaluation-outcome")
    results = [result for result in report.results if only is None or result.outcome is only]
    key = f"evaluation-shown-{report.name}-{only}"
    limit = st.session_state.setdefault(key, _AT_ONCE)
    st.html("".join(question_html(result, report.articles) for result in results[:limit]))
    _show_more(results, limit, key)


def _show_more(results: Sequence[QuestionResult], limit: int, key: str) -> None:
    if len(results) > limit:
        st.button(
            f"Show more ({len(results) - limit:,} left)",
            key="evaluation-more",
            on_click=lambda: st.session_state.update({key: limit + _AT_ONCE}),
        )


def _counted(run: EvaluationRun, outcome: Outcome) -> str:
    return f"{OUTCOMES[outcome]} {run.outcomes[outcome]:,}"


def _show_download(opened: OpenedRun, path: Path, articles: Articles) -> None:
    report = RunReport(opened.run, path.name, opened.recorded.header, articles)
    st.download_button(
        "Download the report",
        lambda: run_page(report).encode(errors="backslashreplace"),
        file_name=f"{path.stem}.html",
        mime="text/html",
        on_click="ignore",
        key="evaluation-report",
        icon=":material/download:",
        help="One page with all questions and the cited passages; it loads and runs nothing.",
    )
