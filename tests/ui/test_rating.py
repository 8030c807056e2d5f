"""Thumbs under an answer, and the question set that the wrong ones become."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.answer import Answer
from qa.evaluation import Question, load_questions
from tests.ui.conftest import HOSTILE, ScriptedEngine
from tests.ui.test_app import ANSWER, REFUSAL, OpenChat, ask, open_chat, read
from ui.evaluation.folder import RunsFolder

__all__ = ["open_chat"]

FOLLOWED = replace(ANSWER, question="And she?", understood="What did Ida Holm say?")

Complain = Callable[..., AppTest]


def collected(folder: Path) -> tuple[Question, ...]:
    return RunsFolder(folder).collection.questions()


def complain(page: AppTest, number: int = 0, said: str = "", expected: str = "", *, none: bool = False) -> AppTest:
    page.button(key=f"thumb-down-turn-{number}").click().run()
    page.text_area(key="complaint-said").set_value(said)
    page.text_input(key="complaint-expected").set_value(expected)
    page.checkbox(key="complaint-unanswerable").set_value(none)
    page.button(key="complaint-add").click().run()
    assert not page.exception
    return page


def test_a_wrong_answer_becomes_a_question_of_a_set(open_chat: OpenChat, tmp_path: Path) -> None:
    page = open_chat(ScriptedEngine([REFUSAL, FOLLOWED]), as_of="2025-03-09")
    ask(ask(page, "What did Holm say?"), "And she?")
    complain(page, 1, said="She said more.", expected="“We will not close the north pier”")

    (question,) = load_questions(RunsFolder(tmp_path).collection.path)
    assert question.question == "And she?"
    assert question.history == ("What did Holm say?",)
    assert question.answers == ("“We will not close the north pier”",)
    assert (question.answerable, question.asked_on, question.tags) == (True, date(2025, 3, 9), ("thumbs-down",))
    assert question.extra["what_was_wrong"] == "She said more."
    assert question.extra["understood"] == "What did Ida Holm say?"
    assert question.extra["limits"] == "As of 9 March 2025"
    assert str(question.extra["given"]).startswith("The pier stays. [1]")


@pytest.mark.parametrize(
    ("expected", "none", "answerable"),
    [
        pytest.param("", False, None, id="nothing said"),
        pytest.param("", True, False, id="a refusal would be right"),
        pytest.param("two", False, True, id="an answer"),
    ],
)
def test_what_would_be_right_may_be_left_open(
    open_chat: OpenChat, tmp_path: Path, expected: str, none: bool, answerable: bool | None
) -> None:
    complain(ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?"), expected=expected, none=none)
    assert [each.answerable for each in collected(tmp_path)] == [answerable]


def test_an_answer_and_none_cannot_both_be_right(open_chat: OpenChat, tmp_path: Path) -> None:
    page = complain(ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?"), expected="two", none=True)
    assert "either a right answer or none" in page.session_state["complaint-fault"]
    assert collected(tmp_path) == ()


def test_nothing_is_collected_before_the_reader_was_told_who_sees_it(open_chat: OpenChat, tmp_path: Path) -> None:
    page = ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?")
    page.button(key="thumb-down-turn-0").click().run()
    assert "everybody who uses it sees" in read(page)
    assert collected(tmp_path) == ()


def test_a_complaint_is_taken_back(open_chat: OpenChat, tmp_path: Path) -> None:
    page = complain(ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?"))
    page.button(key="chosen-down-turn-0").click().run()
    page.button(key="complaint-remove").click().run()
    assert collected(tmp_path) == ()
    assert [button.key for button in page.button if "down" in str(button.key)] == ["thumb-down-turn-0"]


def test_a_good_answer_is_not_collected_and_takes_a_complaint_back(open_chat: OpenChat, tmp_path: Path) -> None:
    page = complain(ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?"))
    page.button(key="thumb-up-turn-0").click().run()
    assert collected(tmp_path) == ()
    assert page.button(key="chosen-up-turn-0").label == "Good answer, chosen"
    page.button(key="chosen-up-turn-0").click().run()
    assert page.button(key="thumb-up-turn-0").label == "Good answer"


def test_a_rating_is_kept_with_the_conversation(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER])
    first = complain(ask(open_chat(engine), "What did Holm say?"))
    address = {name: first.query_params[name] for name in ("q", "chat")}
    second = open_chat(engine, reader=first.session_state["reader"], **address)
    assert second.button(key="chosen-down-turn-0")


def test_a_folder_that_cannot_be_written_is_one_line(open_chat: OpenChat, tmp_path: Path) -> None:
    page = ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?")
    (tmp_path / "evaluations").write_text("in the way")
    complain(page)
    assert "cannot write" in page.session_state["complaint-fault"]
    assert page.button(key="thumb-down-turn-0")


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL], ids=["answer", "refusal"])
def test_what_was_collected_is_seen_and_taken_out_on_the_evaluation_page(
    open_chat: OpenChat, tmp_path: Path, answer: Answer
) -> None:
    page = complain(ask(open_chat(ScriptedEngine([answer])), HOSTILE), said=HOSTILE, expected=HOSTILE)
    page.switch_page("views/evaluation.py").run()
    page.segmented_control(key="evaluation-view").set_value("Found wrong").run()
    assert not page.exception
    shown = read(page)
    assert shown.count(HOSTILE) == 3
    assert "everybody who uses it sees them" in shown
    (question,) = collected(tmp_path)
    page.button(key=f"take-out-{question.id}").click().run()
    assert collected(tmp_path) == ()
    assert "Nothing is collected yet" in page.info[0].value


def test_an_evaluation_may_be_run_of_what_was_collected(open_chat: OpenChat) -> None:
    page = complain(ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?"), expected="north pier")
    page.switch_page("views/evaluation.py").run()
    choice = page.selectbox(key="evaluation-set")
    assert "Answers that were found wrong, as they are collected now" in choice.options
