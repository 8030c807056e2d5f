"""The run that is under way: in a thread of its own, so that the page stays usable."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from threading import Event, Lock, Thread

import streamlit as st

from index_store.errors import ArticleQAError
from qa.errors import RunFileError
from qa.evaluation import (
    Question,
    QuestionEngine,
    RunRow,
    evaluate,
    in_order,
    read_header,
    row_writer,
    write_rows,
)
from qa.evaluation.recording import RecordingPlan, begin_recording, plan_header
from qa.evaluation.run_lock import sole_recorder


class JobState(Enum):
    """How far a run is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class _StoppedError(Exception):
    """Somebody stopped the run; its rows are kept."""


class Job:
    """A question set that is put to the engine, each row kept as it comes."""

    def __init__(self, engine: QuestionEngine, questions: Sequence[Question], plan: RecordingPlan) -> None:
        self._engine, self._questions, self._plan = engine, questions, plan
        self.total = len(questions)
        self.done = 0
        self.failed = 0
        self.first_failure = ""  # at once: a wrong key would fail the whole night
        self.state = JobState.RUNNING
        self.error = ""
        self._stop = Event()
        self._thread = Thread(target=self._work, name="evaluation", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path:
        """The run file."""
        return self._plan.path

    @property
    def is_running(self) -> bool:
        """Whether questions are still asked."""
        return self.state is JobState.RUNNING

    @property
    def is_stopping(self) -> bool:
        """Whether it ends once the question that is being answered is."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End after the question that is being answered; the rows so far are kept."""
        self._stop.set()

    def wait(self, timeout_s: float) -> None:
        """Return when it has ended, or when the time is over."""
        self._thread.join(timeout_s)

    def _work(self) -> None:
        ended, self.error = JobState.FAILED, "The run ended unexpectedly; its rows so far are kept, the log says why."
        try:
            with sole_recorder(self.path):
                self._record()
            ended, self.error = JobState.DONE, ""
        except _StoppedError:
            ended, self.error = JobState.STOPPED, ""
        except ArticleQAError as error:
            self.error = str(error)
        finally:
            self.state = ended

    def _record(self) -> None:
        path = self.path
        header = plan_header(self._engine, self._questions, self._plan)
        earlier = read_header(path)
        if earlier and (different := earlier.differences(header)):
            changed = " and the ".join(different)
            raise RunFileError(f"this run cannot be gone on with, as the {changed} changed since; start a new one")
        kept = begin_recording(self._plan, header, self._questions)
        self.done = len(kept)
        with row_writer(path, kept) as write:

            def sink(row: RunRow) -> None:
                write(row)
                self._count(row)

            if self._stop.is_set():
                raise _StoppedError
            run = evaluate(self._engine, self._questions, asked_on=header.asked_on, sink=sink, kept=kept)
        write_rows(path, in_order(run.rows, self._questions))

    def _count(self, row: RunRow) -> None:
        self.done += 1
        if row.error:
            self.failed += 1
            self.first_failure = self.first_failure or row.error
        if self._stop.is_set() and self.done < self.total:
            raise _StoppedError


class Desk:
    """Where the run under way is found from every tab; there is one at a time, as each keeps every core busy."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self._lock = Lock()

    def start(self, engine: QuestionEngine, questions: Sequence[Question], plan: RecordingPlan) -> Job:
        """The run of these questions, begun now; the one under way where there is one."""
        with self._lock:
            if self.job is None or not self.job.is_running:
                self.job = Job(engine, questions, plan)
            return self.job


@st.cache_resource(show_spinner=False, max_entries=4)
def get_desk(folder: Path) -> Desk:
    """The desk of one evaluations folder, the same for every tab."""
    return Desk()
