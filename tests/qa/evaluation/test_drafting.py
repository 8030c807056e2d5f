import json
from collections.abc import Iterator
from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine
from qa.errors import ModelAccessError
from qa.evaluation import Question
from qa.evaluation.drafting import Drafter, ModelWriter, RuleWriter
from qa.evaluation.drafting.clause import base_of
from qa.evaluation.drafting.named import Named
from qa.evaluation.drafting.standing_alone import is_alone
from qa.llm import ModelSettings, OpenAIModel
from tests.scripted_server import MODEL, Script, Serve, error, reply, serve

__all__ = ["serve"]

BRIDGE = Article(
    "bridge",
    "Hedda Ostrane, the city’s chief engineer, closed the Tollister Bridge to all traffic on Sunday. The Tollister "
    "Bridge carries about 31,000 vehicles a day. It is old.\n\n"
    "“I would rather explain a traffic jam than a collapse,” Ostrane said.\n\n"
    "Three painters were hurt at the Tollister Bridge on Saturday. The bridge was opened in 1968.",
    "Tollister Bridge shut after cracks found",
    "The Ansgill Ledger",
    published=date(2025, 5, 12),
)
DAM = Article(
    "dam",
    "Yara Dunstall, the company’s chief hydrologist, defended the Ulmarry Dam on Tuesday. “We do not have a full "
    "glass,” Dunstall said. The Ulmarry Dam was built in 1951 because the Irrow Valley had no drinking water.",
    "Waterworks refuses release from Ulmarry Dam",
    "The Esterhaw Courier",
    published=date(2025, 5, 14),
)
COPY = Article("copy", DAM.text, "No water from the dam", "The Irrow Gazette", published=date(2025, 5, 14))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path_factory.mktemp("drafting"), MiniLMEmbedding()) as store:
        store.add([BRIDGE, DAM, COPY])
        yield ArticleQueryEngine(store)


@pytest.fixture(scope="module")
def drafted(engine: ArticleQueryEngine) -> tuple[Question, ...]:
    return Drafter(engine.store, engine, RuleWriter(engine.store)).draft(20).questions


def written(engine: ArticleQueryEngine, article: Article) -> dict[str, tuple[str, ...]]:
    return {draft.question: draft.answers for draft in RuleWriter(engine.store).write(article)}


def test_questions_come_from_deeds_numbers_dates_reasons_and_quotations(engine: ArticleQueryEngine) -> None:
    assert written(engine, BRIDGE) == {
        "What did Hedda Ostrane say about the Tollister Bridge?": (
            "I would rather explain a traffic jam than a collapse",
        ),
        "Who said “I would rather explain a traffic jam than a collapse”?": ("Hedda Ostrane",),
        "Who closed the Tollister Bridge to all traffic on Sunday?": ("Hedda Ostrane",),
        "When did Hedda Ostrane close the Tollister Bridge to all traffic?": ("Sunday",),
        "How many vehicles does the Tollister Bridge carry a day?": ("31,000",),
        "How many painters were hurt at the Tollister Bridge on Saturday?": ("Three",),
        "When was the Tollister Bridge opened?": ("1968",),
    }
    assert written(engine, DAM)["Why was the Ulmarry Dam built in 1951?"] == ("the Irrow Valley had no drinking water",)


@pytest.mark.parametrize(
    ("verb", "base"),
    [("closed", "close"), ("stopped", "stop"), ("carried", "carry"), ("built", "build"), ("carries", "carry"),
     ("holds", "hold"), ("bridge", "")],
)  # fmt: skip
def test_the_base_of_a_verb(verb: str, base: str) -> None:
    assert base_of(verb) == base


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("When was the Tollister Bridge opened?", True, id="named in full"),
        pytest.param("When was the bridge opened?", False, id="no name"),
        pytest.param("When did Ostrane close the Tollister Bridge?", False, id="a surname alone"),
        pytest.param("What did she say about the Tollister Bridge?", False, id="a pronoun"),
        pytest.param("What does the article say about the Tollister Bridge?", False, id="the article"),
        pytest.param("Who closed the Tollister Bridge? And when?", False, id="two questions"),
        pytest.param("Tollister Bridge closed?", False, id="too short"),
    ],
)
def test_a_question_must_be_understood_alone(question: str, expected: bool) -> None:
    assert is_alone(question, Named(BRIDGE, ("Hedda Ostrane",))) is expected


