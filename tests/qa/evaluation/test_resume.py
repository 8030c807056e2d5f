"""A run that was interrupted, and gone on with."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index_store.errors import ArticleQAError
from qa.errors import RunFileError
from qa.settings import QASettings
from tests.qa.evaluation.conftest import EvalCommand
from tests.qa.evaluation.scripted_engine import HARBOUR, ScriptedEngine, ScriptedStore

MAYOR, MARS = "Who is the mayor?", "Is there rain on Mars?"


def ids_in(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


def asked(engine: ScriptedEngine) -> list[str]:
    return [question for question, _, _ in engine.asked]


def test_what_an_interrupted_run_has_is_not_asked_again(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    engine.fails_at = {MAYOR: KeyboardInterrupt()}
    first = eval_command("run", questions, "--run", path)
    assert first.exit_code != 0
    assert "the same command goes on from there" in first.stderr
    assert ids_in(path) == ["ferry"]

    engine.fails_at, engine.asked = {}, []
    second = eval_command("run", questions, "--run", path, "--json")
    assert second.exit_code == 0
    assert "kept 1 of 3 rows" in second.stderr
    assert asked(engine) == [MAYOR, MARS]
    assert ids_in(path) == ["ferry", "mayor", "mars"]
    assert json.loads(second.stdout)["figures"]["correct"] == 1.0


def test_a_whole_run_is_not_asked_again(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    before, engine.asked = path.read_bytes(), []
    eval_command("run", questions, "--run", path)
    assert (engine.asked, path.read_bytes()) == ([], before)


def test_restart_asks_everything_anew(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    engine.asked, engine.settings = [], QASettings(strictness=0.9)
    assert eval_command("run", questions, "--run", path, "--restart").exit_code == 0
    assert len(engine.asked) == 3
    assert json.loads((tmp_path / "run.header.json").read_text())["settings"]["answering"]["strictness"] == 0.9


def change_settings(engine: ScriptedEngine, questions: Path) -> None:
    engine.settings = QASettings(strictness=0.9)


def change_index(engine: ScriptedEngine, questions: Path) -> None:
    engine.store = ScriptedStore((replace(HARBOUR, title="Another headline"),))


def change_questions(engine: ScriptedEngine, questions: Path) -> None:
    questions.write_text(questions.read_text().replace('"Monday"', '"Tuesday"'))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(change_settings, "settings", id="settings"),
        pytest.param(change_index, "index", id="index"),
        pytest.param(change_questions, "question set", id="question set"),
    ],
)
def test_rows_of_another_run_are_neither_kept_nor_overwritten(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path, change: object, named: str
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    before, engine.asked = path.read_bytes(), []
    assert callable(change)
    change(engine, questions)
    result = eval_command("run", questions, "--run", path)
    assert isinstance(result.exception, RunFileError)
    assert f"before the {named} changed" in str(result.exception)
    assert "--restart" in str(result.exception)
    assert (engine.asked, path.read_bytes()) == ([], before)


def test_rows_without_a_header_are_not_overwritten(eval_command: EvalCommand, questions: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text('{"id": "ferry"}\n')
    result = eval_command("run", questions, "--run", path)
    assert isinstance(result.exception, RunFileError)
    assert "no header" in str(result.exception)


def test_a_line_that_a_kill_cut_short_is_asked_again(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    whole, engine.asked = path.read_bytes(), []
    path.write_bytes(whole[:-40])
    eval_command("run", questions, "--run", path)
    assert asked(engine) == [MARS]
    assert ids_in(path) == ["ferry", "mayor", "mars"]


def test_an_expected_error_is_a_row_and_is_tried_again(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    engine.fails_at = {"When did the ferry strike end?": ArticleQAError("the server\nis down")}
    first = eval_command("run", questions, "--run", path, "--json")
    assert first.exit_code == 3
    assert "warning: question 'ferry' failed: the server is down" in first.stderr.replace('"', "'")
    printed = json.loads(first.stdout)
    assert (printed["figures"]["failed"], printed["outcomes"]["failed"]) == (1, 1)
    assert json.loads(path.read_text().splitlines()[0])["error"] == "the server is down"

    engine.fails_at, engine.asked = {}, []
    assert eval_command("run", questions, "--run", path).exit_code == 0
    assert asked(engine) == ["When did the ferry strike end?"]
    assert ids_in(path) == ["ferry", "mayor", "mars"]  # in their order, though the first came last


def test_a_run_goes_on_with_the_day_it_was_begun_on(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    path, beside = tmp_path / "run.jsonl", tmp_path / "run.header.json"
    eval_command("run", questions, "--run", path)
    header = json.loads(beside.read_text())
    beside.write_text(json.dumps(header | {"asked_on": "2024-02-29"}))
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:1]))
    engine.asked = []
    assert eval_command("run", questions, "--run", path).exit_code == 0
    assert {str(day) for _, day, _ in engine.asked} == {"2024-02-29"}


def test_a_run_of_questions_with_days_of_their_own_goes_on_without_the_option(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    questions.write_text("".join(json.dumps({**row, "asked_on": "2025-05-02"}) + "\n" for row in rows))
    eval_command("run", questions, "--run", tmp_path / "run.jsonl", "--asked-on", "2025-05-01")
    engine.asked = []

    assert eval_command("run", questions, "--run", tmp_path / "run.jsonl").exit_code == 0
    assert engine.asked == []


def test_restart_needs_a_run_file(eval_command: EvalCommand, questions: Path) -> None:
    assert eval_command("run", questions, "--restart").exit_code == 2
