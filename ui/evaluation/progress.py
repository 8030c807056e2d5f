"""How far the run under way is."""

from pathlib import Path

import streamlit as st

from ui.evaluation.job import Desk, Job, JobState
from ui.holdings import count_of
from ui.notices import plain, show_error

_EVERY_S = 1.0
_AWAITED = "evaluation-awaited"


def begin_waiting(job: Job) -> None:
    """This tab is to be shown what comes of the run, wherever its reader has gone meanwhile."""
    st.session_state[_AWAITED] = job.path


def awaited(desk: Desk) -> Path | None:
    """The run file that this tab has waited for, once, when the run has rows to show."""
    job = desk.job
    if job is None or job.is_running or st.session_state.get(_AWAITED) != job.path:
        return None
    del st.session_state[_AWAITED]
    return job.path if job.done else None


@st.fragment(run_every=_EVERY_S)
def show_progress(job: Job) -> None:
    """The bar and the way to stop; drawn anew each moment while the rest of the page stays as it is."""
    if not job.is_running:
        st.rerun()  # all of the page: its results are there
    asked = f"{job.done:,} of {count_of(job.total, 'question')} asked"
    failed = f", {job.failed:,} failed" if job.failed else ""
    st.progress(min(1.0, job.done / job.total), text=f"{asked}{failed}")
    if job.first_failure:
        st.warning(plain(f"The first that failed: {job.first_failure}"))
    if job.is_stopping:
        st.caption("Stopping after the question that is being answered…")
    else:
        st.button("Stop", key="evaluation-stop", on_click=job.stop, icon=":material/stop_circle:")


def show_end(desk: Desk) -> None:
    """What is to be said of a run that did not come to its end."""
    job = desk.job
    if job and job.state is JobState.FAILED:
        show_error(job.error)
