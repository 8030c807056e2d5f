"""The controls of the rating: two thumbs under an answer, and what was wrong with a wrong one."""

from collections.abc import Callable

import streamlit as st

from index_store.errors import ArticleQAError
from qa.evaluation import QuestionCollection
from ui.complaint import MOST_CHARS, Complaint
from ui.markup import caption_html
from ui.notices import show_error
from ui.rating import Rating
from ui.state import ChatState

_SAID, _EXPECTED, _UNANSWERABLE, _FAULT = (
    f"complaint-{name}" for name in ("said", "expected", "unanswerable", "fault")
)
_SHARED = (
    "It is added to the collected questions of this index, which everybody who uses it sees: your question, the "
    "questions before it in this conversation, the answer, and what you write here."
)


def show_rating(state: ChatState, number: int, collection: QuestionCollection, *, is_asking: bool) -> None:
    """The thumbs of a turn; while an answer is on its way they wait, as a click would be one on “Stop”."""
    rating = state.turns[number].rating
    with st.container(horizontal=True, gap="small", key=f"rating-turn-{number}", width="content"):
        if _thumb("Good answer", "up", number, is_chosen=_is(rating, good=True), is_asking=is_asking):
            _praise(state, number, collection)
        if _thumb("Wrong answer", "down", number, is_chosen=_is(rating, good=False), is_asking=is_asking):
            st.session_state.pop(_FAULT, None)
            (_show_taking_out if _is(rating, good=False) else _show_complaint)(state, number, collection)


def _is(rating: Rating | None, *, good: bool) -> bool:
    return rating is not None and rating.is_good is good


def _thumb(label: str, way: str, number: int, *, is_chosen: bool, is_asking: bool) -> bool:
    # The words are for screen readers; style.css shows the thumb alone.
    return st.button(
        f"{label}, chosen" if is_chosen else label,
        key=f"{'chosen' if is_chosen else 'thumb'}-{way}-turn-{number}",
        icon=f":material/thumb_{way}:",
        type="tertiary",
        help=label,
        disabled=is_asking,
    )


def _praise(state: ChatState, number: int, collection: QuestionCollection) -> None:
    was_good = _is(state.turns[number].rating, good=True)
    _take_out(state, number, collection)
    if fault := st.session_state.pop(_FAULT, ""):
        show_error(fault)
        return
    state.rate(number, None if was_good else Rating(is_good=True))
    st.rerun()


@st.dialog("What was wrong?")
def _show_complaint(state: ChatState, number: int, collection: QuestionCollection) -> None:
    st.html(caption_html(_SHARED))
    with st.form("complaint-form", border=False):
        st.text_area("What was wrong", max_chars=MOST_CHARS, key=_SAID, placeholder="May be left empty")
        st.text_input("The right answer", max_chars=MOST_CHARS, key=_EXPECTED, placeholder="If you know it")
        st.checkbox("The articles do not say: no answer would be right", key=_UNANSWERABLE)
        added = st.form_submit_button(
            "Add to the collected questions",
            key="complaint-add",
            type="primary",
            on_click=_add,
            args=(state, number, collection),
        )
    _close_unless_faulty(added)


@st.dialog("Found wrong")
def _show_taking_out(state: ChatState, number: int, collection: QuestionCollection) -> None:
    st.html(caption_html("The question is among the collected ones; they are on the Evaluation page."))
    taken_out = st.button(
        "Take it out again",
        key="complaint-remove",
        icon=":material/undo:",
        on_click=_take_out,
        args=(state, number, collection),
    )
    _close_unless_faulty(taken_out)


def _close_unless_faulty(done: bool) -> None:
    if fault := st.session_state.get(_FAULT, ""):
        show_error(fault)
    elif done:
        st.rerun()  # which closes the dialog


def _add(state: ChatState, number: int, collection: QuestionCollection) -> None:
    said = st.session_state
    complaint = Complaint(said.get(_SAID, ""), said.get(_EXPECTED, ""), said.get(_UNANSWERABLE, False))
    if not complaint.is_possible:
        st.session_state[_FAULT] = "there is either a right answer or none; clear one of the two"
        return
    question = complaint.question(state.turns[number], state.history_before(number))
    if _changed(lambda: collection.add(question)):
        state.rate(number, Rating(is_good=False, collected=question.id))


def _take_out(state: ChatState, number: int, collection: QuestionCollection) -> None:
    rating = state.turns[number].rating
    collected = rating.collected if rating else ""
    if collected and _changed(lambda: collection.remove(collected)):
        state.rate(number, None)


def _changed(change: Callable[[], None]) -> bool:
    st.session_state.pop(_FAULT, None)
    try:
        change()
    except ArticleQAError as error:
        st.session_state[_FAULT] = str(error)
        return False
    return True
