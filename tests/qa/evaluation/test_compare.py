"""Two runs of the same questions, held against each other."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.errors import RunFileError
from qa.evaluation import Question, RunCitation, RunRow, compare_rows, row_writer
from qa.evaluation.significance import mcnemar
from tests.qa.evaluation.conftest import EvalCommand
from tests.qa.evaluation.scripted_engine import HARBOUR, ScriptedEngine, answer_from

SET = tuple(Question(f"q{n}", "Where?", answers=("Oslo",), answerable=True, gold=("a",)) for n in range(20))
RIGHT, WRONG, REFUSED = "It fell in Oslo.", "It fell in Rome.", ""


def rows(answers: Sequence[str]) -> tuple[RunRow, ...]:
    citation = RunCitation("a", 0, 4, quote="It f")
    return tuple(
        RunRow(q.id, q.question, answer, citations=(citation,), retrieved=("a",))
        if answer
        else RunRow(q.id, q.question, "Nothing was found.", refused=True, retrieved=("a",))
        for q, answer in zip(SET, answers, strict=True)
    )


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [
        pytest.param(0, 0, 1.0, id="nothing changed"),
        pytest.param(1, 0, 1.0, id="one question"),
        pytest.param(0, 5, 2 / 32, id="five to none"),
        pytest.param(0, 6, 2 / 64, id="six to none"),
        pytest.param(2, 8, 2 * (1 + 10 + 45) / 1024, id="eight to two"),
        pytest.param(5, 5, 1.0, id="even"),
    ],
)
def test_mcnemar_is_worked_out_by_hand(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == pytest.approx(p)
    assert mcnemar(worse, better) == pytest.approx(p)


def test_mcnemar_of_forty_thousand_changed_questions_is_exact_and_takes_no_minutes() -> None:
    assert mcnemar(20_000, 20_000) == 1.0
    assert mcnemar(19_500, 20_500) == pytest.approx(5.87598155e-07)  # of SciPy's binomtest


def test_every_question_has_its_fate() -> None:
    before = [RIGHT, RIGHT, WRONG, WRONG, REFUSED] + [RIGHT] * 15
    after = [RIGHT, REFUSED, RIGHT, REFUSED, RIGHT] + [RIGHT] * 15
    comparison = compare_rows(SET, rows(before), rows(after))
    assert comparison.counts == {"fixed": 2, "broken": 1, "still right": 16, "still wrong": 1, "not judged": 0}
    assert [change.before.question.id for change in comparison.with_fate("fixed")] == ["q2", "q4"]
    (broken,) = comparison.with_fate("broken")
    assert broken.after.why == "gold article retrieved at rank 1; refused: Nothing was found."
    assert comparison.p == 1.0  # 2 against 1


def test_six_lost_answers_are_a_regression_and_five_may_be_chance() -> None:
    for lost, names in ((5, []), (6, ["contains@60", "false_refusal"])):
        after = rows([REFUSED] * lost + [RIGHT] * (20 - lost))
        comparison = compare_rows(SET, rows([RIGHT] * 20), after)
        assert [change.name for change in comparison.regressions] == names


def test_what_got_better_is_no_regression() -> None:
    comparison = compare_rows(SET, rows([REFUSED] * 20), rows([RIGHT] * 20))
    assert comparison.regressions == ()
    assert {change.name for change in comparison.figures if change.is_significant} >= {"contains@60", "false_refusal"}


def test_a_run_does_not_differ_from_itself() -> None:
    same = rows([RIGHT, WRONG, REFUSED, *[RIGHT] * 17])
    comparison = compare_rows(SET, same, same)
    assert {change.p for change in comparison.figures} == {1.0}
    assert not comparison.with_fate("fixed") + comparison.with_fate("broken")


def test_a_figure_that_counts_other_questions_in_each_run_is_drawn_and_not_paired() -> None:
    before, after = rows([RIGHT] * 20), rows([REFUSED, *[RIGHT] * 19])
    tests = {change.name: change.test for change in compare_rows(SET, before, after).figures}
    assert (tests["hit@5"], tests["contains@60"]) == ("mcnemar", "mcnemar")
    assert (tests["cited"], tests["f1"], tests["words_median"]) == ("bootstrap", "bootstrap", "bootstrap")


def test_questions_of_one_run_alone_or_in_other_words_are_left_out() -> None:
    before = rows([RIGHT] * 20)
    after = (*before[:18], RunRow("q18", "Where exactly?", RIGHT))
    assert len(compare_rows(SET, before, after).changes) == 18
    with pytest.raises(RunFileError, match="no question of the set in common"):
        compare_rows(SET, before, ())


def test_the_command_finds_the_question_set_and_says_what_broke_and_what_differs(
    eval_command: EvalCommand, engine: ScriptedEngine, questions: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    eval_command("run", questions, "--run", one)
    engine.script = {"When did the ferry strike end?": answer_from(HARBOUR, "4% more pay")}
    eval_command("run", questions, "--run", two)
    result = eval_command("compare", one, two)
    assert result.exit_code == 0
    assert "fixed 0, broken 2, still right 1, still wrong 0" in result.stdout
    assert "ferry  When did the ferry strike end?\n    before: correct: ended on Monday [1]" in result.stdout
    assert "after: missed (no gold article was retrieved; refused: The articles do not say.)" in result.stdout
    printed = json.loads(eval_command("compare", one, two, "--json").stdout)
    assert printed["counts"]["broken"] == 2
    assert printed["broken"][0]["after"]["outcome"] == "wrong"
    assert printed["figures"]["correct"]["before"] == 1.0
    assert eval_command("compare", one, two, "--fail-if-worse").exit_code == 0  # two may be chance


def test_a_question_set_that_has_changed_since_must_be_named(
    eval_command: EvalCommand, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    eval_command("run", questions, "--run", path)
    questions.write_text(questions.read_text().replace('"Monday"', '"Tuesday"'))
    result = eval_command("compare", path, path)
    assert "has changed since" in str(result.exception)
    assert eval_command("compare", path, path, "--questions", questions).exit_code == 0


def test_a_regression_has_an_exit_code_of_its_own(
    eval_command: EvalCommand, engine: ScriptedEngine, tmp_path: Path
) -> None:
    path, one, two = (tmp_path / name for name in ("set.jsonl", "one.jsonl", "two.jsonl"))
    fields = {"answers": ["Monday"], "answerable": True, "gold": ["harbour"]}
    path.write_text("".join(json.dumps({"id": f"q{n}", "question": f"When {n}?", **fields}) + "\n" for n in range(8)))
    engine.script = {f"When {n}?": answer_from(HARBOUR, "ended on Monday") for n in range(8)}
    eval_command("run", path, "--run", one)
    engine.script = dict[str, Answer]()
    compared = eval_command("run", path, "--run", two, "--no-worse-than", one)
    assert compared.exit_code == 5
    assert "worse: contains@60 1.0000 → 0.0000, p = 0.00781" in compared.stderr
    assert eval_command("compare", one, two, "--fail-if-worse").exit_code == 5
    assert eval_command("compare", one, two).exit_code == 0
    assert eval_command("compare", two, one, "--fail-if-worse").exit_code == 0


def test_runs_of_another_program_are_compared_with_a_named_question_set(
    eval_command: EvalCommand, questions: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.jsonl"
    with row_writer(path) as write:
        write(RunRow("ferry", "When did the ferry strike end?", "on Monday"))
    assert "give --questions" in str(eval_command("compare", path, path).exception)
    result = eval_command("compare", path, path, "--questions", questions)
    assert result.exit_code == 0
    assert "left out: 2" in result.stderr
    assert "what it was made with is not known" in result.stderr
