"""The suggestions: questions that the articles answer, for whoever has asked nothing yet or got no answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

import streamlit as st

from index_store.errors import ArticleQAError
from qa.engine import ArticleQueryEngine
from qa.rewording import rewordings
from ui.holdings import Holdings
from ui.notices import plain
from ui.sayings import asked_of
from ui.state import ChatState, Turn

_Candidate = tuple[str, frozenset[str]]  # a question, and the articles one of which is to answer it
_ANY = frozenset[str]()
_SUGGESTED = 3
_TRIED = 8  # each is asked before it is suggested, in about as long as a reader's own question takes
_ARTICLES = 40  # newest, whose quotations are looked at
_KEPT_S = 3_600
_INSTEAD = 2  # of a question that was refused
_NEAREST = 3  # passages under a refusal, whose articles are looked at


@st.cache_data(show_spinner=False, max_entries=4, ttl=_KEPT_S)
def suggest(_engine: ArticleQueryEngine, data_dir: Path | None, holdings: Holdings) -> tuple[str, ...]:
    """Questions that were asked of this index in its articles' own words and were answered; none where none was."""
    try:
        newest = [header.id for header in islice(_engine.store.headers(), _ARTICLES)]
        said = ((question, frozenset({article})) for question, article in asked_of(_engine, newest))
        return tuple(islice(filter(None, _tried(_engine, islice(said, _TRIED), {})), _SUGGESTED))
    except ArticleQAError:
        return ()  # what is wrong with the index is told where it is asked


def suggest_instead(engine: ArticleQueryEngine, turn: Turn) -> Iterator[str]:
    """Questions near one that was refused, which were answered within the same limits; empty for each that was not.

    There are half a dozen at most: a few wider ones, and one to a speaker of each of the nearest articles.
    """
    if turn.answer is None:
        return
    wider = rewordings(turn.linked_question, turn.limits.as_of or date.today())
    nearest = dict.fromkeys(passage.article.id for passage in turn.answer.retrieved[:_NEAREST])
    said = ((question, frozenset(nearest)) for question, _ in asked_of(engine, nearest, on_anything=True))
    found = 0
    try:
        for question in _tried(engine, chain(((each, _ANY) for each in wider), said), turn.limits.options):
            yield question
            found += bool(question)
            if found == _INSTEAD:
                return
    except ArticleQAError:
        return  # what is wrong with the index is told where it is asked


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


def _tried(engine: ArticleQueryEngine, candidates: Iterable[_Candidate], options: Mapping[str, Any]) -> Iterator[str]:
    """Each question that is answered by one of its articles; empty for each that is not."""
    for question, articles in candidates:
        yield question if _answers(engine, question, articles, options) else ""


def _answers(engine: ArticleQueryEngine, question: str, articles: frozenset[str], options: Mapping[str, Any]) -> bool:
    answer = engine.query(question, mode="extractive", **options)
    return not answer.refused and (not articles or any(each.article_id in articles for each in answer.citations))
