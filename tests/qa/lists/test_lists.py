"""Lists are answered with their members, told in one go or over several articles, and with nobody else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.loading import load_articles
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.engine import ArticleQueryEngine
from qa.lists import Enumeration, asks_for_members, enumerations

HERE = Path(__file__).parent
NOT_FOUND = 13  # of 60 members: the reader sees no answer in "Bank is to shed 60 jobs" for "cutting jobs"


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A question with words that name each member, and words that name somebody who is none."""

    question: str
    members: tuple[str, ...]
    others: tuple[str, ...]
    asked_on: date


def read_questions() -> list[ListQuestion]:
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        ListQuestion(row["question"], tuple(row["members"]), tuple(row["others"]), date.fromisoformat(row["asked_on"]))
        for row in map(json.loads, lines)
    ]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path_factory.mktemp("lists"), MiniLMEmbedding()) as store:
        store.add(item for item in load_articles([HERE / "articles.jsonl"]) if isinstance(item, Article))
        yield ArticleQueryEngine(store)


def ask(engine: ArticleQueryEngine, question: str, day: str) -> Answer:
    return engine.query(question, asked_on=date.fromisoformat(day), mode="extractive")


def named(answer: Answer, words: tuple[str, ...]) -> list[str]:
    told = "" if answer.refused else str(answer).lower()
    return [word for word in words if word.lower() in told]


def test_most_members_are_named_and_nobody_else(engine: ArticleQueryEngine) -> None:
    missed = 0
    for asked in read_questions():
        answer = engine.query(asked.question, asked_on=asked.asked_on, mode="extractive")
        assert named(answer, asked.others) == [], asked.question
        missed += len(asked.members) - len(named(answer, asked.members))
    assert missed <= NOT_FOUND


def test_members_come_from_several_articles(engine: ArticleQueryEngine) -> None:
    answer = ask(engine, "Which towns have banned garden hoses?", "2025-07-20")
    assert named(answer, ("Corrie Vale", "Dunmoor", "Strand Bay")) == ["Corrie Vale", "Dunmoor", "Strand Bay"]
    assert {citation.article_id for citation in answer.citations} == {"hose1", "hose2", "hose3"}


def test_a_bulleted_list_is_one_statement_in_the_words_of_the_article(engine: ArticleQueryEngine) -> None:
    answer = ask(engine, "What are the parts of the county's drought plan?", "2025-07-16")
    citation = answer.citations[0]
    assert citation.quote == citation.article.text[citation.start : citation.end]
    assert citation.quote.startswith("It has four parts.") and citation.quote.endswith("dig ponds.")


