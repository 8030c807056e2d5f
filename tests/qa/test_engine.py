import asyncio
from datetime import date

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import QueryBundle
from llama_index.core.tools import QueryEngineTool

from index_store.errors import IndexNotFoundError
from qa import open_engine
from qa.engine import ArticleQueryEngine
from qa.settings import QASettings

ASKED = date(2025, 5, 13)


def test_a_quotation_is_answered_word_for_word_with_its_place(engine: ArticleQueryEngine) -> None:
    answer = engine.query("What did Brask say about the stories?", asked_on=ASKED)
    assert "so many wild stories about this bridge" in str(answer)
    citation = answer.citations[0]
    assert citation.article.title == "Harbour bridge closed"
    assert citation.quote == citation.article.text[citation.start : citation.end]
    assert "stories about\nthis bridge" in citation.quote


def test_every_statement_is_numbered_and_cited(engine: ArticleQueryEngine) -> None:
    answer = engine.query("who closed the bridge?", asked_on=ASKED)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(statement.citations for statement in answer.statements)
    assert str(answer).endswith(f"[{answer.citations[-1].number}]")


def test_what_the_articles_do_not_say_is_refused_with_the_reason(engine: ArticleQueryEngine) -> None:
    answer = engine.query("how many submarines did Vellmark send?", asked_on=ASKED)
    assert answer.refused
    assert "“Vellmark”" in answer.reason
    assert answer.citations == () and answer.statements == ()
    assert str(answer) == answer.reason
    assert answer.retrieved, "the nearest passages are shown with a refusal"


def test_news_of_the_day_of_asking_comes_first(engine: ArticleQueryEngine) -> None:
    retrieved = engine.query("harbour bridge", asked_on=ASKED).retrieved
    assert retrieved[0].article.id == "report"


def test_as_of_hides_what_was_published_later(engine: ArticleQueryEngine) -> None:
    answer = engine.query("what happened to the harbour bridge?", as_of=date(2021, 1, 1))
    assert {passage.article.id for passage in answer.retrieved} == {"old"}


def test_an_empty_scope_is_refused_in_words(engine: ArticleQueryEngine) -> None:
    answer = engine.query("what happened to the bridge?", sources=["Nobody's News"])
    assert answer.refused
    assert "outlets" in answer.reason


def test_an_option_that_does_not_exist_is_an_error(engine: ArticleQueryEngine) -> None:
    with pytest.raises(TypeError, match="asked_onn"):
        engine.query("bridge?", asked_onn=ASKED)


def test_llama_index_may_ask_with_its_own_bundle(engine: ArticleQueryEngine) -> None:
    answer = engine.query(QueryBundle("who opened the dam?"))
    assert isinstance(answer, Response)
    assert answer.source_nodes[0].node.metadata["article_id"] == "dam"


def test_an_agent_tool_takes_the_engine_as_it_is(engine: ArticleQueryEngine) -> None:
    tool = QueryEngineTool.from_defaults(engine, name="articles", description="news")
    assert "Engineers opened the Vell dam" in str(tool.call("who opened the Vell dam?"))


def test_the_asynchronous_answer_is_the_same(engine: ArticleQueryEngine) -> None:
    question = "who opened the Vell dam?"
    assert str(asyncio.run(engine.aquery(question))) == str(engine.query(question))


def test_retrieved_nodes_name_article_and_offsets(engine: ArticleQueryEngine) -> None:
    node = engine.retrieve("Vell dam")[0].node
    article = engine.store.article(node.metadata["article_id"])
    assert article.text[node.metadata["start"] : node.metadata["end"]] == node.get_content()


def test_the_retriever_can_be_used_alone(engine: ArticleQueryEngine) -> None:
    assert engine.as_retriever().retrieve("Vell dam")[0].node.metadata["article_id"] == "dam"


def test_the_answer_as_json_has_the_published_keys(engine: ArticleQueryEngine) -> None:
    row = engine.query("who opened the Vell dam?").to_json()
    assert row["schema"] == 1
    assert set(row) == {
        "schema", "question", "understood", "answer", "refused", "reason", "mode", "incomplete", "statements",
        "citations", "retrieved", "timings_ms", "note", "usage",
    }  # fmt: skip
    assert row["citations"][0]["published"] == "2025-05-20"


def test_opening_an_empty_directory_says_what_to_do(tmp_path: object) -> None:
    with pytest.raises(IndexNotFoundError, match="article-qa index"):
        open_engine(str(tmp_path))


def test_a_follow_up_is_understood_by_the_questions_before(engine: ArticleQueryEngine) -> None:
    answer = engine.query("and when?", asked_on=ASKED, history=["Why did Tilda Brask close the harbour bridge?"])
    assert answer.question == "and when?"
    assert answer.understood == "when did Tilda Brask close the harbour bridge?"
    assert answer.citations[0].article_id == "report"


def test_a_stricter_engine_refuses_what_a_lenient_one_answers(engine: ArticleQueryEngine) -> None:
    question = "how many ferries crossed the bay?"
    lenient, strict = (ArticleQueryEngine(engine.store, QASettings(strictness=share)) for share in (0.0, 1.0))
    assert not lenient.query(question, asked_on=ASKED).refused
    assert strict.query(question, asked_on=ASKED).refused


def test_the_answering_words_are_marked_inside_the_quotation(engine: ArticleQueryEngine) -> None:
    citation = engine.query("how many cables were rusted?", asked_on=ASKED).citations[0]
    assert citation.answer is not None
    assert "six" in citation.article.text[slice(*citation.answer)]


def test_an_answer_explains_itself(engine: ArticleQueryEngine) -> None:
    explanation = engine.query("who closed the bridge on Monday?", asked_on=ASKED).explanation
    assert explanation is not None
    assert explanation.reading["period"].endswith("(on Monday)")
    assert explanation.evidence is not None and 0 < explanation.evidence < 1
    assert explanation.candidates[0].kept and explanation.candidates[0].why == "answers best"
    assert "Passages found" in explanation.to_text()


def test_another_years_event_is_no_answer(engine: ArticleQueryEngine) -> None:
    lenient = ArticleQueryEngine(engine.store, QASettings(strictness=0.1))
    assert not lenient.query("who closed the harbour bridge in 2025?", asked_on=ASKED).refused
    assert lenient.query("who closed the harbour bridge in 1931?", asked_on=ASKED).refused


def test_the_most_lenient_refusal_still_has_its_reason(engine: ArticleQueryEngine) -> None:
    answer = ArticleQueryEngine(engine.store, QASettings(strictness=0.0)).query("who closed the bridge in 1931?")
    assert answer.refused
    assert answer.reason
