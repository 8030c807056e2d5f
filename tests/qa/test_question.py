from datetime import date

import pytest

from qa.question import read_question
from qa.reading import read_period

WEDNESDAY = date(2025, 9, 10)


def test_content_words_leave_out_how_it_is_asked() -> None:
    read = read_question("What did the U.S. officials say about Orrin Bay's dam?")
    assert read.content_words == ("U.S.", "officials", "Orrin", "Bay's", "dam")
    assert read.names == ("U.S.", "Orrin", "Bay's")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("Which towns banned hoses in July?", "Which towns banned hoses?", id="month"),
        pytest.param("In July, which towns banned hoses?", "which towns banned hoses?", id="at the beginning"),
        pytest.param("Who resigned on 3 September, 2025?", "Who resigned?", id="date"),
        pytest.param("Who resigned last week?", "Who resigned?", id="last week"),
        pytest.param("Who resigned on Monday?", "Who resigned on Monday?", id="articles write weekdays too"),
        pytest.param("Who resigned on Wednesday 3 September?", "Who resigned?", id="weekday and date"),
        pytest.param("What did Theresa May say in May?", "What did Theresa May say?", id="a name like a month"),
        pytest.param("What burned after Friday's vote?", "What burned after Friday's vote?", id="belongs to a thing"),
    ],
)
def test_the_period_that_an_article_is_of_is_not_asked_of_them(question: str, asked: str) -> None:
    period = read_period(question, WEDNESDAY)
    assert read_question(question, period, is_then=True).text == asked


def test_a_month_is_no_name_that_an_article_must_hold() -> None:
    question = "Did Tilda Brask resign on 3 September?"
    assert read_question(question, read_period(question, WEDNESDAY)).names == ("Tilda", "Brask")


def test_a_request_names_nothing() -> None:
    assert read_question("Name the schools that closed.").content_words == ("schools", "closed")
