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

_SUGGESTED = 3
_TRIED = 8  # each is asked before it is suggested, in about as long as a reader's own question takes
_ARTICLES = 40  # newest, whose quotations are looked at
_KEPT_S = 3_600
_INSTEAD = 2  # of a question that was refused
_NEAREST = 3  # passages under a refusal, whose articles are looked at
_PATIENCE_S = 0.8  # after which no further question is tried: the refusal waits for them


@st.cache_data(show_spinner=False, max_entries=4, ttl=_KEPT_S)
def suggest(_engine: ArticleQueryEngine, data_dir: Path | None, holdings: Holdings) -> tuple[str, ...]:
    """Questions that were asked of this index in its articles' own words and were answered; none where none was."""
    try:
        newest = [header.id for header in islice(_engine.store.headers(), _ARTICLES)]
        return _answered(_engine, islice(asked_of(_engine, newest), _TRIED), {}, _SUGGESTED)
    except ArticleQAError:
        return ()  # what is wrong with the index is told where it is asked


def suggest_instead(engine: ArticleQueryEngine, turn: Turn) -> tuple[str, ...]:
    """Questions near one that was refused, which were answered within the same limits; none where none was."""
    if turn.answer is None:
        return ()
    wider = rewordings(turn.linked_question, turn.limits.as_of or date.today())
    nearest = dict.fromkeys(passage.article.id for passage in turn.answer.retrieved[:_NEAREST])
    deadline = monotonic() + _PATIENCE_S
    tried = takewhile(
        lambda _: monotonic() < deadline, chain(((each, "") for each in wider), asked_of(engine, nearest))
    )
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
    engine: ArticleQueryEngine, candidates: Iterable[tuple[str, str]], options: Mapping[str, Any], most: int
) -> tuple[str, ...]:
    """The first of the candidates that are answered, each by its article where it names one."""
    found = (question for question, article in candidates if _answers(engine, question, article, options))
    return tuple(islice(found, most))


def _answers(engine: ArticleQueryEngine, question: str, article_id: str, options: Mapping[str, Any]) -> bool:
    answer = engine.query(question, mode="extractive", **options)
    cited = {citation.article_id for citation in answer.citations}
    return not answer.refused and (not article_id or article_id in cited)
