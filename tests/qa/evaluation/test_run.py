import json
from datetime import date
from pathlib import Path

import pytest

from qa.errors import QuestionSetError, RunFileError
from qa.evaluation import Question, RunCitation, RunRow, evaluate, row_writer
from tests.qa.evaluation.scripted_engine import ScriptedEngine

QUESTIONS = (
    Question("ferry", "When did the ferry strike end?", answers=("Monday",), answerable=True, gold=("harbour",)),
    Question("mayor", "Who is the mayor?", history=("Was the bridge closed?",), asked_on=date(2025, 6, 30)),
    Question("mars", "Is there rain on Mars?", answerable=False),
)


def test_an_answer_becomes_a_row(engine: ScriptedEngine) -> None:
    row = evaluate(engine, QUESTIONS[:1]).rows[0].to_json()
    contract = ("id", "question", "answer", "refused", "citations", "retrieved", "latency_ms", "incomplete")
    assert {name: row[name] for name in contract} | {"latency_ms": None} == {
        "id": "ferry",
        "question": "When did the ferry strike end?",
        "answer": "ended on Monday [1]",
        "refused": False,
        "citations": [{"number": 1, "article_id": "harbour", "start": 29, "end": 44, "quote": "ended on Monday"}],
        "retrieved": ["harbour"],
        "latency_ms": None,
        "incomplete": False,
    }


def test_rows_keep_the_order_of_the_questions_and_a_latency(engine: ScriptedEngine) -> None:
    run = evaluate(engine, QUESTIONS)
    assert [row.id for row in run.rows] == ["ferry", "mayor", "mars"]
    assert all(row.latency_ms is not None and row.latency_ms >= 0 for row in run.rows)
    assert 1000 * run.seconds >= sum(row.latency_ms or 0 for row in run.rows) - 0.01


def test_retrieved_articles_are_distinct_and_best_first(engine: ScriptedEngine) -> None:
    assert evaluate(engine, QUESTIONS).rows[1].retrieved == ("harbour", "bridge")


def test_a_refusal_keeps_its_reason(engine: ScriptedEngine) -> None:
    row = evaluate(engine, QUESTIONS).rows[2]
    assert (row.refused, row.answer, row.citations) == (True, "The articles do not say.", ())


def test_history_and_day_of_asking_reach_the_engine(engine: ScriptedEngine) -> None:
    evaluate(engine, QUESTIONS, asked_on=date(2025, 1, 1))
    assert [(day, history) for _, day, history in engine.asked] == [
        (date(2025, 1, 1), ()),
        (date(2025, 6, 30), ("Was the bridge closed?",)),
        (date(2025, 1, 1), ()),
    ]


def test_rows_are_on_disk_before_the_next_question_is_asked(engine: ScriptedEngine, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    seen: list[int] = []
    with row_writer(path) as write:

        def keep(row: RunRow) -> None:
            write(row)
            seen.append(len(path.read_text().splitlines()))

        evaluate(engine, QUESTIONS, sink=keep)
    assert seen == [1, 2, 3]


def test_a_written_row_reads_back_as_it_was(tmp_path: Path) -> None:
    citation = RunCitation("a", 0, 4, quote="“Ja”", number=1)
    row = RunRow("é", "Who\u2028won?", "A\nB", citations=(citation,), retrieved=("a", "b"), latency_ms=1.5)
    with row_writer(tmp_path / "run.jsonl") as write:
        write(row)
    (line,) = (tmp_path / "run.jsonl").read_text().splitlines()
    assert RunRow.from_json(json.loads(line)) == row


def test_a_row_of_another_program_needs_only_its_id() -> None:
    assert RunRow.from_json({"id": "a", "model": "other"}) == RunRow("a")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param({"answer": "Yes"}, "id", id="no id"),
        pytest.param({"id": "a", "retrieved": "b"}, "retrieved", id="text for a list"),
        pytest.param({"id": "a", "citations": [{"article_id": "b", "start": 0}]}, "citations.0.end", id="no end"),
    ],
)
def test_a_row_of_another_shape_is_refused(row: dict[str, object], fault: str) -> None:
    with pytest.raises(RunFileError, match=fault):
        RunRow.from_json(row)


def test_a_run_file_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match="No such file or directory"), row_writer(tmp_path / "no" / "run.jsonl"):
        pass


def test_two_questions_of_one_id_are_refused_before_anything_is_asked(engine: ScriptedEngine) -> None:
    with pytest.raises(QuestionSetError, match="several questions have the id 'a'"):
        evaluate(engine, (Question("a", "Who?"), Question("a", "Where?")))
    assert engine.asked == []
