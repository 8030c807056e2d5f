"""One question and its answer on the page, down to the article a citation comes from."""

from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from qa.answer import Answer, Statement
from qa.engine import ArticleQueryEngine
from qa.stream import AnswerStream
from ui import markup
from ui.holdings import Holdings, count_of
from ui.listening import listen
from ui.notices import plain, show_error
from ui.sources import Source
from ui.state import ChatState, Coming, Turn

_NEAREST = 3  # passages shown under a refusal: enough to judge it by, few enough to read
_CHOSEN = "chosen-passage"
_MODES = {"extractive": "In the articles’ own words", "generative": "Written by a model from the passages below"}


def take_turn(engine: ArticleQueryEngine, state: ChatState, question: str, holdings: Holdings) -> None:
    """Ask, after what was asked before, showing the answer as it comes, and keep what came of it."""
    stream = engine.stream(question, history=state.history)
    state.coming = Coming(question, holdings, stream)
    _show_coming(stream)  # which Streamlit leaves when a click begins another run: that one settles
    state.settle()


def _show_coming(stream: AnswerStream) -> None:
    waiting, place = st.empty(), st.empty()
    with waiting.container(horizontal=True, vertical_alignment="center"):
        st.html(markup.caption_html("Reading the articles…"))
        st.button("Stop", key="stop", type="tertiary", icon=":material/stop_circle:")  # any click ends this run
    said: list[Statement] = []
    with closing(listen(stream)) as coming:
        for statement in coming:
            said += [statement] if statement else []
            place.html(markup.statements_html(said, {}))
    waiting.empty()


def show_question(question: str, key: str) -> None:
    """The reader's own words, brought to the top of the page when they are new."""
    st.html(markup.question_html(question, key))
    _scroll_to(key, "start")


def _scroll_to(anchor: str, block: str) -> None:
    # Runs once, when it is first drawn. The only script of the page: both values are ours, never an article's.
    script = f"document.getElementById('{anchor}')?.scrollIntoView({{block: '{block}'}})"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


@st.fragment
def show_turn(turn: Turn, key: str) -> None:
    """A finished turn; opening one of its sources redraws nothing else. `key` is unique in the page."""
    show_question(turn.question, key)
    if turn.error:
        show_error(turn.error)
        _show_nearest(turn.answer, "Nearest passages", key)
    if turn.error or turn.answer is None:
        return
    if turn.answer.understood not in ("", turn.answer.question):
        st.html(markup.understood_html(turn.answer.understood))
    if turn.answer.refused:
        _show_refusal(turn.answer, turn.holdings, key)
    else:
        _show_answer(turn.answer, key)


def _show_answer(answer: Answer, key: str) -> None:
    anchors = {citation.number: f"{key}-{citation.number}" for citation in answer.citations}
    _show_note(answer)
    st.html(markup.statements_html(answer.statements, anchors))
    if answer.incomplete:
        st.html(markup.caption_html("The answer broke off before its end."))
    st.html(markup.caption_html(f"{_MODES[answer.mode]} · {count_of(len(answer.citations), 'citation')}"))
    _show_sources([Source.cited(citation) for citation in answer.citations], key)


def _show_refusal(answer: Answer, holdings: Holdings, key: str) -> None:
    _show_note(answer)
    st.html(markup.refusal_html(answer.reason, holdings))
    _show_nearest(answer, "Nearest passages, none of which answers the question", key)


def _show_note(answer: Answer) -> None:
    if answer.note:
        st.warning(plain(answer.note), icon=":material/info:")


def _show_nearest(answer: Answer | None, caption: str, key: str) -> None:
    nearest = answer.retrieved[:_NEAREST] if answer else ()
    if nearest:
        st.html(markup.caption_html(caption))
        _show_sources([Source.found(passage) for passage in nearest], key)


def _show_sources(sources: Sequence[Source], key: str) -> None:
    for position, source in enumerate(sources, start=1):
        name = f"{key}-{position}"
        with st.container(border=True, key=f"source-{name}", gap=None):
            st.html(markup.card_html(source, f"{key}-{source.label or f'near-{position}'}"))
            with st.container(horizontal=True, vertical_alignment="center", key=f"links-{name}"):
                if st.button("Open article", key=f"open-{name}", type="tertiary", icon=":material/article:"):
                    _show_article([other for other in sources if other.article == source.article], source)
                if original := markup.original_html(source.article):
                    st.html(original, width="content")


@st.dialog("Article", width="medium", position="right")
def _show_article(sources: Sequence[Source], chosen: Source) -> None:
    marks = tuple(
        markup.Mark.of(each, _CHOSEN if each is chosen else f"marked-{position}", chosen=each is chosen)
        for position, each in enumerate(sources)
    )
    st.html(markup.article_html(chosen.article, marks))
    _scroll_to(_CHOSEN, "center")
