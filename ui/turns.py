"""One question and its answer on the page, down to the article a citation comes from."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from types import MappingProxyType

import streamlit as st

from qa.answer import Answer, Statement
from qa.engine import ArticleQueryEngine
from qa.evaluation import QuestionCollection
from qa.stream import AnswerStream
from ui import markup
from ui.disputes import is_disputed
from ui.export import Dossier
from ui.export_controls import show_export
from ui.holdings import Holdings, count_of
from ui.limits import Limits
from ui.listening import listen
from ui.losses import Loss
from ui.notices import plain, show_error
from ui.rating_controls import show_rating
from ui.scripts import scroll_to, stay
from ui.sources import Source
from ui.state import ChatState, Coming, Turn
from ui.suggestions import show_suggestions, suggest_instead

_NEAREST = 3  # passages shown under a refusal: enough to judge it by, few enough to read
_NO_LOSSES: Mapping[str, Loss] = MappingProxyType({})
_INSTEAD = "What the articles do answer:"
_SEEKING = "Looking for what the articles do answer…"
_ADVICE = "It may help to name people and places as the articles below do, or to ask for less at once."
_CHOSEN = "chosen-passage"
_MODES = {"extractive": "In the articles’ own words", "generative": "Written by a model from the passages below"}


def begin_turn(engine: ArticleQueryEngine, state: ChatState, question: str, holdings: Holdings) -> AnswerStream:
    """Ask, after what was asked before."""
    stream = engine.stream(question, history=state.history, **state.limits.options)
    state.begin(Coming(question, holdings, state.limits, stream))
    return stream


def show_coming(stream: AnswerStream) -> None:
    """The answer as it comes; Streamlit leaves this when a click begins another run, which settles."""
    waiting, place = st.empty(), st.empty()
    with waiting.container(horizontal=True, vertical_alignment="center", key="coming"):
        st.html(markup.caption_html("Reading the articles…"))
        # any click ends this run
        st.button("Stop", key="stop", type="tertiary", icon=":material/stop_circle:", shortcut="Esc")
    said: list[Statement] = []
    with closing(listen(stream)) as coming:
        for statement in coming:
            said += [statement] if statement else []
            place.html(markup.statements_html(said, {}))
    waiting.empty()


def seek_way_on(engine: ArticleQueryEngine, state: ChatState) -> None:
    """Find what may be asked in the place of the last question, which was refused, and have it shown."""
    moment, found = st.empty(), []
    for question in suggest_instead(engine, state.turns[-1]):
        found += [question] if question else []
        moment.empty()  # where Streamlit can break off: whoever asks goes first
    state.suggest(found)
    st.rerun()


def show_question(question: str, key: str, *, is_newest: bool = True) -> None:
    """The reader's own words, brought to the top of the page when they are new."""
    st.html(markup.question_html(question, key))
    if is_newest:
        scroll_to(key, "start")
    else:
        stay()


def show_earlier(state: ChatState) -> None:
    """The way to the turns that are not drawn."""
    hidden = state.reopened.start
    if hidden:
        st.button(
            f"Earlier questions ({hidden:,})",
            key="earlier-questions",
            type="tertiary",
            icon=":material/expand_less:",
            on_click=state.show_earlier,
        )


@st.fragment
def show_turn(state: ChatState, number: int, collection: QuestionCollection, *, is_asking: bool) -> None:
    """A finished turn; opening one of its sources redraws nothing else."""
    turn, key = state.turns[number], f"turn-{number}"
    show_question(turn.question, key, is_newest=number == len(state.turns) - 1 and not is_asking)
    _show_understood(turn, state, key)
    if turn.error:
        show_error(turn.error)
        _show_nearest(turn.answer, "Nearest passages", key)
    if turn.error or turn.answer is None:
        return
    rate = partial(show_rating, state, number, collection, is_asking=is_asking)
    if turn.answer.refused:
        is_sought = state.is_seeking and number == len(state.turns) - 1 and not is_asking
        _show_refusal(turn, turn.answer, rate, key, is_sought=is_sought)
        _show_way_on(turn, state, key)
        _show_nearest(turn.answer, "Nearest passages, none of which answers the question", key)
    else:
        _show_answer(turn, turn.answer, rate, key)


