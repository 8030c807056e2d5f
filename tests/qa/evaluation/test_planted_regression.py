"""A part of the engine that is switched off must be noticed by comparing two runs."""

import json
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from qa.cli.main import cli
from qa.engine import ArticleQueryEngine
from qa.evaluation import Question, evaluate, write_rows
from tests.fakes import FakeEmbedder

FIRST = ("Orrin", "Vell", "Tolm", "Hask", "Brenn", "Quill", "Sedd", "Marl", "Irr", "Yarr", "Lund", "Pell")
LAST = ("dale", "mouth", "wick", "ford", "stead", "haven", "combe", "thorpe")
PLACES = tuple(f"{first}{last}" for first in FIRST for last in LAST)
ASKED = 24  # of the places: enough for a test of significance


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of the whole engine, of the same once more, and of one without the search by words."""
    folder = tmp_path_factory.mktemp("runs")
    questions = tuple(
        Question(f"q{number}", f"Who rang the bell of {place}?", (f"Ringer{number}",), True, (place,))
        for number, place in enumerate(PLACES[:ASKED])
    )
    rows = [
        {"id": q.id, "question": q.question, "answers": q.answers, "answerable": True, "gold": q.gold}
        for q in questions
    ]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with ArticleStore.create(folder / "index", FakeEmbedder()) as store:
        store.add(
            Article(place, f"In {place} the bell of the town was rung by Ringer{number} on a cold Monday in May.")
            for number, place in enumerate(PLACES)
        )
    for name, dense_weight in (("whole", 0.3), ("again", 0.3), ("wordless", 1.0)):
        with ArticleStore(folder / "index", FakeEmbedder(), StoreSettings(dense_weight=dense_weight)) as store:
            run = evaluate(ArticleQueryEngine(store), questions, asked_on=date(2025, 6, 1))
            write_rows(folder / f"{name}.jsonl", run.rows)
    return folder


def compare(folder: Path, first: str, second: str) -> object:
    runs = [str(folder / f"{name}.jsonl") for name in (first, second)]
    questions = ["--questions", str(folder / "questions.jsonl")]
    return cli.main(["eval", "compare", *runs, *questions, "--fail-if-worse"], standalone_mode=False)


def test_search_by_words_switched_off_is_significantly_worse(folder: Path) -> None:
    assert compare(folder, "whole", "wordless") == 5


def test_the_same_engine_twice_is_no_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not compare(folder, "whole", "again")
    assert "broken 0" in capsys.readouterr().out
