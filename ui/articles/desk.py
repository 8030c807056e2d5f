"""The desk: one job at a time for all tabs, and what each tab remembers of its own."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.articles.job import Job
from ui.articles.order import Order
from ui.articles.staging import Upload, stage

_KEY = "articles"


class Desk:
    """Gives out the work on one index, which has one writer at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job: Job | None = None

    @property
    def running(self) -> Job | None:
        """The job under way, whichever tab asked for it."""
        job = self._job
        return None if job is None or job.is_over else job

    def begin(self, order: Order, uploads: Sequence[Upload] = ()) -> Job | None:
        """A job for the order, with the uploads among what is to be indexed; None when another is under way.

        Raises:
            DataDirError: the uploads cannot be written.
        """
        with self._lock:
            if self.running:
                return None
            staged = stage(Path(order.data_dir), uploads)
            names = (*order.names, *map(str, staged))
            self._job = Job(Order(order.task, order.data_dir, names, order.limit), staged)
            return self._job


@dataclass(slots=True)
class TabState:
    """The job this tab asked for last, whose report it shows."""

    job: Job | None = None
    round: int = 0  # grows when what was handed in has been taken: the forms begin anew
    is_taken: bool = True  # whether that has been done for the job

    def settle(self) -> None:
        """Empties the forms once their job has come to its end without a fault."""
        if self.job and self.job.outcome and not self.is_taken:
            self.is_taken = True
            self.round += not self.job.outcome.error

    def follow(self, job: Job) -> None:
        """Takes a job as this tab's own."""
        self.job, self.is_taken = job, False

    def dismiss(self) -> None:
        """Forgets the report."""
        self.job = None


@st.cache_resource(max_entries=4, show_spinner=False)
def get_desk(data_dir: Path) -> Desk:
    """The desk of that index, the same in every tab."""
    return Desk()


def get_tab_state() -> TabState:
    """This tab's state, new in a new tab."""
    state = st.session_state.setdefault(_KEY, TabState())
    if not isinstance(state, TabState):
        raise TypeError(f"the session holds {type(state).__name__} where the Articles page's state belongs")
    return state
