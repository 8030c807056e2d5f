"""What stops a run in a check."""

from pathlib import Path

import pytest

from tests.qa.evaluation.conftest import EvalCommand
from tests.qa.evaluation.scripted_engine import ScriptedEngine


@pytest.mark.parametrize(
    ("option", "threshold", "code"),
    [
        pytest.param("--fail-under", "hit@5=1", 0, id="reached"),
        pytest.param("--fail-under", "hit@1=0.51", 5, id="missed"),
        pytest.param("--fail-over", "false_refusal=0", 0, id="not above"),
        pytest.param("--fail-over", "hit@1=0.4", 5, id="above"),
        pytest.param("--fail-under", "attribution=0", 5, id="undefined"),
    ],
)
def test_a_threshold_decides_the_exit_code(
    eval_command: EvalCommand, questions: Path, option: str, threshold: str, code: int
) -> None:
    result = eval_command("run", questions, option, threshold)
    assert result.exit_code == code
    assert (threshold in result.stderr) == bool(code)


def test_every_threshold_counts(eval_command: EvalCommand, questions: Path) -> None:
    result = eval_command("run", questions, "--fail-under", "hit@1=0.9", "--fail-under", "f1=0.9")
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["hit@1", "f1"]


@pytest.mark.parametrize("written", ["hits=0.9", "hit@5", "hit@5=high", "hit@5=nan", "=1", "hit@5=90", "hit@5=-1"])
def test_a_threshold_without_sense_is_refused_before_anything_is_asked(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, written: str
) -> None:
    result = eval_command("run", questions, "--fail-under", written)
    assert (result.exit_code, engine.asked) == (2, [])
    assert "hit@5" in result.stderr


def test_a_threshold_of_a_time_may_be_any_number(eval_command: EvalCommand, questions: Path) -> None:
    assert eval_command("run", questions, "--fail-over", "latency_p95_ms=60000").exit_code == 0


def test_a_question_set_is_no_run_to_compare_with(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path
) -> None:
    result = eval_command("run", questions, "--no-worse-than", questions)
    assert "asks a question and answers none" in str(result.exception)
    assert engine.asked == []


def test_a_set_that_no_figure_counts_is_not_compared(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    questions.write_text('{"id": "a", "question": "Who?"}\n')
    eval_command("run", questions, "--run", tmp_path / "main.jsonl")
    engine.asked = []

    result = eval_command("run", questions, "--no-worse-than", tmp_path / "main.jsonl")

    assert (result.exit_code, engine.asked) == (2, [])


def test_a_price_that_is_no_number_is_refused(eval_command: EvalCommand, questions: Path) -> None:
    assert eval_command("run", questions, "--prices", "nan", "1").exit_code == 2
    assert eval_command("run", questions, "--judge-prices", "1", "inf").exit_code == 2


def test_a_run_to_compare_with_that_is_not_there_is_refused_before_anything_is_asked(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    result = eval_command("run", questions, "--no-worse-than", tmp_path / "gone.jsonl")
    assert "cannot read the run file" in str(result.exception)
    assert engine.asked == []


def test_a_run_is_not_compared_with_what_it_overwrites(
    eval_command: EvalCommand, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    assert eval_command("run", questions, "--run", path, "--no-worse-than", path).exit_code == 2
