from collections.abc import Iterator
from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.engine import ArticleQueryEngine

DAM = Article(
    "dam",
    "Engineers opened the Vell dam on Monday. “The wall is sound,” said Ada Oake, the chief engineer. "
    "“I slept beside it.”\n\n"
    "The mayor, Bram Tolle, praised her. Tolle said the town “owed her a drink”.\n\n"
    "Lise Karr, the minister, did not speak to reporters.",
    "Dam opened",
    "The Orrin Post",
    published=date(2025, 5, 20),
)
FERRY = Article(
    "ferry",
    "Fares will rise in June. “Fuel costs twice what it did,” Finn Oake, her brother, told Radio Vell.\n\n"
    "Bram Tolle said that he would ask for a discount for pupils.",
    "Ferry fares rise",
    "Daily Ore",
    published=date(2025, 5, 22),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path_factory.mktemp("index"), MiniLMEmbedding()) as store:
        store.add([DAM, FERRY])
        yield ArticleQueryEngine(store)


@pytest.fixture
def ask(engine: ArticleQueryEngine) -> object:
    def query(question: str) -> Answer:
        answer = engine.query(question, asked_on=date(2025, 5, 23))
        assert all(c.quote == c.article.text[c.start : c.end] for c in answer.citations)
        return answer

    return query


def test_the_answer_names_the_speaker_and_goes_on_with_the_same_person(ask) -> None:  # type: ignore[no-untyped-def]
    assert (
        str(ask("What did Ada Oake say about the wall?")) == "Ada Oake: “The wall is sound,” … “I slept beside it.” [1]"
    )


def test_a_namesake_is_never_quoted_instead(ask) -> None:  # type: ignore[no-untyped-def]
    assert "Fuel" not in str(ask("What did Ada Oake say about fuel?"))
    assert "Finn Oake: “Fuel costs twice what it did,”" in str(ask("What did Finn Oake say about fuel?"))


def test_words_inside_a_paraphrase_are_shown_with_it(ask) -> None:  # type: ignore[no-untyped-def]
    assert "Tolle said the town “owed her a drink”." in str(ask("What did the mayor say about Oake?"))


def test_indirect_speech_answers_too(ask) -> None:  # type: ignore[no-untyped-def]
    assert "ask for a discount" in str(ask("What did Tolle say about pupils?"))


def test_who_said_it_is_answered_with_the_name(ask) -> None:  # type: ignore[no-untyped-def]
    assert str(ask("Who said that the wall is sound?")).startswith("Ada Oake: ")


def test_somebody_who_is_only_mentioned_is_not_quoted(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("What did Lise Karr say about the dam?")
    assert answer.refused
    assert answer.reason.startswith("No article here quotes Lise Karr on the dam.")
    assert "Ada Oake" in answer.reason


def test_the_named_article_alone_is_searched(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("What did Bram Tolle say, according to the article “Ferry fares rise”?")
    assert {citation.article_id for citation in answer.citations} == {"ferry"}


def test_where_a_relation_is_asked_for_nobody_elses_words_are_shown(ask) -> None:  # type: ignore[no-untyped-def]
    answer = str(ask("What did Oake's deputy say about the wall?"))
    assert "sound" not in answer and "slept" not in answer


def test_a_time_in_the_question_is_no_topic(ask) -> None:  # type: ignore[no-untyped-def]
    assert "The wall is sound" in str(ask("What did Ada Oake say in May 2025?"))


def test_a_refusal_tells_that_the_scope_was_limited(engine: ArticleQueryEngine) -> None:
    answer = engine.query("What did Ada Oake say?", until=date(2025, 5, 1))
    assert answer.refused
    assert "within the dates and outlets" in answer.reason or "There is no article" in answer.reason


def test_somebody_who_speaks_of_something_else_is_quoted_but_not_on_it(ask) -> None:  # type: ignore[no-untyped-def]
    reason = "Ada Oake is quoted, but not on opera. Nobody else was found quoted on it."
    assert str(ask("What did Ada Oake say about opera?")) == reason


def test_a_reason_that_begins_with_an_office_begins_as_a_sentence(ask) -> None:  # type: ignore[no-untyped-def]
    assert str(ask("What did the mayor say about opera?")).startswith(
        "The mayor (Bram Tolle) is quoted, but not on opera."
    )
