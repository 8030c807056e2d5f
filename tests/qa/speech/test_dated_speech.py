"""Words are given for the time that is asked about, and for whoever held the office."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.engine import ArticleQueryEngine

Ask = Callable[..., Answer]

WALL = Article(
    "wall",
    "The harbour wall of Orrin Bay will be raised. “We cannot pay for it alone,” said Bram Tolle, the mayor of Orrin "
    "Bay.\n\nAda Oake, an engineer, said the wall was sound.",
    "Harbour wall",
    "The Orrin Post",
    published=date(2025, 5, 5),
)
VOTE = Article(
    "vote",
    "Lise Karr was elected mayor of Orrin Bay on Sunday. “The wall comes first,” Karr said.",
    "Karr elected",
    "The Orrin Post",
    published=date(2025, 6, 2),
)
LATER = Article(
    "later",
    "The wall of Orrin Bay grows. “It costs less than we feared,” Lise Karr said on Tuesday.\n\nOn 5 May Bram Tolle "
    "had said that it would ruin the town.",
    "Wall grows",
    "The Orrin Post",
    published=date(2025, 7, 9),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    with ArticleStore.create(tmp_path_factory.mktemp("index"), MiniLMEmbedding()) as store:
        store.add([WALL, VOTE, LATER])
        engine = ArticleQueryEngine(store)

        def query(question: str, asked_on: date = date(2025, 7, 12)) -> Answer:
            return engine.query(question, asked_on=asked_on)

        yield query


def cited(answer: Answer) -> list[str]:
    return [citation.article_id for citation in answer.citations]


def test_a_month_gives_what_was_said_then(ask: Ask) -> None:
    assert cited(ask("What did Lise Karr say about the wall in June?")) == ["vote"]


def test_where_nothing_was_said_then_nothing_else_is_given(ask: Ask) -> None:
    answer = ask("What did Lise Karr say about the wall in April?")
    assert answer.refused
    assert answer.reason.startswith("Lise Karr is quoted, but not on the wall in April.")


def test_what_is_told_later_of_a_day_answers_for_that_day(ask: Ask) -> None:
    assert cited(ask("What did Bram Tolle say about ruin on 5 May?")) == ["later"]


def test_the_words_of_a_former_holder_are_not_narrated_from_others(ask: Ask) -> None:
    assert ask("What did the former mayor of Orrin Bay say about the wall?").refused


def test_a_day_long_ago_is_answered_from_its_news(ask: Ask) -> None:
    assert cited(ask("Who was elected mayor on 1 June 2025?", date(2026, 11, 1))) == ["vote"]


def test_a_day_without_that_event_is_refused(ask: Ask) -> None:
    assert ask("Who was elected mayor on 14 June 2025?", date(2026, 11, 1)).refused


def test_an_office_is_that_of_who_was_elected_to_it(ask: Ask) -> None:
    answer = ask("What did the mayor of Orrin Bay say about the wall?")
    assert "Lise Karr" in str(answer) and "Tolle" not in str(answer)


def test_what_an_earlier_holder_said_in_office_answers_where_the_present_one_said_nothing(ask: Ask) -> None:
    assert str(ask("What did the mayor of Orrin Bay say about paying alone?")).startswith("Bram Tolle: ")


def test_a_question_whether_somebody_said_so_is_answered_with_their_words(ask: Ask) -> None:
    assert "The wall comes first" in str(ask("Did Lise Karr say that the wall comes first?"))


def test_everybody_who_is_quoted_on_a_topic_gets_a_statement(ask: Ask) -> None:
    answer = ask("Who has spoken about the wall?")
    speakers = {statement.text.split(":")[0] for statement in answer.statements}
    assert len(answer.statements) == len(speakers) > 1
