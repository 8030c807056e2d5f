import json
from collections.abc import Iterator
from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.cli.ask import _statements
from qa.corrections import asks_for_correction, corrections_in, is_retraction
from qa.engine import ArticleQueryEngine

NOTICE = "Correction, June 7, 2025: An earlier version of this article gave the weight as 221 kilograms. It is 212."
BELL = Article(
    "bell",
    f"Divers raised the bell of the steamer Ottilie from Sedd Bay on Thursday. It weighs 212 kilograms.\n\n{NOTICE}",
    "Bell raised",
    "Sedd Courier",
    published=date(2025, 6, 6),
    updated=date(2025, 6, 7),
    language="en",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path_factory.mktemp("bell"), MiniLMEmbedding()) as store:
        store.add([BELL])
        yield ArticleQueryEngine(store)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Correction, 19 May: An earlier version said that 180 jobs would go.", True, id="notice"),
        pytest.param("CORRECTION (May 19, 2025): The bridge is municipal.", True, id="with its day in brackets"),
        pytest.param("Corrections & clarifications: The bridge is municipal.", True, id="of both kinds"),
        pytest.param("*Clarification:* the bridge is municipal.", True, id="clarification"),
        pytest.param("This article was amended on Friday.", True, id="amended"),
        pytest.param("This story has been updated to clarify the location.", True, id="updated for a reason"),
        pytest.param("(Corrects paragraph 3 to show that he resigned.)", True, id="of an agency"),
        pytest.param("This story has been updated to add a comment.", False, id="only updated"),
        pytest.param("The company will cut 118 jobs.", False, id="statement"),
        pytest.param("She corrected the pupils' spelling.", False, id="another correction"),
        pytest.param("Corrections officers said that the jail was full.", False, id="officers of a jail"),
        pytest.param("An earlier report by the inquiry found rust.", False, id="another report"),
        pytest.param("An earlier version of the bill failed.", False, id="a version of something else"),
    ],
)
def test_notices_of_correction_are_recognised(text: str, expected: bool) -> None:
    assert is_retraction(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"The bell is raised.\n\n{NOTICE}\n\nMore follows.", (NOTICE,), id="a paragraph"),
        pytest.param(f"The bell is raised. {NOTICE}", (NOTICE,), id="from its own sentence on"),
        pytest.param(
            "Raised.\n\nCorrection\n\nIt weighs 212 kg.", ("Correction\n\nIt weighs 212 kg.",), id="a heading"
        ),
        pytest.param("The bell is raised.", (), id="none"),
    ],
)
def test_notices_are_found_in_the_articles_own_characters(text: str, expected: tuple[str, ...]) -> None:
    assert corrections_in(text) == expected


def test_a_notice_without_an_end_is_cut_after_a_sentence() -> None:
    (notice,) = corrections_in(f"{NOTICE} " + "The text goes on for long. " * 60)

    assert notice.startswith(NOTICE)
    assert notice.endswith(".")
    assert len(notice) <= 600


def test_a_question_may_ask_about_a_correction() -> None:
    assert asks_for_correction("What did the earlier version say?")
    assert asks_for_correction("What was corrected?")
    assert not asks_for_correction("How many jobs will go?")


def test_a_citation_shows_the_correction_of_its_article(engine: ArticleQueryEngine) -> None:
    answer = engine.query("How much does the bell of the Ottilie weigh?", asked_on=date(2025, 6, 8))

    assert answer.citations[0].quote == "It weighs 212 kilograms."
    assert answer.citations[0].corrections == (NOTICE,)
    assert str(answer).endswith("(Of an article with a notice of correction: [1])")
    row = json.loads(json.dumps(answer.to_json()))["citations"][0]
    assert (row["corrections"], row["updated"], row["language"]) == ([NOTICE], "2025-06-07", "en")
    assert f"the article says: {NOTICE}" in _statements(answer, "")


def test_what_is_cited_from_the_notice_itself_needs_no_notice(engine: ArticleQueryEngine) -> None:
    answer = engine.query("What weight did the earlier version of the article give?", asked_on=date(2025, 6, 8))

    assert "221" in answer.citations[0].quote
    assert answer.citations[0].corrections == ()


def test_pages_of_dashes_are_read_quickly() -> None:
    assert corrections_in("-\n" * 200_000 + NOTICE) == (NOTICE,)
