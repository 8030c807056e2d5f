"""What the page says of a job: how far it is, and what came of it."""

from html import escape

import streamlit as st

from ui import markup
from ui.articles.desk import TabState
from ui.articles.health import diagnosis_html
from ui.articles.job import Job
from ui.articles.order import Outcome, Progress
from ui.holdings import count_of
from ui.notices import plain, show_error

_LOOK_S = 0.5  # between two looks at a job
_SKIPPED_SHOWN = 500  # lines; the number above them counts all


@st.fragment(run_every=_LOOK_S)
def show_running(job: Job, *, is_own: bool) -> None:
    """How far a job is, until it is over; only this is drawn anew meanwhile."""
    if job.is_over:
        st.rerun()  # the whole page: the table has changed
    progress = job.progress
    whose = "" if is_own else " (asked for in another tab)"
    with st.container(border=True, key="running"):
        told = f"{_told(progress)}{whose}"
        if progress.total:
            st.progress(min(progress.done / progress.total, 1.0), text=plain(told))
        else:
            st.html(markup.caption_html(told))
        if is_own:
            st.button("Stop", key="stop-job", icon=":material/stop_circle:", type="tertiary", on_click=job.stop)


def show_outcome(job: Job, state: TabState) -> None:
    """What came of this tab's last job, until the reader has seen enough of it."""
    if job.outcome is None:
        return
    with st.container(key="outcome"):
        if job.outcome.error:
            show_error(job.outcome.error)
        else:
            _show_result(job.outcome)
        st.button("Dismiss", key="dismiss", type="tertiary", on_click=state.dismiss)


def _told(progress: Progress) -> str:
    if progress.total:
        return f"{progress.doing}: {progress.done:,} of {count_of(progress.total, 'article')}"
    return f"{progress.doing}: {progress.done:,} so far" if progress.done else f"{progress.doing} …"


def _show_result(outcome: Outcome) -> None:
    if outcome.diagnosis:
        healthy = outcome.diagnosis.is_healthy
        (st.success if healthy else st.warning)(
            "The index is whole." if healthy else "Something is wrong with the index."
        )
        st.html(diagnosis_html(outcome.diagnosis))
    elif outcome.report is None:
        st.success(f"{count_of(outcome.removed, 'article')} removed.")
    else:
        (st.success if outcome.report.articles else st.warning)(plain(_counts(outcome)))
        _show_skipped(outcome)


def _counts(outcome: Outcome) -> str:
    report = outcome.report
    if report is None or not report.articles:
        return "No article was found."
    told = [(report.added, "added"), (report.updated, "updated"), (report.unchanged, "already there")]
    counts = [f"{count:,} {word}" for count, word in told if count]
    if report.duplicates:
        counts.append(f"{report.duplicates:,} met twice")
    return f"{count_of(report.articles, 'article')}: {', '.join(counts)}."


def _show_skipped(outcome: Outcome) -> None:
    if not outcome.skipped:
        return
    rows = "".join(
        f"<li><b><bdi>{escape(item.input)}</bdi></b> <bdi>{escape(item.reason)}</bdi></li>"
        for item in outcome.skipped[:_SKIPPED_SHOWN]
    )
    with st.expander(f"{count_of(len(outcome.skipped), 'input')} skipped", expanded=True, key="skipped"):
        st.html(f'<ul class="aq-skipped" tabindex="0" aria-label="What was skipped, and why">{rows}</ul>')