def _show_understood(turn: Turn, state: ChatState, key: str) -> None:
    """How the question was read, and the way to put it right."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"understood-{key}"):
        completed = turn.linked_question if turn.linked_question != turn.question else ""
        if read := markup.understood_html(completed, turn.period, turn.limits.words):
            st.html(read, width="content")
        show_export(Dossier(turn.question, (turn,)), key)
        if st.button("Edit question", key=f"edit-{key}", type="tertiary", icon=":material/edit:"):
            state.edit(turn)
            st.rerun()  # the whole page: the line it is typed in lies outside


def _show_refusal(turn: Turn, answer: Answer, rate: Callable[[], None], key: str, *, is_sought: bool) -> None:
    _show_note(answer)
    st.html(markup.refusal_html(answer.reason, turn.holdings, turn.limits.words))
    way_on = _INSTEAD if turn.instead else _SEEKING if is_sought else _ADVICE
    _show_judged(" ".join(filter(None, (turn.distance, way_on))), rate, key)
    if is_sought:
        st.html(markup.ROOM_FOR_SUGGESTIONS)


def _show_way_on(turn: Turn, state: ChatState, key: str) -> None:
    """What may be asked instead, and where limits may be what left the answer out, the question without them."""
    if turn.instead and show_suggestions(state, turn.instead, f"instead-{key}"):
        st.rerun()
    if turn.limits.options and st.button("Ask without the limits", key=f"widen-{key}", icon=":material/search:"):
        state.limit(Limits())
        state.pending = turn.linked_question
        st.rerun()


def _show_answer(turn: Turn, answer: Answer, rate: Callable[[], None], key: str) -> None:
    anchors = {citation.number: f"{key}-{citation.number}" for citation in answer.citations}
    _show_note(answer)
    if is_disputed(answer):
        st.html(markup.dispute_html(answer.statements, answer.citations, anchors))
    else:
        st.html(markup.statements_html(answer.statements, anchors))
    if answer.incomplete:
        st.html(markup.caption_html("The answer broke off before its end."))
    _show_judged(f"{_MODES[answer.mode]} · {count_of(len(answer.citations), 'citation')}", rate, key)
    losses = {str(loss.span.number): loss for loss in turn.losses}
    _show_sources([Source.cited(citation) for citation in answer.citations], key, losses)


def _show_judged(told: str, rate: Callable[[], None], key: str) -> None:
    """What is to be known of an answer, and beside it what its reader thinks of it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"judged-{key}", wrap=False):
        st.html(markup.caption_html(told))
        rate()


def _show_note(answer: Answer) -> None:
    if answer.note:
        st.warning(plain(answer.note), icon=":material/info:")


def _show_nearest(answer: Answer | None, caption: str, key: str) -> None:
    nearest = answer.retrieved[:_NEAREST] if answer else ()
    if nearest:
        st.html(markup.caption_html(caption))
        _show_sources([Source.found(passage) for passage in nearest], key)


def _show_sources(sources: Sequence[Source], key: str, losses: Mapping[str, Loss] = _NO_LOSSES) -> None:
    for position, source in enumerate(sources, start=1):
        name = f"{key}-{position}"
        with st.container(border=True, key=f"source-{name}", gap=None):
            st.html(markup.card_html(source, f"{key}-{source.label or f'near-{position}'}"))
            if loss := losses.get(source.label):
                st.html(markup.loss_html(str(loss)))
            with st.container(horizontal=True, vertical_alignment="center", key=f"links-{name}"):
                if not loss and st.button(
                    "Open article", key=f"open-{name}", type="tertiary", icon=":material/article:"
                ):
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
    scroll_to(_CHOSEN, "center")
