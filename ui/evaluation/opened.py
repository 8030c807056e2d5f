"""A run file opened: its rows beside the questions they answer."""

from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from index_store.layout import CATALOG_FILE
from qa.engine import ArticleQueryEngine
from qa.evaluation import EvaluationRun, Question, RecordedRun, RunHeader, describe_run, read_run


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """A run, its figures over what was asked; an interrupted one has fewer rows than `questions`."""

    recorded: RecordedRun
    questions: tuple[Question, ...]
    run: EvaluationRun

    @property
    def is_whole(self) -> bool:
        """Whether every question was asked."""
        return len(self.run.questions) == len(self.questions)


def open_run(path: Path) -> OpenedRun:
    """The run that a run file keeps, with the question set that its header names.

    Raises:
        RunFileError: it is no run file, or its question set has gone or changed.
        QuestionSetError: its question set cannot be read any more.
    """
    return _open_run(path, path.stat().st_mtime_ns if path.exists() else 0)


@st.cache_resource(show_spinner="Reading the run…", max_entries=6)  # figures and intervals are computed once
def _open_run(path: Path, changed_ns: int) -> OpenedRun:
    recorded = read_run(path)
    questions = recorded.questions()
    rows = {row.id: row for row in recorded.rows}
    asked = tuple(question for question in questions if question.id in rows)
    return OpenedRun(recorded, questions, EvaluationRun(asked, tuple(rows[question.id] for question in asked)))


def without_options(message: str) -> str:
    """What is wrong with a run, without what only the command line can do about it."""
    return message.partition("; give ")[0]


def changed_since(engine: ArticleQueryEngine, header: RunHeader) -> tuple[str, ...]:
    """In words, what is another now than when the run was made: the index, the settings, the version."""
    catalog = engine.store.data_dir / CATALOG_FILE
    log = catalog.with_name(f"{CATALOG_FILE}-wal")  # what was written last may stand there alone
    moments = tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in (catalog, log))
    now = _describe(engine, catalog, moments)
    return header.differences(replace(now, questions_hash=header.questions_hash, asked_on=header.asked_on))


@st.cache_resource(show_spinner="Comparing with the index…", max_entries=2)
def _describe(_engine: ArticleQueryEngine, catalog: Path, moments: tuple[int, ...]) -> RunHeader:
    return describe_run(_engine, (), question_path=catalog, run_path=catalog, asked_on=None)
