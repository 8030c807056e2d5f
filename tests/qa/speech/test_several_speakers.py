from collections.abc import Callable, Iterator
from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.extractive import Extract
from qa.reader import Reader
from qa.request import Request
from qa.retriever import ArticleRetriever
from qa.settings import QASettings
from qa.speech.synthesizer import SpeechSynthesizer

ARTICLES = (
    Article(
        "fares",
        "Ferry fares will rise in June. “Fuel costs twice what it did,” said Finn Oake, who runs the ferries.\n\n"
        "Bram Tolle, the mayor of Vell, said: “Higher fares will empty the boats.”\n\n"
        "Lise Karr, the transport minister, did not speak to reporters.\n\n"
        "Oake denied taking money from the fuel firm. He promised to publish the books.",
        "Ferry fares rise",
        "Daily Ore",
        published=date(2025, 5, 22),
    ),
    Article(
        "school",
        "“The school needs a roof,” Bram Tolle told Radio Vell.",
        "Rain in the school",
        "Daily Ore",
        published=date(2025, 5, 24),
    ),
    Article(
        "handover",
        "Nora Fenn, the new mayor of Vell, opened the market. “I love this market,” Fenn said.\n\n"
        "Bram Tolle, the former mayor of Vell, came too. “I sleep well now,” said Tolle.",
        "New mayor opens market",
        "Daily Ore",
        published=date(2025, 9, 10),
    ),
    Article(
        "abroad",
        "“The road comes first,” said Orla Quin, the deputy mayor of Vell.\n\n"
        "The mayor of Sund, Piet Harl, said: “We want the road too.”",
        "The road to Sund",
        "Sund News",
        published=date(2025, 9, 11),
    ),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Extract]]:
    with ArticleStore.create(tmp_path_factory.mktemp("index"), MiniLMEmbedding()) as store:
        store.add(ARTICLES)
        settings = QASettings()
        speech, retriever = SpeechSynthesizer(store, settings, Reader()), ArticleRetriever(store, settings)

        def extract(question: str, asked_on: date = date(2025, 5, 25)) -> Extract:
            request = Request.of(question, asked_on=asked_on)
            found = speech.synthesize(request, retriever.find(request).hits)
            return found or Extract((), (), "not found in quotations")

        yield extract


def told(extract: Extract) -> list[str]:
    return [statement.text for statement in extract.statements]


def test_each_of_two_speakers_is_quoted_in_the_order_asked(ask: Callable[..., Extract]) -> None:
    extract = ask("What did Bram Tolle and Finn Oake say about fares?")
    assert told(extract) == [
        "Bram Tolle: “Higher fares will empty the boats.”",
        "Finn Oake: “Fuel costs twice what it did,”",
    ]
    assert [statement.citations for statement in extract.statements] == [(1,), (2,)]
    assert [citation.number for citation in extract.citations] == [1, 2]
    assert extract.note == ""


def test_who_of_several_is_not_quoted_is_named_in_the_note(ask: Callable[..., Extract]) -> None:
    extract = ask("What did Finn Oake say about fares, and what did Lise Karr say?")
    assert told(extract) == ["Finn Oake: “Fuel costs twice what it did,”"]
    assert extract.note.startswith("No article here quotes Lise Karr on fares.")
    assert extract.reason == ""


def test_where_none_of_several_is_quoted_all_are_named_in_the_reason(ask: Callable[..., Extract]) -> None:
    extract = ask("How did Lise Karr and Ewan Zett react to the fares?")
    assert told(extract) == []
    assert "quotes Lise Karr on the fares" in extract.reason
    assert "quotes Ewan Zett on the fares" in extract.reason


def test_a_role_stands_for_its_holder_where_another_article_gives_the_name_alone(ask: Callable[..., Extract]) -> None:
    extract = ask("What did the mayor of Vell say about the school?")
    assert told(extract) == ["Bram Tolle: “The school needs a roof,”"]


def test_after_a_change_the_holder_near_the_day_of_asking_is_quoted(ask: Callable[..., Extract]) -> None:
    extract = ask("What did the mayor of Vell say?", asked_on=date(2025, 9, 12))
    assert told(extract) == ["Nora Fenn: “I love this market,”"]


def test_what_was_said_out_of_office_is_not_the_holders(ask: Callable[..., Extract]) -> None:
    assert "sleep" not in " ".join(told(ask("What did the mayor of Vell say about sleep?", date(2025, 9, 12))))


def test_neither_a_deputy_nor_another_towns_mayor_is_quoted_for_the_mayor(ask: Callable[..., Extract]) -> None:
    extract = ask("What did the mayor of Vell say about the road?", asked_on=date(2025, 9, 12))
    assert told(extract) == []
    assert "Nora Fenn" in extract.reason


def test_a_denial_is_told_as_the_article_tells_it(ask: Callable[..., Extract]) -> None:
    assert told(ask("What did Finn Oake deny?")) == ["Oake denied taking money from the fuel firm."]


def test_what_denies_nothing_is_no_denial(ask: Callable[..., Extract]) -> None:
    extract = ask("What did Bram Tolle deny about fares?")
    assert told(extract) == []
    assert extract.reason == "Bram Tolle is quoted, but not denying fares."


def test_a_promise_is_found_by_its_verb_and_not_given_where_none_is_told(ask: Callable[..., Extract]) -> None:
    assert told(ask("What did Finn Oake promise?")) == ["Finn Oake: He promised to publish the books."]
    assert told(ask("What did Bram Tolle promise?")) == []


def test_a_promise_is_no_answer_where_words_are_asked_for(ask: Callable[..., Extract]) -> None:
    assert "books" not in " ".join(told(ask("What did Finn Oake say about the books?")))


def test_what_a_named_hearer_was_told_is_given_and_nothing_that_another_was(ask: Callable[..., Extract]) -> None:
    assert told(ask("What did Bram Tolle tell Radio Vell?")) == ["Bram Tolle: “The school needs a roof,”"]
    assert told(ask("What did Bram Tolle tell the Sund News about the school?")) == []


def test_only_who_is_quoted_on_the_topic_is_named_in_a_refusal(ask: Callable[..., Extract]) -> None:
    reason = ask("What did Lise Karr say about the fares?").reason
    assert "Quoted on it: " in reason
    assert "Finn Oake" in reason
    assert ask("What did Lise Karr say about chess?").reason.endswith("Nobody else was found quoted on it.")
