"""Choosing a question set, and beginning a run of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from index_store.errors import ArticleQAError
from qa.engine import ArticleQueryEngine
from qa.errors import QuestionSetError
from qa.evaluation import Question, lookups_in, unknown_gold
from qa.evaluation.matching import is_matchable
from qa.evaluation.recording import RecordingPlan
from ui.evaluation.folder import FORMATS, SAMPLE, RunsFolder, read_set, set_name
from ui.evaluation.job import Desk
from ui.evaluation.markup import faults_html
from ui.evaluation.progress import begin_waiting
from ui.holdings import count_of
from ui.markup import caption_html
from ui.notices import plain, show_error

_UPLOAD = Path("upload")
_SAMPLE_NAME = "sample.jsonl"
_MOST_UPLOAD_MB = 64


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """A question set without a fault, and the file that it came in."""

    name: str
    content: bytes
    questions: tuple[Question, ...]


def show_choice(engine: ArticleQueryEngine, folder: RunsFolder, desk: Desk) -> None:
    """The choice of a set with what is to be known of it, and the button that begins the run."""
    chosen = _choose(folder)
    if chosen is None:
        return
    _warn(chosen.questions, engine)
    asked_on = None
    if not all(question.asked_on for question in chosen.questions):
        asked_on = st.date_input(
            "Day of asking, for questions that name none", value="today", key="evaluation-day", format="YYYY-MM-DD"
        )
    if st.button(f"Run {count_of(len(chosen.questions), 'question')}", type="primary", key="evaluation-start"):
        _begin(engine, folder, desk, chosen, asked_on)
    st.html(caption_html("Each question is asked once. Other pages can be used meanwhile."))


def _choose(folder: RunsFolder) -> ChosenSet | None:
    sample = folder.place_of(_SAMPLE_NAME, SAMPLE.read_bytes())  # once it was run
    options = (SAMPLE, *(kept for kept in folder.sets() if kept != sample), _UPLOAD)
    collected = folder.collection.path
    path = st.selectbox("Question set", options, format_func=lambda each: _name(each, collected), key="evaluation-set")
    try:
        if path != _UPLOAD:
            content = path.read_bytes()
            name = _SAMPLE_NAME if path == SAMPLE else f"{set_name(path)}{path.suffix}"
            return ChosenSet(name, content, read_set(name, content))
        uploaded = st.file_uploader(
            "A .jsonl, .yaml or .csv file", type=list(FORMATS), key="evaluation-file", max_upload_size=_MOST_UPLOAD_MB
        )
        if uploaded is None:
            return None
        return ChosenSet(uploaded.name, uploaded.getvalue(), read_set(uploaded.name, uploaded.getvalue()))
    except QuestionSetError as error:
        _show_faults(str(error))
    except OSError as error:
        show_error(f"the question set {path.name!r} cannot be read: {error.strerror}")
    return None


def _name(path: Path, collected: Path) -> str:
    offered = {
        SAMPLE: "Sample questions, about the sample articles",
        collected: "Answers that were found wrong, as they are collected now",
        _UPLOAD: "Upload a file…",
    }
    name, _, kept_as = path.stem.partition(".")
    return offered.get(path) or f"{name}{path.suffix} ({kept_as})"


def _show_faults(message: str) -> None:
    first, *faults = message.splitlines()
    show_error(first)
    if faults:
        st.html(faults_html([fault.strip() for fault in faults]))


def _warn(questions: Sequence[Question], engine: ArticleQueryEngine) -> None:
    """What is worth stopping for, before a question is asked."""
    unknown = unknown_gold(questions, lookups_in(engine.store))
    if unknown:
        some = f"such as {unknown[0]!r}. No answer can find them; is this the right set for this index?"
        st.warning(plain(f"Expected articles that the index does not hold: {len(unknown)}, {some}"))
    if uncounted := sum(question.answerable is None for question in questions):
        st.warning(plain(f"Questions without “answerable”, which no figure counts: {uncounted}."))
    if unmatchable := sum(bool(q.answerable and q.answers) and not is_matchable(q.answers) for q in questions):
        some = "such answers cannot be compared, and any answer counts as wrong"
        st.warning(plain(f"Expected answers without a word in Latin letters or digits: {unmatchable}; {some}."))
    if engine.model is not None and engine.settings.mode != "extractive":
        st.warning(plain(f"The model {engine.model.name} is asked for every question, which may cost money."))


def _begin(
    engine: ArticleQueryEngine, folder: RunsFolder, desk: Desk, chosen: ChosenSet, asked_on: date | None
) -> None:
    try:
        kept = folder.keep_set(chosen.name, chosen.content)
    except ArticleQAError as error:
        show_error(str(error))
        return
    begin_waiting(desk.start(engine, chosen.questions, RecordingPlan(folder.new_run(kept), kept, asked_on)))
    st.rerun()  # what was drawn above must see the run
