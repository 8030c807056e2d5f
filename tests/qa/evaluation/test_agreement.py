"""The figures against a scorer that was written apart from them."""

import importlib.util
import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qa.evaluation import (
    ArticleLookups,
    Question,
    RunRow,
    compute_figures,
    load_questions,
    read_rows,
    row_writer,
)
from qa.evaluation.checked import check

WORDS = (
    *("the", "a", "An", "ferry", "Ferry's", "strike", "Elm", "café", "naïve", "mayor’s", "—", "4%", "$1,200", "1200"),
    *("[1]", "[2, 3]", "[x]", "'soon'", "U.S.", "ﬁne", "東京", "\u2028", "½", "ended", "Monday", "flood", "İzmir"),
)


@pytest.fixture(scope="module")
def scorer_path(development_data: Path) -> Path:
    path = development_data.parent / "score.py"
    if not path.is_file():
        pytest.skip("no score.py beside the development data, which ARTICLE_QA_DATA names")
    return path


@pytest.fixture(scope="module")
def scorer(scorer_path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("independent_scorer", scorer_path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class RandomSet:
    """Articles, questions and rows with every oddity that a figure treats apart."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        size = self.random.choice([1, 2, 7, 40])
        self.articles = {f"article {number}": self._text(0, 80) for number in range(12)}
        self.questions = [self._question(number) for number in range(size)]
        answered = [question for question in self.questions if self.random.random() > 0.1]
        self.rows = [self._row(question) for question in answered]

    def _text(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    def _ids(self, most: int) -> list[str]:
        return self.random.sample([*self.articles, "gone"], k=self.random.randint(0, most))

    def _question(self, number: int) -> dict[str, Any]:
        return {
            "id": f"q{number}",
            "question": "Who?",
            "answers": [self._text(1, 3) + "." for _ in range(self.random.randint(0, 3))],
            "answerable": self.random.choice([True, True, True, False, None]),
            "gold": self._ids(3),
        }

    def _citation(self, number: int) -> dict[str, Any]:
        article_id = self.random.choice([*self.articles, "gone"])
        text = self.articles.get(article_id, "")
        start = self.random.randint(0, len(text))
        end = self.random.randint(start, len(text) + 3)
        quote = text[start:end] if self.random.random() < 0.7 else self._text(0, 2)
        return {"number": number, "article_id": article_id, "start": start, "end": end, "quote": quote}

    def _row(self, question: dict[str, Any]) -> dict[str, Any]:
        if self.random.random() < 0.1:
            return RunRow.from_error(Question(question["id"], question["question"]), OSError("no reply")).to_json()
        answer = self._text(0, 90)
        if question["answers"] and self.random.random() < 0.6:
            answer = f"{answer} {self.random.choice(question['answers'])} {self._text(0, 5)}"
        return {
            "id": question["id"],
            "question": question["question"],
            "answer": answer,
            "refused": self.random.random() < 0.3,
            "citations": [self._citation(number) for number in range(1, self.random.randint(1, 4))],
            "retrieved": self._ids(12),
            "latency_ms": self.random.choice([None, round(self.random.uniform(1, 900), 3)]),
            "incomplete": self.random.random() < 0.1,
        }


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(60))
def test_figures_agree_with_the_independent_scorer(scorer: ModuleType, tmp_path: Path, seed: int) -> None:
    random_set = RandomSet(seed)
    questions = load_questions(write_lines(tmp_path / "questions.jsonl", random_set.questions))
    lookups = ArticleLookups(
        text_of=random_set.articles.get, ids_of=lambda name: (name,) if name in random_set.articles else ()
    )
    ours = compute_figures(questions, map(RunRow.from_json, random_set.rows), lookups).to_json()
    theirs = scorer.score(random_set.articles, random_set.questions, {row["id"]: row for row in random_set.rows})
    assert {name: ours[name] for name in theirs} == pytest.approx(theirs)


@pytest.mark.parametrize("seed", range(10))
def test_figures_of_a_run_file_alone_are_those_of_its_articles(tmp_path: Path, seed: int) -> None:
    random_set = RandomSet(seed)
    questions = load_questions(write_lines(tmp_path / "questions.jsonl", random_set.questions))
    lookups = ArticleLookups(
        text_of=random_set.articles.get, ids_of=lambda name: (name,) if name in random_set.articles else ()
    )
    rows = {row["id"]: RunRow.from_json(row) for row in random_set.rows}
    with row_writer(tmp_path / "run.jsonl") as write:
        for question in questions:
            if question.id in rows:
                write(replace(rows[question.id], checked=check(question, rows[question.id], lookups)))
    kept = read_rows(tmp_path / "run.jsonl")
    assert compute_figures(questions, kept) == compute_figures(questions, rows.values(), lookups)


def test_the_independent_scorer_reads_a_written_run_file(scorer_path: Path, tmp_path: Path) -> None:
    random_set = RandomSet(7)
    with row_writer(tmp_path / "run.jsonl") as write:
        for row in random_set.rows:
            write(RunRow.from_json(row))
    articles = [{"id": article_id, "text": text} for article_id, text in random_set.articles.items()]
    write_lines(tmp_path / "articles.jsonl", articles)
    questions = load_questions(write_lines(tmp_path / "questions.jsonl", random_set.questions))
    names = ("articles", "questions", "run")
    inputs = [part for name in names for part in (f"--{name}", str(tmp_path / f"{name}.jsonl"))]
    printed = subprocess.run(
        [sys.executable, str(scorer_path), *inputs, "--json"], capture_output=True, check=True, timeout=60
    ).stdout
    lookups = ArticleLookups(text_of=random_set.articles.get, ids_of=lambda name: (name,))
    ours = compute_figures(questions, map(RunRow.from_json, random_set.rows), lookups).to_json()
    theirs = json.loads(printed)
    assert {name: ours[name] for name in theirs} == pytest.approx(theirs)
