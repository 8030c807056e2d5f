"""The suggestions: questions that the newest articles answer, for a chat in which nothing was asked yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import streamlit as st

from index_store.article import Article
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
# A name in a headline; where something happens is not what is spoken of.
_NAMED = re.compile(r"(?<!\bin )(?<!\bat )\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+")
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*)+")  # of two words at least: one alone may be anybody


@dataclass(frozen=True, slots=True)
class _Candidate:
    speaker: str
    topic: str
    article_id: str  # of the article that is to answer it

    @property
    def question(self) -> str:
        return f"What did {self.speaker} say about {self.topic}?"


@st.cache_data(show_spinner=False, max_entries=4, ttl=_KEPT_S)
def suggest(_engine: ArticleQueryEngine, data_dir: Path | None, holdings: Holdings) -> tuple[str, ...]:
    """Questions that were asked of this index in its articles' own words and were answered; none where none was."""
    try:
        return tuple(islice(_answered(_engine), _SUGGESTED))
    except ArticleQAError:
        return ()  # what is wrong with the index is told where it is asked


def show_suggestions(state: ChatState, questions: Sequence[str]) -> None:
    """Each as a button that asks it."""
    with st.container(key="suggestions"):
        for number, question in enumerate(questions):
            st.button(plain(question), key=f"suggested-{number}", on_click=_ask, args=(state, question))


def _ask(state: ChatState, question: str) -> None:
    state.pending = question


def _answered(engine: ArticleQueryEngine) -> Iterator[str]:
    """Those that were asked and are answered from their own article, one a topic."""
    topics: set[str] = set()
    asked = 0
    for candidate in _candidates(engine):
        if asked == _TRIED:
            return
        if candidate.topic not in topics:
            asked += 1
            if _is_answered(engine, candidate):
                topics.add(candidate.topic)
                yield candidate.question


def _candidates(engine: ArticleQueryEngine) -> Iterator[_Candidate]:
    """One to each newest speaker."""
    newest = [header.id for header in islice(engine.store.headers(), _ARTICLES)]
    place = {article_id: position for position, article_id in enumerate(newest)}
    quotations = sorted(engine.store.quotations_in(newest), key=lambda stored: place[stored.article_id])
    speakers: set[str] = set()
    for stored in quotations:
        name = stored.quotation.speaker
        topic = _topic(engine, stored)
        if stored.quotation.kind == "direct" and topic and name not in speakers and _is_name(name):
            speakers.add(name)
            yield _Candidate(name, topic, stored.article_id)


def _topic(engine: ArticleQueryEngine, stored: StoredQuotation) -> str:
    """What the quotation speaks of and the headline names, as the quotation has it; else a name in the headline."""
    article = engine.store.article(stored.article_id)
    headline = set(engine.store.terms(article.title))
    named = (match.group() for match in _THING.finditer(article.text, stored.quotation.start, stored.quotation.end))
    thing = next((thing for thing in named if headline.issuperset(engine.store.terms(thing))), "")
    return thing or _name_in_headline(article, stored.quotation.speaker)


def _name_in_headline(article: Article, speaker: str) -> str:
    """A name of several words, not the speaker's, as the text has it; none where every word has a capital."""
    for found in _NAMED.finditer(article.title):
        name = found.group()
        if name in article.text and set(name.split()).isdisjoint(speaker.split()):
            return f"the {name}" if re.search(rf"\b[Tt]he {re.escape(name)}\b", article.text) else name
    return ""


def _is_name(speaker: str) -> bool:
    return bool(_NAME.fullmatch(speaker)) and all(part[0].isupper() for part in speaker.split())


def _is_answered(engine: ArticleQueryEngine, candidate: _Candidate) -> bool:
    answer = engine.query(candidate.question, mode="extractive")
    return not answer.refused and any(citation.article_id == candidate.article_id for citation in answer.citations)
