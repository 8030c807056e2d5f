"""What a notebook and a report get of a run."""

from datetime import date
from pathlib import Path

import pytest

from qa.engine import ArticleQueryEngine
from qa.evaluation import EvaluationRun, Outcome, Question, RowUsage, RunRow, evaluate
from qa.evaluation.groups import question_kind
from qa.evaluation.judgement import Judgement
from qa.llm import Prices
from tests.qa.evaluation.conftest import EvalCommand
from tests.qa.evaluation.scripted_engine import ScriptedEngine

OSLO = Question("oslo", "Where did it rain?", answers=("Oslo",), answerable=True, gold=("a",), tags=("rain", "place"))
ROME = Question("rome", "According to whom was it dry?", answerable=True, tags=("place",))
MARS = Question("mars", "Is there rain on Mars?", answerable=False, tags=("rain",))
OPINION = Question("opinion", "Is rain nice?")


@pytest.mark.parametrize(
    ("question", "row", "outcome"),
    [
        pytest.param(OSLO, RunRow("oslo", answer="In Oslo."), Outcome.CORRECT, id="correct"),
        pytest.param(OSLO, RunRow("oslo", answer="In Rome."), Outcome.WRONG, id="wrong"),
        pytest.param(OSLO, RunRow("oslo", answer="Nothing.", refused=True), Outcome.MISSED, id="missed"),
        pytest.param(MARS, RunRow("mars", answer="Nothing.", refused=True), Outcome.REFUSED_RIGHTLY, id="refused"),
        pytest.param(MARS, RunRow("mars", answer="Yes."), Outcome.GUESSED, id="guessed"),
        pytest.param(MARS, RunRow("mars", error="no reply"), Outcome.FAILED, id="failed"),
        pytest.param(OSLO, None, Outcome.FAILED, id="no row"),
        pytest.param(ROME, RunRow("rome", answer="The mayor."), Outcome.UNJUDGED, id="unjudged"),
        pytest.param(OPINION, RunRow("opinion", answer="It is."), Outcome.UNCOUNTED, id="uncounted"),
    ],
)
def test_every_question_has_one_outcome(question: Question, row: RunRow | None, outcome: Outcome) -> None:
    run = EvaluationRun((question,), (row,) if row else ())
    assert run.results[0].outcome is outcome
    assert run.outcomes[outcome] == 1


def test_a_wrong_answer_says_how_far_it_came() -> None:
    run = EvaluationRun((OSLO,), (RunRow("oslo", answer="In Rome.", retrieved=("b", "c")),))
    assert run.results[0].why == "no gold article was retrieved"


def test_groups_are_by_tag_outlet_and_kind_with_the_largest_first(engine: ScriptedEngine) -> None:
    run = EvaluationRun((OSLO, ROME, MARS, OPINION), (RunRow("oslo", answer="In Oslo."), RunRow("mars", answer="Yes.")))
    found = [(group.by, group.name, group.figures.counted) for group in run.groups]
    assert found == [
        ("tag", "place", 2),
        ("tag", "rain", 2),
        ("kind", "other", 1),
        ("kind", "where", 1),
        ("kind", "whom", 1),
    ]
    assert {group.name: group.figures.values["correct"] for group in run.groups if group.by == "tag"} == {
        "place": 0.5,
        "rain": 0.5,
    }


@pytest.mark.parametrize(
    ("question", "kind"),
    [("What for?", "what"), ("In which town, and when?", "which"), ("Is it so?", "other"), ("Somewhat", "other")],
)
def test_the_kind_of_a_question_is_its_first_asking_word(question: str, kind: str) -> None:
    assert question_kind(question) == kind


def test_intervals_hold_the_figure_and_are_the_same_every_time() -> None:
    questions = tuple(Question(f"q{n}", "?", answers=("Oslo",), answerable=True) for n in range(50))
    rows = tuple(RunRow(q.id, answer="Oslo" if n < 40 else "Rome") for n, q in enumerate(questions))
    interval = EvaluationRun(questions, rows).intervals["contains@60"]
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.68, 0.9), abs=0.03)  # 0.8 ± 1.96 · √(0.8 · 0.2 / 50)
    assert EvaluationRun(questions, rows).intervals["contains@60"] == interval
    assert EvaluationRun(questions, rows).intervals["refusal_recall"] is None


def test_a_run_without_questions_has_no_figures() -> None:
    run = EvaluationRun((), ())
    assert set(run.figures.values.values()) == set(run.intervals.values()) == {None}


def test_the_cost_is_that_of_all_tokens() -> None:
    rows = (RunRow("oslo", usage=RowUsage(1, 1_000_000, 500_000)), RunRow("mars", usage=RowUsage(1, known=False)))
    assert EvaluationRun((OSLO, MARS), rows).cost(Prices(prompt=2.0, completion=8.0)) == 6.0


def test_the_cost_of_the_judge_is_apart() -> None:
    spent = Judgement(by="m", usage=RowUsage(1, 1_000_000, 500_000))
    run = EvaluationRun((OSLO, MARS), (RunRow("oslo", judgement=spent), RunRow("mars", judgement=Judgement())))
    assert (run.cost(Prices(2.0, 8.0)), run.judge_cost(Prices(2.0, 8.0))) == (0.0, 6.0)


def test_pandas_gets_one_row_a_question(engine: ScriptedEngine) -> None:
    pytest.importorskip("pandas")
    ferry = Question("ferry", "When did the ferry strike end?", answers=("Monday",), answerable=True, gold=("harbour",))
    table = evaluate(engine, (ferry, OPINION)).to_pandas()
    assert list(table["outcome"]) == ["correct", "uncounted"]
    assert table.loc[0, ["gold_rank", "verbatim", "citations"]].tolist() == [1.0, True, 1]


def test_the_same_run_twice_gives_the_same_answers(article_engine: ArticleQueryEngine) -> None:
    questions = (
        Question("why", "Why was the harbour bridge closed?", asked_on=date(2025, 5, 13)),
        Question("said", "What did Tilda Brask say about the bridge?", asked_on=date(2025, 5, 13)),
        Question("mars", "Is there rain on Mars?", answerable=False),
    )
    first, second = ([row.to_json() for row in evaluate(article_engine, questions).rows] for _ in range(2))
    for row in (*first, *second):
        del row["latency_ms"], row["timings_ms"]
    assert first == second


def test_the_index_tells_outlets_and_speakers(article_engine: ArticleQueryEngine) -> None:
    question = Question(
        "said",
        "What did Tilda Brask say about the wild stories?",
        answers=("There are so many wild stories",),
        answerable=True,
        gold=("https://orrinpost.example/bridge",),
        speaker="Brask",
        asked_on=date(2025, 5, 13),
    )
    run = evaluate(article_engine, (question,))
    checked = run.rows[0].checked
    assert checked is not None
    assert (checked.gold, checked.outlets, checked.verbatim) == ((("report",),), ("The Orrin Post",), (True,))
    assert checked.speakers == ("Tilda Brask",)
    assert run.figures.values["attribution"] == 1.0
    assert run.figures.values["quoted_exactly"] == 1.0
    assert run.results[0].outcome is Outcome.CORRECT


def test_the_command_prints_groups_and_cost(eval_command: EvalCommand, questions: Path) -> None:
    printed = eval_command("run", questions, "--by", "kind", "--prices", "1", "2").stdout
    assert "\nkind   counted  correct" in printed
    assert "\nwhen         1   1.0000" in printed
    assert printed.endswith("Cost: 0.0000\n")
    assert "By tag: no question that counts has one" in eval_command("run", questions, "--by", "tag").stdout
