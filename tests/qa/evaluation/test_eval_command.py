import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa.cli.context import CLIContext
from qa.cli.eval import eval_group
from qa.errors import QuestionSetError, RunFileError
from tests.qa.evaluation.conftest import ROWS, EvalCommand
from tests.qa.evaluation.scripted_engine import ScriptedEngine


def run(monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, *arguments: str | Path) -> Result:
    monkeypatch.setattr("qa.engine.open_engine", lambda data_dir, settings, *, chroma: engine)
    return CliRunner().invoke(eval_group, ["run", *map(str, arguments)], obj=CLIContext(data_dir=None))


def test_figures_are_printed_as_an_aligned_table(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    result = run(monkeypatch, engine, questions)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    table, outcomes = result.stdout.split("\n\n")
    lines = table.splitlines()
    assert {line.rindex(line.split()[1]) + len(line.split()[1]) for line in lines[:4]} == {len(lines[0])}
    assert {line.split()[0]: line.split()[1] for line in lines if "_ms" not in line} == {
        "questions": "3",
        "counted": "3",
        "missing": "0",
        "failed": "0",
        "hit@1": "0.5000",
        "hit@5": "1.0000",
        "hit@10": "1.0000",
        "mrr@10": "0.7500",
        "recall@5": "1.0000",
        "recall@10": "1.0000",
        "precision@5": "0.2000",
        "ndcg@10": "0.8155",
        "map": "0.7500",
        "correct": "1.0000",
        "contains@60": "1.0000",
        "f1": "0.6500",  # 1 of 3 words, and "mayor" before the two accepted ones: (0.5 + 0.8) / 2
        "words": "3.0",
        "words_median": "3.0",
        "refusal_recall": "1.0000",
        "refusal_precision": "1.0000",
        "refusal_f1": "1.0000",
        "false_refusal": "0.0000",
        "cited": "1.0000",
        "verbatim": "1.0000",
        "citation_gold": "1.0000",
        "citation_precision": "1.0000",
        "citation_recall": "1.0000",
    }
    assert "hit@1               0.5000  0.0000 to 1.0000" in lines
    assert outcomes.startswith("Outcomes: correct 2, refused rightly 1\nNothing to count for: passage_hit@1, ")


def test_json_holds_the_figures_and_nothing_else_is_on_stdout(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    result = run(monkeypatch, engine, questions, "--json")
    printed = json.loads(result.stdout)
    assert {key: printed[key] for key in ("schema", "count", "unknown_gold")} == {
        "schema": 1,
        "count": 3,
        "unknown_gold": 0,
    }
    assert printed["seconds"] >= 0
    assert printed["figures"]["mrr@10"] == 0.75


def test_the_run_file_has_one_row_a_question(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    run(monkeypatch, engine, questions, "--run", tmp_path / "run.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == ["ferry", "mayor", "mars"]


def test_the_day_of_asking_reaches_the_engine(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    run(monkeypatch, engine, questions, "--asked-on", "2025-06-30")
    assert {str(day) for _, day, _ in engine.asked} == {"2025-06-30"}


def test_gold_that_the_index_does_not_know_is_counted_in_a_warning(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    questions.write_text(questions.read_text().replace('"bridge"', '"tunnel", "https://news.example/tunnel"'))
    result = run(monkeypatch, engine, questions, "--json")
    assert result.exit_code == 0
    assert "warning: gold articles that are not in the index: 2, such as 'tunnel'" in result.stderr
    assert json.loads(result.stdout)["unknown_gold"] == 2


def test_questions_that_no_figure_counts_are_named_in_a_warning(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    questions.write_text('{"id": "a", "question": "Is rain nice?"}')
    result = run(monkeypatch, engine, questions)
    assert "warning: questions that no figure counts, without `answerable`: 1" in result.stderr
    assert "hit@1" in result.stdout


def test_accepted_answers_that_no_answer_can_hold_are_counted_in_a_warning(
    eval_command: EvalCommand, questions: Path
) -> None:
    row = {"id": "a", "question": "Кто построил мост?", "answers": ["Пётр"], "answerable": True}
    questions.write_text(json.dumps(row))
    assert "no word in Latin letters or digits: 1" in eval_command("run", questions).stderr


def test_a_faulty_question_set_is_refused_before_anything_is_asked_or_written(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    questions.write_text('{"id": "a"}')
    result = run(monkeypatch, engine, questions, "--run", tmp_path / "run.jsonl")
    assert isinstance(result.exception, QuestionSetError)
    assert engine.asked == []
    assert not (tmp_path / "run.jsonl").exists()


def test_the_run_file_never_overwrites_the_question_set(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    result = run(monkeypatch, engine, questions, "--run", questions)
    assert result.exit_code == 2
    assert len(questions.read_text().splitlines()) == len(ROWS)


def test_a_long_run_says_on_stderr_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    monkeypatch.setattr("qa.cli.eval.progress._LINE_EVERY_S", 0.0)
    result = run(monkeypatch, engine, questions, "--json")
    assert result.stderr.splitlines() == [f"asked {number} of 3 questions" for number in (1, 2, 3)]
    assert json.loads(result.stdout)["count"] == 3


def test_a_run_file_that_is_no_plain_file_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    result = run(monkeypatch, engine, questions, "--run", tmp_path, "--restart")
    assert isinstance(result.exception, RunFileError)
    assert "no plain file" in str(result.exception)
    assert engine.asked == []


def test_intervals_outcomes_and_groups_are_in_the_json(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    printed = json.loads(run(monkeypatch, engine, questions, "--json").stdout)
    assert printed["intervals"]["hit@1"] == [0.0, 1.0]
    assert printed["outcomes"]["correct"] == 2
    assert printed["groups"]["kind"]["who"]["hit@1"] == 0.0
    assert printed["figures"]["attribution"] is None
