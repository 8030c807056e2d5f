"""Wire copies are read once and named beside the one that is cited."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine

WIRE = (
    "Divers raised the bell of the steamer Ottilie from the floor of Sedd Bay on Thursday, ninety years after it sank. "
    "The bell weighs 212 kilograms and bears the year 1898. It will be shown in the customs house of Seddmouth."
)
OUTLETS = ("Sedd Courier", "Bay Gazette", "Harbour News", "Coast Post", "Island Times", "Quay Mail", "Tide Press")
OWN = Article(
    "own",
    "The year on the bell of the Ottilie was read wrongly at first, said Wenna Tholl, who led the dive. The steamer "
    "carried slate.",
    "What the divers saw",
    "Deep Water",
    published=date(2025, 6, 6),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    copies = [
        Article(
            f"wire-{number}", f"{WIRE}\n\nReported for the {outlet}.", "Bell raised", outlet, published=date(2025, 6, 5)
        )
        for number, outlet in enumerate(OUTLETS)
    ]
    with ArticleStore.create(tmp_path_factory.mktemp("wire"), MiniLMEmbedding()) as store:
        store.add([*copies, OWN])
        yield ArticleQueryEngine(store)


def test_copies_never_fill_what_is_read(engine: ArticleQueryEngine) -> None:
    answer = engine.query("How much does the bell of the Ottilie weigh?", asked_on=date(2025, 6, 7))

    assert answer.explanation is not None
    read = {candidate.article_id for candidate in answer.explanation.candidates}
    assert len([article for article in read if article.startswith("wire")]) == 1
    assert "own" in read


def test_a_citation_names_the_other_articles_that_hold_its_sentence(engine: ArticleQueryEngine) -> None:
    answer = engine.query("How much does the bell of the Ottilie weigh?", asked_on=date(2025, 6, 7))

    assert answer.citations[0].quote == "The bell weighs 212 kilograms and bears the year 1898."
    outlets = {answer.citations[0].article.source, *(article.source for article in answer.citations[0].also_in)}
    assert outlets == set(OUTLETS)


def test_outlets_that_set_quotation_marks_in_their_own_way_print_the_same_words(tmp_path: Path) -> None:
    text = (
        f"{WIRE}\n\n“It rang when we lifted it,” said Wenna Tholl, the divers’ leader. The divers’ boat is the Sprat."
    )
    typed = text.translate(str.maketrans({"“": '"', "”": '"', "’": "'"}))
    articles = [Article(each, words, "Bell raised", each) for each, words in (("Curly", text), ("Plain", typed))]
    with ArticleStore.create(tmp_path, MiniLMEmbedding()) as store:
        store.add(articles)
        engine = ArticleQueryEngine(store)
        for question in ("What did Wenna Tholl say?", "What is the divers’ boat?"):
            citation = engine.query(question).citations[0]
            assert {citation.article.source, *(copy.source for copy in citation.also_in)} == {"Curly", "Plain"}


def test_copies_take_no_places_among_what_is_retrieved(engine: ArticleQueryEngine) -> None:
    answer = engine.query("How much does the bell of the Ottilie weigh?", asked_on=date(2025, 6, 7))

    assert sorted(passage.article.id[:4] for passage in answer.retrieved) == ["own", "wire"]


def test_an_update_is_read_for_the_sentence_that_it_has_of_its_own(tmp_path: Path) -> None:
    update = replace(OWN, id="update", text=f"{WIRE} Its clapper was found by the diver Iven Sarr on Friday.")
    wires = [
        Article(f"wire-{n}", WIRE, "Bell raised", outlet, published=OWN.published) for n, outlet in enumerate("ABCD")
    ]
    with ArticleStore.create(tmp_path, MiniLMEmbedding()) as store:
        store.add([*wires, update])
        answer = ArticleQueryEngine(store).query("Who found the clapper of the Ottilie?", asked_on=date(2025, 6, 7))

    assert [citation.article_id for citation in answer.citations][:1] == ["update"]
    assert "Iven Sarr" in str(answer)


def test_copies_that_are_more_than_the_candidates_leave_room_for_others(tmp_path: Path) -> None:
    wires = [
        Article(f"wire-{letter}", f"{WIRE}\n\nReported for the Paper {letter}.", "Bell raised", f"Paper {letter}")
        for letter in "ABCDEF"
    ]
    with ArticleStore.create(tmp_path, MiniLMEmbedding(), StoreSettings(candidates=3)) as store:
        store.add([*wires, OWN])
        hits = ArticleQueryEngine(store).retrieve(
            "The bell weighs 212 kilograms, bears the year 1898 and will be shown."
        )

    assert "own" in {node.metadata["article_id"] for node in hits}
