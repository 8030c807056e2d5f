"""The ranking measures against values worked out by hand, and against a library of them."""

import math
import random
from typing import Any

import pytest

from qa.evaluation import Checked, Question, RunRow, compute_figures

OURS_AND_THEIRS = {
    "hit@1": "Success@1",
    "hit@5": "Success@5",
    "hit@10": "Success@10",
    "mrr@10": "RR@10",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "precision@5": "P@5",
    "ndcg@10": "nDCG@10",
    "map": "AP",
}


def test_two_gold_articles_of_three_at_the_first_and_third_place() -> None:
    question = Question("q", "?", answerable=True, gold=("a", "b", "c"))
    values = compute_figures((question,), (RunRow("q", retrieved=("a", "x", "b", "y")),)).values
    assert values["recall@5"] == pytest.approx(2 / 3)
    assert values["precision@5"] == pytest.approx(2 / 5)
    assert values["map"] == pytest.approx((1 / 1 + 2 / 3 + 0) / 3)
    assert values["ndcg@10"] == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3) + 1 / 2))


def test_articles_of_one_gold_name_are_one_gold_item() -> None:
    question = Question("q", "?", answerable=True, gold=("https://news.example/a",))
    row = RunRow("q", retrieved=("x", "copy", "a"), checked=Checked(gold=(("a", "copy"),)))
    values = compute_figures((question,), (row,)).values
    assert (values["recall@5"], values["mrr@10"]) == (1.0, 0.5)


@pytest.mark.parametrize(
    "gold",
    [pytest.param((("a",), ("a",)), id="the same name"), pytest.param((("a", "b"), ("b", "a")), id="two places")],
)
def test_a_gold_article_that_is_named_twice_counts_once(gold: tuple[tuple[str, ...], ...]) -> None:
    question = Question("q", "?", answerable=True, gold=("one", "other", "c"))
    row = RunRow("q", retrieved=("x", "a"), checked=Checked(gold=(*gold, ("c",))))
    values = compute_figures((question,), (row,)).values
    assert (values["recall@5"], values["map"]) == (0.5, 0.25)
    assert values["ndcg@10"] == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))


@pytest.mark.parametrize("seed", range(20))
def test_ranking_figures_agree_with_a_library(seed: int) -> None:
    ir_measures: Any = pytest.importorskip("ir_measures")
    generator = random.Random(seed)  # noqa: S311 - no secret
    ids = [f"article {number}" for number in range(30)]
    questions = [
        Question(f"q{number}", "?", answerable=True, gold=tuple(generator.sample(ids, generator.randint(1, 6))))
        for number in range(25)
    ]
    rows = [RunRow(q.id, retrieved=tuple(generator.sample(ids, generator.randint(1, 20)))) for q in questions]
    qrels = {question.id: dict.fromkeys(question.gold, 1) for question in questions}
    run = {row.id: {name: float(-rank) for rank, name in enumerate(row.retrieved)} for row in rows}
    measures = {ours: ir_measures.parse_measure(theirs) for ours, theirs in OURS_AND_THEIRS.items()}
    theirs = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    values = compute_figures(questions, rows).values
    assert {name: values[name] for name in measures} == pytest.approx(
        {name: theirs[measure] for name, measure in measures.items()}
    )
