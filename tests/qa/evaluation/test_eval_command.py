import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa.cli.context import CLIContext
from qa.cli.eval import eval_group
from qa.errors import QuestionSetError
from tests.qa.evaluation.scripted_engine import ScriptedEngine

ROWS = [
    {
        "id": "ferry",
        "question": "When did the ferry strike end?",
        "answers": ["Monday"],
        "answerable": True,
        "gold": ["https://news.example/harbour"],
    },
    {"id": "mayor", "question": "Who is the mayor?", "answers": ["Ana Ruiz"], "answerable": True, "gold": ["bridge"]},
    {"id": "mars", "question": "Is there rain on Mars?", "answerable": False},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    return path


def run(monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, *arguments: str | Path) -> Result:
    monkeypatch.setattr("qa.open_engine", lambda data_dir: engine, raising=False)
    return CliRunner().invoke(eval_group, ["run", *map(str, arguments)], obj=CLIContext(data_dir=None))


def test_figures_are_printed_as_an_aligned_table(
    monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine, questions: Path
) -> None:
    result = run(monkeypatch, engine, questions)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert dict(line.split() for line in lines if "latency" not in line) == {
        "questions": "3",
        "counted": "3",
        "missing": "0",
        "hit@1": "0.5000",
        "hit@5": "1.0000",
        "mrr@10": "0.7500",
        "contains@60": "1.0000",
        "f1": "0.6500",  # 1 of 3 words, and "mayor" before the two accepted ones: (0.5 + 0.8) / 2
        "words": "3.0",
        "refusal_recall": "1.0000",
        "refusal_precision": "1.0000",
        "refusal_f1": "1.0000",
        "false_refusal": "0.0000",
        "cited": "1.0000",
        "verbatim": "1.0000",
        "citation_gold": "1.0000",
    }


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
