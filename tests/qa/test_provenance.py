"""Where what is cited was printed, as the questions of a reporter meet it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine
from qa.evaluation.indexed_articles import lookups_in
from tests.qa.conftest import DAM, OLD, REPORT

ELSEWHERE = replace(
    REPORT,
    id="reprint",
    title="Rust shuts the bridge",
    source="Valley Herald",
    published=date(2025, 5, 14),
    url="https://valley.example/bridge",
)
QUESTION = "Who closed the harbour bridge?"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path_factory.mktemp("index"), MiniLMEmbedding()) as store:
        store.add([REPORT, OLD, DAM, ELSEWHERE])
        yield ArticleQueryEngine(store)


def test_an_answer_names_the_other_source_of_the_same_text(engine: ArticleQueryEngine) -> None:
    answer = engine.query(QUESTION, asked_on=date(2025, 5, 15))

    assert answer.citations[0].article == REPORT
    assert answer.citations[0].also_in == (ELSEWHERE,)
    assert answer.to_json()["citations"][0]["also_in"] == [
        {
            "article_id": "reprint",
            "title": "Rust shuts the bridge",
            "source": "Valley Herald",
            "published": "2025-05-14",
            "url": "https://valley.example/bridge",
        }
    ]
    assert len({passage.article.id for passage in answer.retrieved}) == len(answer.retrieved)


def test_what_somebody_said_names_the_other_source_too(engine: ArticleQueryEngine) -> None:
    answer = engine.query("What did Tilda Brask say about the bridge?", asked_on=date(2025, 5, 15))

    assert [article.id for article in answer.citations[0].also_in] == ["reprint"]


@pytest.mark.parametrize(
    ("limits", "shown"),
    [
        pytest.param({"sources": ("valley herald",)}, ELSEWHERE, id="of the second outlet"),
        pytest.param({"since": date(2025, 5, 13)}, ELSEWHERE, id="since the second day"),
        pytest.param({"as_of": date(2025, 5, 13)}, REPORT, id="before the second day"),
    ],
)
@pytest.mark.parametrize("question", [QUESTION, "What did Tilda Brask say about the bridge?"])
def test_a_limit_cites_the_place_that_lies_inside(
    engine: ArticleQueryEngine, question: str, limits: dict[str, object], shown: object
) -> None:
    answer = engine.query(question, asked_on=date(2025, 5, 15), **limits)

    assert answer.citations[0].article == shown


def test_what_was_printed_after_the_last_day_is_not_named(engine: ArticleQueryEngine) -> None:
    answer = engine.query(QUESTION, as_of=date(2025, 5, 13))

    assert answer.citations[0].also_in == ()


def test_gold_of_any_place_leads_to_the_article(engine: ArticleQueryEngine) -> None:
    lookups = lookups_in(engine.store)

    assert set(lookups.ids_of("https://valley.example/bridge")) == {"report", "reprint"}
    assert set(lookups.ids_of("reprint")) == {"report", "reprint"}


def test_what_changes_of_an_article_is_what_is_found_and_cited(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, MiniLMEmbedding()) as store:
        store.add([REPORT, DAM])
        changed = replace(REPORT, title="Crossing barred", source="Bay Paper", published=date(2025, 5, 30))
        store.add([changed])
        engine = ArticleQueryEngine(store)

        assert engine.query(QUESTION, asked_on=date(2025, 5, 31)).citations[0].article == changed
        assert engine.query(QUESTION, asked_on=date(2025, 5, 31), until=date(2025, 5, 15)).refused
        assert engine.query(QUESTION, asked_on=date(2025, 5, 31), sources=("The Orrin Post",)).refused
        assert engine.query(QUESTION, asked_on=date(2025, 5, 31), since=date(2025, 5, 29)).citations
        assert next(hit.stored.title for hit in store.search("Crossing barred")) == "Crossing barred"
        (passage,) = store.passages("report")
        assert [node.node.id_ for node in engine.retrieve(QUESTION)].count(passage.id) == 1


def test_a_changed_articles_old_passages_are_gone(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, MiniLMEmbedding()) as store:
        store.add([REPORT, DAM])
        store.add([replace(REPORT, text="The mayor of Orrin Bay, Tilda Brask, opened the harbour bridge again.")])
        engine = ArticleQueryEngine(store)

        assert "six cables" not in " ".join(
            node.text for node in engine.retrieve("How many cables did the rust reach?")
        )
        assert store.quotations_by("Tilda Brask") == ()
