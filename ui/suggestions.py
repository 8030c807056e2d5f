"""The suggestions: questions that the newest articles answer, for a chat in which nothing was asked yet."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import streamlit as st

from index_store.catalog import StoredQuotation
from index_store.errors import ArticleQAError
from qa.engine import ArticleQueryEngine
from ui.holdings import Holdings
from ui.notices import plain
from ui.state import ChatState

_SUGGESTED = 3
_TRIED = 8  # each is asked before it is suggested, in about as long as a reader's own question takes
_ARTICLES = 40  # newest, whose quotations are looked at
_KEPT_S = 3_600
# An article, one or two words, and what cannot belong to them: so they are a thing, and whole.
_THING = re.compile(
    r"\bthe (?:[a-z]+ )?[a-z]{3,}(?=[,.;:!?”\"]| (?:is|are|was|were|will|would|has|have|had|can|could|must|should|"
    r"and|or|but|to|in|on|at|of|for|with|by|before|after|from|until|that|as|when|because|if|now|today|again)\b)"
)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*)+")  # of two words at least: one alone may be anybody


@st.cache_data(show_spinner=False, max_entries=4, ttl=_KEPT_S)
def suggest(_engine: ArticleQueryEngine, data_dir: Path | None, holdings: Holdings) -> tuple[str, ...]:
    """Questions that were asked of this index in its articles' own words and were answered; none where none was."""
    try:
        tried = islice(_candidates(_engine), _TRIED)
        return tuple(
            islice((question for question, article in tried if _answers(_engine, question, article)), _SUGGESTED)
        )
    except ArticleQAError:
        return ()  # what is wrong with the index is told where it is asked


def show_suggestions(state: ChatState, questions: Sequence[str]) -> None:
    """Each as a button that asks it."""
    with st.container(key="suggestions"):
        for number, question in enumerate(questions):
            st.button(plain(question), key=f"suggested-{number}", on_click=_ask, args=(state, question))


def _ask(state: ChatState, question: str) -> None:
    state.pending = question


def _candidates(engine: ArticleQueryEngine) -> Iterator[tuple[str, str]]:
    """A question to each newest speaker, with the article that is to answer it."""
    newest = [header.id for header in islice(engine.store.headers(), _ARTICLES)]
    place = {article_id: position for position, article_id in enumerate(newest)}
    quotations = sorted(engine.store.quotations_in(newest), key=lambda stored: place[stored.article_id])
    speakers: set[str] = set()
    for stored in quotations:
        name = stored.quotation.speaker
        topic = _topic(engine, stored)
        if stored.quotation.kind == "direct" and topic and name not in speakers and _is_name(name):
            speakers.add(name)
            yield f"What did {name} say about {topic}?", stored.article_id


def _topic(engine: ArticleQueryEngine, stored: StoredQuotation) -> str:
    """What the quotation speaks of and the headline names, as the quotation has it; empty where there is no such."""
    headline = set(engine.store.terms(stored.title))
    span = stored.quotation
    said = engine.store.article(stored.article_id).text[span.start : span.end]
    named = (match.group() for match in _THING.finditer(said))
    return next((thing for thing in named if headline.issuperset(engine.store.terms(thing))), "")


def _is_name(speaker: str) -> bool:
    return bool(_NAME.fullmatch(speaker)) and all(part[0].isupper() for part in speaker.split())


def _answers(engine: ArticleQueryEngine, question: str, article_id: str) -> bool:
    answer = engine.query(question, mode="extractive")
    return not answer.refused and any(citation.article_id == article_id for citation in answer.citations)
