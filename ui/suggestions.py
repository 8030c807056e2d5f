"""The suggestions: questions that the articles answer, for whoever has asked nothing yet or got no answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, islice, takewhile
from pathlib import Path
from time import monotonic
from typing import Any

import streamlit as st

from index_store.errors import ArticleQAError
from qa.engine import ArticleQueryEngine
from qa.rewording import rewordings
from ui.holdings import Holdings
from ui.notices import plain
from ui.sayings import asked_of
from ui.state import ChatState, Turn

_Tried = tuple[str, frozenset[str]]  # a question, and the articles one of which is to answer it
_ANY = frozenset[str]()
_SUGGESTED = 3
_TRIED = 8  # each is asked before it is suggested, in about as long as a reader's own question takes
_ARTICLES = 40  # newest, whose quotations are looked at
_KEPT_S = 3_600
_INSTEAD = 2  # of a question that was refused
_NEAREST = 3  # passages under a refusal, whose articles are looked at
_PATIENCE_S = 1.0  # after which no further question is tried: the refusal waits for them


@st.cache_data(show_spinner=False, max_entries=4, ttl=_KEPT_S)
def suggest(_engine: ArticleQueryEngine, data_dir: Path | None, holdings: Holdings) -> tuple[str, ...]:
    """Questions that were asked of this index in its articles' own words and were answered; none where none was."""
    try:
        newest = [header.id for header in islice(_engine.store.headers(), _ARTICLES)]
        said = ((question, frozenset({article})) for question, article in asked_of(_engine, newest))
        return _answered(_engine, islice(said, _TRIED), {}, _SUGGESTED)
    except ArticleQAError:
        return ()  # what is wrong with the index is told where it is asked


def suggest_instead(engine: ArticleQueryEngine, turn: Turn) -> tuple[str, ...]:
    """Questions near one that was refused, which were answered within the same limits; none where none was."""
    if turn.answer is None:
        return ()
    wider = rewordings(turn.linked_question, turn.limits.as_of or date.today())
    nearest = dict.fromkeys(passage.article.id for passage in turn.answer.retrieved[:_NEAREST])
    deadline = monotonic() + _PATIENCE_S
    said = ((question, frozenset(nearest)) for question, _ in asked_of(engine, nearest, on_anything=True))
    candidates = chain(((question, _ANY) for question in wider), said)
    tried = takewhile(lambda _: monotonic() < deadline, candidates)
    try:
        return _answered(engine, tried, turn.limits.options, _INSTEAD)
    except ArticleQAError:
        return ()


def show_suggestions(state: ChatState, questions: Sequence[str], key: str = "suggestions") -> bool:
    """Each as a button that has it asked; whether one was chosen."""
    with st.container(key=key):
        chosen = [
            st.button(plain(question), key=f"{key}-{number}", on_click=_ask, args=(state, question))
            for number, question in enumerate(questions)
        ]
    return any(chosen)


def _ask(state: ChatState, question: str) -> None:
    state.pending = question


def _answered(
    engine: ArticleQueryEngine, tried: Iterable[_Tried], options: Mapping[str, Any], most: int
) -> tuple[str, ...]:
    """The first of the questions that are answered by one of their articles."""
    found = (question for question, articles in tried if _answers(engine, question, articles, options))
    return tuple(islice(found, most))


def _answers(engine: ArticleQueryEngine, question: str, articles: frozenset[str], options: Mapping[str, Any]) -> bool:
    answer = engine.query(question, mode="extractive", **options)
    return not answer.refused and (not articles or any(each.article_id in articles for each in answer.citations))
