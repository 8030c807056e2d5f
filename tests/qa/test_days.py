"""What a question dates is answered from what was told then, or tells of then, and from nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.engine import ArticleQueryEngine

Ask = Callable[[tuple[str, str], str], Answer]  # an article by its day and text, and a question about it

ASKED_ON = date(2025, 7, 20)

RESIGNED = ("2025-07-08", "Lorna Teff has resigned over a crane contract. The council thanked her.")
APPOINTED = (
    "2025-07-09",
    "Lorna Teff, who was appointed head of the harbour authority on 3 May 2016, has resigned over a crane contract.",
)
LATER = (
    "2025-06-20",
    "Passengers were angry. On 3 June the airport of Vell had announced a loss of 11 million crowns.",
)
STRIKE = ("2025-07-14", "Bus drivers in Dorrel began a strike on Monday.")
UNDATED = ("", "Lorna Teff has resigned over a crane contract.")


@pytest.fixture(scope="module")
def embedding() -> MiniLMEmbedding:
    return MiniLMEmbedding()


@pytest.fixture
def asked(tmp_path: Path, embedding: MiniLMEmbedding) -> Ask:
    @contextmanager
    def engine(day: str, text: str) -> Iterator[ArticleQueryEngine]:
        published = date.fromisoformat(day) if day else None
        with ArticleStore.create(tmp_path / "index", embedding) as store:
            store.add([Article("a", text, "News of the county", "Vell Post", published=published)])
            yield ArticleQueryEngine(store)

    def ask(article: tuple[str, str], question: str) -> Answer:
        with engine(*article) as over:
            return over.query(question, asked_on=ASKED_ON)

    return ask


@pytest.mark.parametrize(
    ("article", "question"),
    [
        pytest.param(RESIGNED, "Who resigned on 8 July?", id="on the day of publication"),
        pytest.param(RESIGNED, "Who resigned in July?", id="in the month"),
        pytest.param(APPOINTED, "Who resigned in July?", id="a day of something else in an aside"),
        pytest.param(LATER, "What did the airport announce on 3 June?", id="told later of that day"),
        pytest.param(STRIKE, "Who began a strike on 14 July?", id="its weekday"),
    ],
)
def test_what_was_told_then_or_tells_of_then_answers(asked: Ask, article: tuple[str, str], question: str) -> None:
    assert not asked(article, question).refused


@pytest.mark.parametrize(
    ("article", "question"),
    [
        pytest.param(RESIGNED, "Who resigned on 10 July?", id="published before"),
        pytest.param(RESIGNED, "Who resigned on 3 July?", id="published days after"),
        pytest.param(RESIGNED, "Who resigned in June?", id="published the month after"),
        pytest.param(STRIKE, "Who began a strike on 7 July?", id="the same weekday a week before"),
        pytest.param(LATER, "What did the airport announce on 20 June?", id="dated otherwise"),
        pytest.param(UNDATED, "Who resigned in July?", id="of no known day"),
    ],
)
def test_nothing_else_does(asked: Ask, article: tuple[str, str], question: str) -> None:
    assert asked(article, question).refused
