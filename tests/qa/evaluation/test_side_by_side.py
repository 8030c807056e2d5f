"""Several questions asked at a time."""

import threading
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
    failing: str = ""

    def __post_init__(self) -> None:
        self._meeting = threading.Barrier(self.at_once, timeout=10)

    def query(self, question: str, /, *, asked_on: date | None = None, history: Sequence[str] = ()) -> Answer:
        self.asked.append(question)
        self._meeting.wait()
        if question == self.failing:
            raise KeyboardInterrupt
        return Answer(response=None, question=question, refused=True, reason=f"Nothing on: {question}")


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


def test_an_interrupt_begins_no_further_question() -> None:
    engine = MeetingEngine(2, failing=QUESTIONS[0].question)

    with pytest.raises(KeyboardInterrupt):
        evaluate(engine, QUESTIONS, at_once=2)

    assert len(engine.asked) < len(QUESTIONS)


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
