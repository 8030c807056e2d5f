"""Questions to begin with, which the articles answer."""

import json
from datetime import date
from pathlib import Path

import pytest
import streamlit

from qa.engine import ArticleQueryEngine, open_engine
from tests.ui.served_chat import index
from ui.holdings import read_holdings
from ui.limits import Limits
from ui.state import Turn
from ui.suggestions import suggest, suggest_instead

ARTICLES = [
    {
        "id": "ferry",
        "title": "Harbour board to sell the old ferry",
        "date": "2025-05-14",
        "text": "The board met on Monday. “We will sell the ferry before the winter,” said Marit Lunde, who chairs it.",
    },
    {
        "id": "rain",
        "title": "A wet week",
        "date": "2025-05-15",
        "text": "It rained on the quay from Monday to Friday, and nobody was asked what they thought of that.",
    },
    {
        "id": "spokesman",
        "title": "Road to the quay closed",
        "date": "2025-05-16",
        "text": "“The road stays closed until June,” a spokesman said on Friday.",
    },
]


@pytest.fixture
def engine(tmp_path: Path) -> ArticleQueryEngine:
    streamlit.cache_data.clear()
    (tmp_path / "articles.json").write_text(json.dumps(ARTICLES), encoding="utf-8")
    index(tmp_path / "articles.json", tmp_path / "index")
    return open_engine(tmp_path / "index")


def test_what_is_suggested_is_answered_by_the_article_it_was_made_from(engine: ArticleQueryEngine) -> None:
    suggested = suggest(engine, None, read_holdings(engine.store))
    assert suggested == ("What did Marit Lunde say about the ferry?",)
    assert engine.query(suggested[0]).citations[0].article_id == "ferry"


def refused(engine: ArticleQueryEngine, question: str, limits: Limits) -> Turn:
    answer = engine.query(question, **limits.options)
    assert answer.refused
    return Turn(question, read_holdings(engine.store), answer, limits=limits)


def test_what_is_suggested_instead_is_answered(engine: ArticleQueryEngine) -> None:
    question = "What did Marit Lunde say about taxes?"
    assert "What did Marit Lunde say?" in list(suggest_instead(engine, refused(engine, question, Limits())))


def test_nothing_is_suggested_that_the_limits_leave_unanswered(engine: ArticleQueryEngine) -> None:
    late = Limits(since=date(2025, 5, 15))
    tried = list(suggest_instead(engine, refused(engine, "What did Marit Lunde say about taxes?", late)))
    assert tried
    assert not any(tried)
