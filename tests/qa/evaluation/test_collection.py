"""A question set that several people add to while they ask."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from qa.errors import QuestionSetError
from qa.evaluation import Question, QuestionCollection, load_questions

QUESTION = Question(
    "collected-1",
    "And she?",
    answers=("two hundred\u2028crowns",),
    answerable=True,
    history=("What did Ida Holm say?",),
    asked_on=date(2025, 3, 4),
    tags=("thumbs-down",),
    extra={"what_was_wrong": "she said less"},
)


@pytest.fixture
def collection(tmp_path: Path) -> QuestionCollection:
    return QuestionCollection(tmp_path / "sets" / "wrong.jsonl")


def test_what_is_added_is_a_question_set(collection: QuestionCollection) -> None:
    assert collection.questions() == ()
    collection.add(QUESTION)
    collection.add(Question("collected-2", "How many?", answerable=False))
    assert load_questions(collection.path) == collection.questions()
    assert collection.questions()[0] == QUESTION


def test_what_is_taken_out_is_gone_and_the_rest_stays(collection: QuestionCollection) -> None:
    collection.add(QUESTION)
    collection.add(Question("collected-2", "How many?"))
    collection.remove("collected-1")
    collection.remove("collected-1")
    assert [each.id for each in collection.questions()] == ["collected-2"]
    collection.remove("collected-2")
    assert not collection.path.exists(), "an empty file is no question set"


def test_nothing_is_lost_when_many_add_at_once(collection: QuestionCollection) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: collection.add(Question(f"q{number}", "Who?")), range(24)))
    assert {each.id for each in collection.questions()} == {f"q{number}" for number in range(24)}


def test_a_file_that_somebody_broke_is_left_as_it_is(collection: QuestionCollection) -> None:
    collection.add(QUESTION)
    collection.path.write_text("no question", encoding="utf-8")
    with pytest.raises(QuestionSetError, match="1 problem"):
        collection.add(QUESTION)
    assert collection.path.read_text(encoding="utf-8") == "no question"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "sets").write_text("in the way")
    with pytest.raises(QuestionSetError, match="cannot write"):
        QuestionCollection(tmp_path / "sets" / "wrong.jsonl").add(QUESTION)