def test_every_answer_stands_literally_in_the_gold_passages_article(
    engine: ArticleQueryEngine, drafted: tuple[Question, ...]
) -> None:
    answerable = [question for question in drafted if question.answerable]
    assert len(answerable) >= 6
    for question in answerable:
        article = engine.store.article(question.gold_passages[0].article_id)
        assert question.answers
        assert all(answer in article.text for answer in question.answers)
        assert question.gold_passages[0].article_id in question.gold
        assert question.asked_on == article.published
        assert question.tags[0] == "draft"


def test_an_article_that_holds_the_same_sentence_is_gold_too(drafted: tuple[Question, ...]) -> None:
    assert [set(q.gold) for q in drafted if "full glass" in q.question] == [{"dam", "copy"}]


def test_drafts_are_spread_over_outlets_and_kinds(drafted: tuple[Question, ...]) -> None:
    first = [question.gold[0] for question in drafted[:2]]
    assert {"bridge"} & set(first) and {"dam", "copy"} & set(first)
    assert len({question.tags[1] for question in drafted}) >= 4


def test_unanswerable_questions_join_what_no_article_joins(drafted: tuple[Question, ...]) -> None:
    unanswerable = [question.question for question in drafted if question.answerable is False]
    assert unanswerable
    for question in unanswerable:
        assert ("Dunstall" in question and "Bridge" in question) or ("Ostrane" in question and "Dam" in question)


def test_the_same_seed_drafts_the_same_set_and_another_seed_another(
    engine: ArticleQueryEngine, drafted: tuple[Question, ...]
) -> None:
    def draft(seed: int) -> tuple[Question, ...]:
        return Drafter(engine.store, engine, RuleWriter(engine.store), seed).draft(20).questions

    assert draft(0) == drafted
    assert [q.question for q in draft(1)] != [q.question for q in drafted]


def test_the_limit_holds(engine: ArticleQueryEngine) -> None:
    assert len(Drafter(engine.store, engine, RuleWriter(engine.store)).draft(3).questions) <= 3


def modelled(engine: ArticleQueryEngine, serve: Serve, *replies: Script) -> Drafter:
    settings = ModelSettings(model=MODEL, base_url=serve(*replies).url, attempts=1)
    return Drafter(engine.store, engine, ModelWriter(engine.store, OpenAIModel(settings)))


def asked(question: str, answer: str, passage: int = 1) -> Script:
    return reply(json.dumps({"questions": [{"question": question, "answer": answer, "passage": passage}]}))


def test_a_models_question_is_kept_when_its_article_answers_it(engine: ArticleQueryEngine, serve: Serve) -> None:
    drafter = modelled(engine, serve, asked("When was the Tollister Bridge opened?", "1968"))

    (question,) = [q for q in drafter.draft(5).questions if q.answerable]

    assert (question.question, question.answers, question.gold) == (
        "When was the Tollister Bridge opened?",
        ("1968",),
        ("bridge",),
    )
    span = question.gold_passages[0]
    assert BRIDGE.text[span.start : span.end] == "The bridge was opened in 1968."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param("When was the Tollister Bridge opened?", "in the year 1968", id="not word for word"),
        pytest.param("When was the Tollister Bridge opened?", "19", id="half a number"),
        pytest.param("When was it opened?", "1968", id="not understood alone"),
        pytest.param("Was the Tollister Bridge opened in 1968?", "1968", id="told in the question"),
        pytest.param("What did Yara Dunstall say about the Tollister Bridge?", "It is old", id="not answered"),
    ],
)
def test_a_models_question_is_dropped(engine: ArticleQueryEngine, serve: Serve, question: str, answer: str) -> None:
    assert modelled(engine, serve, asked(question, answer)).draft(5).questions == ()


def test_a_reply_that_cannot_be_read_costs_one_article(engine: ArticleQueryEngine, serve: Serve) -> None:
    drafted = modelled(engine, serve, reply("Here you are: none.")).draft(5)

    assert drafted.questions == ()
    assert drafted.dropped == {"the model's reply could not be read": 2}  # the reprint is the same article


def test_what_was_drafted_before_an_interrupt_is_kept(engine: ArticleQueryEngine) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    drafted = Drafter(engine.store, engine, RuleWriter(engine.store)).draft(5, step=interrupt)

    assert (len(drafted.questions), drafted.fault) == (1, "interrupted")


def test_a_model_that_never_answers_is_the_error(engine: ArticleQueryEngine, serve: Serve) -> None:
    with pytest.raises(ModelAccessError):
        modelled(engine, serve, error(401)).draft(5)
