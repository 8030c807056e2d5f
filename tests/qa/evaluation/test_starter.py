from datetime import date
from pathlib import Path

import pytest

from index_store.catalog import ArticleHeader
from qa.errors import QuestionSetError
from qa.evaluation import Question, Span, load_questions
from qa.evaluation.question_file import write_new, write_questions
from qa.evaluation.starter import starter_set

HEADERS = [
    ArticleHeader("bridge", 'Bridge "shut": #1', "The Ledger", "", date(2025, 5, 12), ""),
    ArticleHeader("dam", "Dam\u2028\n- id: planted", "", "", None, ""),
    ArticleHeader("ferry", "", "", "", None, ""),
    ArticleHeader("fourth", "Not shown", "", "", None, ""),
]


def test_the_starter_set_is_a_question_set_about_articles_of_the_index(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    write_new(path, starter_set(HEADERS, path.name))

    questions = load_questions(path)

    assert [question.gold for question in questions] == [("bridge",), ("dam",), ("ferry",), ()]
    assert [question.answerable for question in questions] == [None, None, None, False]
    assert questions[0].asked_on == date(2025, 5, 12)
    assert 'Bridge "shut": #1' in questions[0].question
    assert "eval run questions.yaml" in path.read_text()


@pytest.mark.parametrize("name", ["set.yaml", "set.yml", "set.jsonl"])
def test_what_is_written_is_read_back_the_same(tmp_path: Path, name: str) -> None:
    questions = (
        Question("a", 'Who said “No: #1, \\ "x"”?\u2028', ("No", "1.10", "true"), True, ("x",), (Span("x", 1, 2),)),
        Question("b", "When?", answerable=False, asked_on=date(2025, 5, 12), tags=("draft",), extra={"made": "é"}),
        Question("c", "And then?", history=("When?",), speaker="Ida Holm"),
    )
    write_questions(tmp_path / name, questions, "A comment\nof two lines")

    assert load_questions(tmp_path / name) == questions


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("mine")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")

    for taken in (path, tmp_path / "link.yaml"):
        with pytest.raises(QuestionSetError, match="is there already"):
            write_new(taken, "theirs")
    assert path.read_text() == "mine"
    assert not (tmp_path / "nowhere.yaml").exists()


@pytest.mark.parametrize("name", ["set.csv", "set", "no/set.yaml"])
def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuestionSetError):
        write_new(tmp_path / name, "")
