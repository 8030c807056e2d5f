"""Run files that were cut, edited, mixed up, or are written by somebody else just now."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.errors import RunFileError
from qa.evaluation import read_header, read_rows
from qa.evaluation.run_lock import sole_recorder
from tests.qa.evaluation.conftest import EvalCommand
from tests.qa.evaluation.scripted_engine import ScriptedEngine

WRONG = '{"questions": "q", "questions_hash": "", "count": 1, "index": "", "settings": {"model": "m"}}'
GOOD = json.dumps({"id": "good"})


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param('{"id": "a", "answ', "no row of a run", id="cut in the middle"),
        pytest.param("[]", "not an object", id="a list"),
        pytest.param("[" * 100_000, "no row of a run", id="nested without an end"),
        pytest.param('{"id": "a", "latency_ms": NaN}', "latency_ms", id="a latency that is no number"),
        pytest.param('{"id": "a", "latency_ms": 1e999}', "latency_ms", id="an infinite latency"),
        pytest.param('{"id": "a", "latency_ms": -1}', "latency_ms", id="an answer before its question"),
        pytest.param('{"id": "a", "timings_ms": {"retrieve": 1e999}}', "timings_ms.retrieve", id="an infinite stage"),
        pytest.param('{"id": "a", "usage": {"seconds": NaN}}', "usage.seconds", id="a wait that is no number"),
        pytest.param('{"id": "a", "usage": {"prompt_tokens": -1}}', "usage.prompt_tokens", id="fewer tokens than none"),
        pytest.param('{"id": "a", "question": "Who?", "answerable": true}', "answers none", id="a question of a set"),
        pytest.param('{"id": "a", "judged": {"faithfulness": NaN}}', "judged.faithfulness", id="no verdict"),
        pytest.param('{"id": "a", "judged": {"faithfulness": 7}}', "judged.faithfulness", id="more than the whole"),
        pytest.param(
            '{"id": "a", "citations": [{"article_id": 3}]}', "citations.0.article_id", id="a number for an id"
        ),
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(f"{GOOD}\n{line}\n{GOOD}\n")

    with pytest.raises(RunFileError, match=fault) as caught:
        read_rows(path)

    assert f"{str(path)!r}, line 2: " in str(caught.value)


@pytest.mark.parametrize("header", ["", "{", "[]", '{"questions": 3}', '{"questions": "q"}', "\xff", WRONG])
def test_a_header_that_is_none_is_named_and_nothing_is_asked_or_overwritten(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path, header: str
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    before, engine.asked = path.read_bytes(), []
    (tmp_path / "run.header.json").write_bytes(header.encode("latin-1"))

    result = eval_command("run", questions, "--run", path)

    assert "run.header.json" in str(result.exception)
    assert (engine.asked, path.read_bytes()) == ([], before)


def test_a_row_that_was_changed_to_another_question_is_asked_anew(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[1]["question"] = "Who was the mayor?"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {**rows[0], "id": "of another set"}]))
    engine.asked = []

    result = eval_command("run", questions, "--run", path)

    assert "kept 2 of 3 rows" in result.stderr
    assert [question for question, _, _ in engine.asked] == ["Who is the mayor?"]
    assert [row.id for row in read_rows(path)] == ["ferry", "mayor", "mars"]


def test_two_runs_never_write_one_file(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    with sole_recorder(path):
        result = eval_command("run", questions, "--run", path, "--restart")

    assert isinstance(result.exception, RunFileError)
    assert "another run is writing" in str(result.exception)
    assert engine.asked == []
    assert eval_command("run", questions, "--run", path).exit_code == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["questions.jsonl", "run.header.json", "run.jsonl"]


def test_a_run_in_no_folder_is_refused_before_anything_is_asked(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    result = eval_command("run", questions, "--run", tmp_path / "no" / "run.jsonl")

    assert isinstance(result.exception, RunFileError)
    assert engine.asked == []


def test_a_folder_is_no_run_file(eval_command: EvalCommand, engine: ScriptedEngine, questions: Path) -> None:
    result = eval_command("run", questions, "--run", ".")

    assert isinstance(result.exception, RunFileError)
    assert engine.asked == []


def test_files_of_like_names_are_left_alone(eval_command: EvalCommand, questions: Path, tmp_path: Path) -> None:
    (tmp_path / "poetry.lock").write_text("pinned")
    eval_command("run", questions, "--run", tmp_path / "poetry.jsonl")
    header = (tmp_path / "poetry.header.json").read_bytes()

    eval_command("run", questions, "--run", tmp_path / "poetry.txt", "--asked-on", "2025-05-01")

    assert (tmp_path / "poetry.lock").read_text() == "pinned"
    assert (tmp_path / "poetry.header.json").read_bytes() == header


def edited(change: Callable[[dict[str, Any]], None], path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        change(row)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_a_run_of_another_set_is_refused_as_a_baseline_before_anything_is_asked(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "main.jsonl"
    eval_command("run", questions, "--run", path)
    edited(lambda row: row.update(id=f"other {row['id']}"), path)
    engine.asked = []

    result = eval_command("run", questions, "--no-worse-than", path)

    assert (result.exit_code, engine.asked) == (2, [])
    assert "answers no question of this set" in result.stderr


def test_no_change_is_said_in_words(eval_command: EvalCommand, questions: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        eval_command("run", questions, "--run", tmp_path / name)

    result = eval_command("compare", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--fail-if-worse")

    assert result.exit_code == 0
    assert "no change: no question went from right to wrong or back" in result.stdout


def test_runs_that_other_models_judged_are_told_apart(
    eval_command: EvalCommand, questions: Path, tmp_path: Path
) -> None:
    for name, judge in (("a", "small"), ("b", "large")):
        eval_command("run", questions, "--run", tmp_path / f"{name}.jsonl")
        header = tmp_path / f"{name}.header.json"
        header.write_text(json.dumps(json.loads(header.read_text()) | {"judge": {"name": judge}}))

    result = eval_command("compare", tmp_path / "a.jsonl", tmp_path / "b.jsonl")

    assert "the runs differ in: judge's name small → large" in result.stderr
    header_read = read_header(tmp_path / "b.jsonl")
    assert header_read is not None
    assert header_read.judge == {"name": "large"}