@pytest.fixture(scope="module")
def near_members(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    texts = (
        "Lindow banned hoses on Monday.",
        "Tarn lifted its ban on hoses on Monday.",
        "Orme rejected a ban on hoses on Monday.",
        "The council of Clune considered banning hoses on Monday.",
    )
    articles = [
        Article(f"near-{number}", text, "Hoses", "Vale Observer", published=date(2025, 7, 14))
        for number, text in enumerate(texts)
    ]
    with ArticleStore.create(tmp_path_factory.mktemp("near"), MiniLMEmbedding()) as store:
        store.add(articles)
        yield ArticleQueryEngine(store)


@pytest.mark.parametrize("question", ["Which towns banned hoses?", "Which towns have banned hoses?"])
def test_those_that_nearly_are_members_are_not_listed(near_members: ArticleQueryEngine, question: str) -> None:
    answer = ask(near_members, question, "2025-07-20")
    assert named(answer, ("Lindow", "Tarn", "Orme", "Clune")) == ["Lindow"]


def test_a_list_too_long_to_show_says_so_and_keeps_the_answer(tmp_path: Path) -> None:
    filler = "that keeps the meadows of the upper valley green while the lower town has water for its mills and baths"
    items = "\n".join(f"- {place}: a weir {filler}." for place in ("Ostend", "Tarn", "Vell", "Orme", "Sedd", "Clune"))
    plan = Article("plan", f"The plan has six weirs.\n\n{items}", "The plan", published=date(2025, 7, 14))
    with ArticleStore.create(tmp_path / "index", MiniLMEmbedding()) as store:
        store.add([plan])
        answer = ask(ArticleQueryEngine(store), "Which weirs are in the plan?", "2025-07-20")
    assert len(str(answer).split()) < 120
    assert answer.note == "The list goes on in the article."


def test_who_wants_one_town_gets_one(engine: ArticleQueryEngine) -> None:
    answer = ask(engine, "Which town became the second to ban garden hoses?", "2025-07-20")
    assert [citation.article_id for citation in answer.citations] == ["hose2"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("Which towns banned hoses?", True, id="which and a plural"),
        pytest.param("In which northern towns were hoses banned?", True, id="with a preposition"),
        pytest.param("Which people won?", True, id="irregular plural"),
        pytest.param("What are the farmers' demands?", True, id="what are"),
        pytest.param("Name the schools that closed.", True, id="request"),
        pytest.param("Who has resigned?", True, id="who has"),
        pytest.param("Which of the three schools will close?", True, id="of the three"),
        pytest.param("What are the bus drivers' demands?", True, id="an owner of two words"),
        pytest.param("Which team wins the cup?", False, id="a verb behind a singular"),
        pytest.param("Which company plans to cut jobs?", False, id="another verb behind a singular"),
        pytest.param("Which town banned hoses?", False, id="singular"),
        pytest.param("What news is there?", False, id="singular in s"),
        pytest.param("How many towns banned hoses?", False, id="how many"),
        pytest.param("What does the plan cost?", False, id="a verb in the third person"),
        pytest.param("Who resigned?", False, id="one may do"),
    ],
)
def test_a_question_may_want_every_member(question: str, expected: bool) -> None:
    assert asks_for_members(question) is expected


def found(question: str, *sentences: str, gaps: tuple[str, ...] = ()) -> tuple[Enumeration, ...]:
    return enumerations(question, sentences, gaps or (" ",) * (len(sentences) - 1))


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        pytest.param(("It has parts.", "- One pipe.", "- Two wells.", "It rained."), (0, 2), id="bullets"),
        pytest.param(("1. Dig.", "2. Wait."), (0, 1), id="numbers without a lead"),
        pytest.param(("They ask for two things.", "First, rain.", "Second, sun."), (0, 2), id="ordinals"),
        pytest.param(("They won three gold medals.", "Ada Oake won one.", "It rained."), (0, 1), id="counted gold"),
        pytest.param(("They won three medals.", "Ada Oake won gold.", "It rained."), (0, 1), id="counted"),
    ],
)
def test_an_enumeration_has_its_lead_and_its_items(sentences: tuple[str, ...], expected: tuple[int, int]) -> None:
    (enumeration,) = found("Who won medals?", *sentences)
    assert (enumeration.whole[0], enumeration.whole[-1]) == expected


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(("It rained.", "- One pipe."), id="one bullet"),
        pytest.param(("First Minister Ann Poe resigned.", "Second homes were taxed."), id="ordinals of something"),
        pytest.param(("– No, she said.", "– Yes, he said."), id="a dialogue"),
        pytest.param(("They won three games.", "Ada Oake won gold."), id="another thing counted"),
        pytest.param(("They won three medals.", "It rained."), id="nobody named"),
        pytest.param(("They won 300 medals.", "Ada Oake won gold."), id="too many to tell"),
    ],
)
def test_other_sentences_are_no_enumeration(sentences: tuple[str, ...]) -> None:
    assert found("Who won medals?", *sentences) == ()


def test_a_counted_list_ends_with_its_paragraph() -> None:
    assert found("Who won medals?", "They won three medals.", "Ada Oake won gold.", gaps=("\n\n",)) == ()
