"""Questions that the articles nearly answer: what is told is given, and what is near is not taken for it.

A row of questions.jsonl names words that the answer `holds`, none where refusing is right, and words that it `lacks`.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.loading import load_articles
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine

HERE = Path(__file__).parent
ASKED_ON = date(2025, 4, 4)
ROWS = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path_factory.mktemp("near_misses"), MiniLMEmbedding()) as store:
        store.add(item for item in load_articles([HERE / "articles.jsonl"]) if isinstance(item, Article))
        yield ArticleQueryEngine(store)


@pytest.mark.parametrize("row", ROWS, ids=[" ".join([*row.get("history", []), row["question"]]) for row in ROWS])
def test_what_is_told_is_given_and_nothing_near_it(engine: ArticleQueryEngine, row: dict[str, Any]) -> None:
    answer = engine.query(row["question"], asked_on=ASKED_ON, history=row.get("history", []), mode="extractive")
    assert answer.refused is not bool(row["holds"]), str(answer)
    assert [word for word in row["holds"] if word not in str(answer)] == [], str(answer)
    assert [word for word in row.get("lacks", []) if word in str(answer) and not answer.refused] == [], str(answer)


def test_a_narrated_act_is_told_in_the_articles_words_and_marked_as_that(engine: ArticleQueryEngine) -> None:
    answer = engine.query("What did Renn threaten?", asked_on=ASKED_ON, mode="extractive")
    assert "“" not in answer.statements[0].text
    assert answer.note == "The article tells this in its own words, not in the speaker’s."


def test_persons_of_one_surname_are_told_apart(engine: ArticleQueryEngine) -> None:
    answer = engine.query("What did Ost say?", asked_on=ASKED_ON, mode="extractive")
    assert all("Jan Ost" in s.text or "Petra Ost" in s.text for s in answer.statements)
    assert answer.note == "The articles name several persons called Ost: Petra Ost, Jan Ost (mayor of Corrow)."


def test_a_refusal_says_that_nobody_is_named_in_the_office(engine: ArticleQueryEngine) -> None:
    answer = engine.query("Who is the prime minister?", asked_on=ASKED_ON, mode="extractive")
    assert answer.reason == "The articles do not answer this: nothing that was found names the prime minister."
