"""Several questions asked at a time."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from qa.answer import Answer
from qa.evaluation import Question, RunRow, evaluate
from qa.evaluation.run import questions_at_once
from qa.settings import QASettings

QUESTIONS = tuple(Question(f"q{number}", f"Who won race {number}?", answerable=True) for number in range(8))


@dataclass
class MeetingEngine:
    """Answers only when as many questions are asked at a time as it waits for."""

    at_once: int
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._meeting = threading.Barrier(self.at_once, timeout=10)

    def query(self, question: str, /, *, asked_on: date | None = None, history: Sequence[str] = ()) -> Answer:
        self.asked.append(question)
        self._meeting.wait()
        return Answer(response=None, question=question, refused=True, reason=f"Nothing on: {question}")


@dataclass
class InterruptedEngine:
    """Is interrupted at the first question while the second is under way; every other takes a moment."""

    asked: list[str] = field(default_factory=list)
    under_way: threading.Event = field(default_factory=threading.Event)

    def query(self, question: str, /, *, asked_on: date | None = None, history: Sequence[str] = ()) -> Answer:
        self.asked.append(question)
        if question == QUESTIONS[0].question:
            self.under_way.wait(10)
            raise KeyboardInterrupt
        self.under_way.set()
        time.sleep(0.2)
        return Answer(response=None, question=question, refused=True, reason="Nothing.")


@dataclass
class Configured:
    model: object
    settings: QASettings


def test_questions_asked_at_a_time_give_rows_in_the_order_of_the_set() -> None:
    seen: list[RunRow] = []

    run = evaluate(MeetingEngine(4), QUESTIONS, at_once=4, sink=seen.append)

    assert [row.id for row in run.rows] == [question.id for question in QUESTIONS]
    assert [row.answer for row in run.rows] == [f"Nothing on: {question.question}" for question in QUESTIONS]
    assert sorted(row.id for row in seen) == sorted(row.id for row in run.rows)


def test_one_at_a_time_is_in_order() -> None:
    engine = MeetingEngine(1)

    evaluate(engine, QUESTIONS)

    assert engine.asked == [question.question for question in QUESTIONS]


def test_an_interrupt_begins_no_further_question_and_keeps_what_was_under_way() -> None:
    engine, seen = InterruptedEngine(), list[RunRow]()

    with pytest.raises(KeyboardInterrupt):
        evaluate(engine, QUESTIONS, at_once=2, sink=seen.append)

    assert len(engine.asked) < len(QUESTIONS)
    assert sorted(row.question for row in seen) == sorted(engine.asked)[1:]  # all but the one that was interrupted


@pytest.mark.parametrize(
    ("model", "mode", "expected"),
    [
        pytest.param(None, "auto", 1, id="no model"),
        pytest.param("a model", "auto", 4, id="a model writes"),
        pytest.param("a model", "extractive", 1, id="a model that is not asked"),
    ],
)
def test_only_a_model_is_asked_several_at_a_time(model: object, mode: str, expected: int) -> None:
    assert questions_at_once(Configured(model, QASettings(mode=mode))) == expected  # type: ignore[arg-type]
