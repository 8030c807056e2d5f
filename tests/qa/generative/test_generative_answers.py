"""Answers that a model writes, from the question to what the reader sees."""

import pytest
from llama_index.core.llms import MockLLM

from qa.answer import Answer
from qa.engine import ArticleQueryEngine
from qa.errors import ModelSettingsError, UnansweredError
from qa.generative.material import token_bound
from qa.settings import QASettings
from qa.verification import ProblemKind
from tests.qa.conftest import REPORT
from tests.qa.generative.conftest import ASKED, QUESTION, Asked, Writes
from tests.scripted_server import Pause, Received, Script, error, reply, stream

CLOSED = "Tilda Brask closed the harbour bridge after a survey found rust in six cables"
FERRY = "Norlind Lines sent two extra ships"


def passage_of(request: Received, words: str) -> int:
    """The number under which the model was given the passage that holds `words`."""
    before = request.body["messages"][1]["content"].split(words)[0]
    return int(before.rsplit('number="', 1)[1].split('"')[0])


def citing(text: str) -> "Script":
    """A reply that cites the report, under whatever number it was given, where `text` has `{n}`."""
    return lambda request: reply(text.format(n=passage_of(request, "a survey found rust")))  # type: ignore[return-value]


def test_what_the_passages_prove_is_given_with_its_citation(writes: Writes) -> None:
    answer = writes(citing(f"{CLOSED} [{{n}}].")).query()

    assert (answer.mode, answer.refused, answer.incomplete, answer.note) == ("generative", False, False, "")
    assert str(answer) == f"{CLOSED}. [1]"
    assert answer.statements[0].verified
    assert answer.citations[0].article == REPORT
    assert answer.citations[0].quote in REPORT.text
    assert "six cables" in answer.citations[0].quote
    assert answer.usage.prompt_tokens == 7


def test_the_model_is_given_labelled_passages_and_told_to_cite(writes: Writes) -> None:
    asked = writes(citing(f"{CLOSED} [{{n}}]."))
    asked.query()

    system, user = (message["content"] for message in asked.server.requests[0].body["messages"])
    assert REPORT.text in user
    assert "Headline: Harbour bridge closed\nOutlet: The Orrin Post\nAuthor: Ada Oake\nDate: 2025-05-12" in user
    assert user.endswith(f"Date of asking: {ASKED}\n\nQuestion: {QUESTION}")
    assert REPORT.text not in system


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        pytest.param("The bridge has rust in nine cables [{n}].", ProblemKind.NUMBER, id="another number"),
        pytest.param("Brask said: “The bridge is safe.” [{n}]", ProblemKind.QUOTATION, id="an invented quotation"),
        pytest.param("Olof Stenmark closed the bridge [{n}].", ProblemKind.NAME, id="an invented name"),
        pytest.param("Brask closed the bridge [77].", ProblemKind.UNKNOWN_MARKER, id="no such passage"),
        pytest.param("Brask closed the bridge.", ProblemKind.NO_CITATION, id="nothing cited"),
    ],
)
def test_what_the_passages_do_not_prove_is_shown_as_not_verified(
    written: str, kind: ProblemKind, writes: Writes
) -> None:
    answer = writes(citing(f"{CLOSED} [{{n}}]. {written}")).query()

    proven, doubtful = answer.statements
    assert proven.verified
    assert kind in [problem.kind for problem in doubtful.problems]
    assert "(not verified)" in str(answer)
    assert [problem["kind"] for problem in answer.to_json()["statements"][1]["problems"]]


def test_an_answer_without_a_verified_statement_is_none(writes: Writes) -> None:
    answer = writes(citing("Olof Stenmark closed it [{n}].")).query(mode="generative")

    assert answer.refused
    assert "could not be confirmed" in str(answer)
    assert [statement.text for statement in answer.statements] == ["Olof Stenmark closed it."]


def test_in_auto_the_articles_answer_when_the_model_writes_nothing_that_holds(writes: Writes) -> None:
    answer = writes(citing("Olof Stenmark closed it [{n}].")).query()

    assert (answer.mode, answer.refused) == ("extractive", False)
    assert "could not be confirmed" in answer.note
    assert all(citation.quote in citation.article.text for citation in answer.citations)


def test_a_quotation_is_shown_in_the_articles_own_characters(writes: Writes) -> None:
    answer = writes(citing('Brask said: "There are so many wild stories about this bridge" [{n}].')).query()

    assert answer.statements[0].verified
    assert "wild stories about" in answer.citations[0].quote


def test_markers_are_numbered_in_the_order_of_their_first_use(writes: Writes) -> None:
    def write(request: Received) -> Script:
        ferry, dam = passage_of(request, "Norlind"), passage_of(request, "Vell dam")
        return reply(f"Engineers opened the Vell dam at dawn [{dam}]. {FERRY} [{ferry}]. No one was hurt. [{dam}]")

    answer = writes(write).query("What happened at the Vell dam and the harbour bridge?", mode="generative")

    assert [statement.citations[0] for statement in answer.statements][:2] == [1, 2]
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert [answer.citations[0].article_id, answer.citations[1].article_id] == ["dam", "report"]


def test_a_refusal_of_the_model_is_an_answer_with_its_reason(writes: Writes) -> None:
    answer = writes(reply("NOT ANSWERED: The passages do not say what the bridge cost.")).query()

    assert answer.refused
    assert answer.mode == "generative"
    assert answer.reason == "The articles do not answer this. The passages do not say what the bridge cost."


def test_a_refusal_that_tells_something_new_is_cut_to_the_refusal(writes: Writes) -> None:
    answer = writes(reply("NOT ANSWERED: Olof Stenmark stole 900 crowns.")).query()

    assert answer.reason == "The articles do not answer this."


@pytest.mark.parametrize(
    "told",
    [
        "The articles do not say more, but Tilda Brask stole 41 crowns.",
        "The articles do not say who paid; Brask is a thief.",
        "The articles do not say it outright: Brask rusted the cables.",
    ],
)
def test_what_is_said_behind_a_gap_is_not_shown_as_one(told: str, writes: Writes) -> None:
    answer = writes(citing(f"{CLOSED} [{{n}}]. {told}")).query()

    assert answer.statements[1].problems
    assert "(not verified)" in str(answer)


@pytest.mark.parametrize(
    "told", ["The bridge was blown up by Tilda Brask.", "The passages do not say it, but Brask rusted the cables."]
)
def test_a_refusal_tells_a_lack_and_nothing_else(told: str, writes: Writes) -> None:
    assert writes(reply(f"NOT ANSWERED: {told}")).query().reason == "The articles do not answer this."


def test_a_refusal_that_broke_off_is_one(writes: Writes) -> None:
    answered = writes(stream(["NOT ANSWERED: The passages lack the"], then=[]))

    assert answered.stream().answer.mode == "extractive"
    with pytest.raises(UnansweredError):
        answered.stream(mode="generative").answer  # noqa: B018


def test_a_stream_that_is_stopped_before_anything_was_confirmed_is_no_answer(writes: Writes) -> None:
    asked = writes(stream(["Olof Stenmark burned it [1]. More non", "sense"], then=[Pause(60)]), read_timeout_s=60.0)
    coming = asked.stream()
    next(coming)
    coming.stop()

    assert (coming.answer.refused, coming.answer.incomplete) == (True, True)
    assert str(coming.answer) == "It was stopped before anything was confirmed."


def test_layout_of_a_reply_is_no_statement(writes: Writes) -> None:
    answer = writes(citing(f"## Answer\n\n1. {CLOSED} [{{n}}]\n2. {FERRY} [{{n}}]\n```\n")).query()

    assert [statement.text for statement in answer.statements] == ["Answer", CLOSED, FERRY]


def test_what_the_articles_lack_may_be_said_without_a_citation(writes: Writes) -> None:
    answer = writes(citing(f"{CLOSED} [{{n}}]. The articles do not say when the bridge opens.")).query()

    gap = answer.statements[1]
    assert (gap.citations, gap.problems, gap.verified) == ((), (), False)
    assert gap.is_remark
    assert "(the model’s remark)" in str(answer)
    assert not answer.refused


@pytest.mark.parametrize(
    ("script", "says", "requests"),
    [
        pytest.param(error(401), "OPENAI_API_KEY", 1, id="401"),
        pytest.param(error(404), "ARTICLE_QA_MODEL", 1, id="404"),
        pytest.param(error(400, "context_length_exceeded"), "ARTICLE_QA_CONTEXT_TOKENS", 1, id="too long"),
        pytest.param(error(429, retry_after="0"), "busy", 2, id="429"),
        pytest.param(error(500, retry_after="0"), "failed", 2, id="500"),
        pytest.param(reply(None), "wrote nothing", 1, id="null content"),
        pytest.param(reply("Half", finish="content_filter"), "declined", 1, id="content filter"),
    ],
)
def test_a_model_that_fails(script: Script, says: str, requests: int, writes: Writes) -> None:
    asked = writes(script)

    fallen_back = asked.query()
    assert (fallen_back.mode, fallen_back.refused) == ("extractive", False)
    assert says in fallen_back.note
    assert fallen_back.usage.requests == requests
    assert len(asked.server.requests) == requests

    with pytest.raises(UnansweredError, match=says) as raised:
        asked.query(mode="generative")
    assert raised.value.answer.retrieved[0].article == REPORT
    assert raised.value.answer.incomplete


@pytest.mark.parametrize(
    "then",
    [
        pytest.param([], id="no finish reason"),
        pytest.param([b'data: {"error": {"message": "out of memory"}}\n\n'], id="error object"),
        pytest.param([Pause(5)], id="stalled"),
    ],
)
def test_a_stream_that_breaks_off_keeps_what_was_verified(then: list[bytes | Pause], writes: Writes) -> None:
    def write(request: Received) -> Script:
        number = passage_of(request, "a survey found rust")
        return stream([f"{CLOSED} [{number}]. ", "The ferry comp"], then=then)

    answer = writes(write).stream().answer

    assert answer.incomplete
    assert answer.mode == "generative"
    assert answer.note
    assert [statement.verified for statement in answer.statements] == [True, False]
    assert ProblemKind.UNFINISHED in [problem.kind for problem in answer.statements[1].problems]


def test_two_words_that_broke_off_are_no_answer_but_are_kept(writes: Writes) -> None:
    with pytest.raises(UnansweredError, match="without saying that it is complete") as raised:
        writes(stream(["The ", "bridge"], then=[])).stream(mode="generative").answer  # noqa: B018

    answer = raised.value.answer
    assert (answer.incomplete, answer.refused) == (True, True)
    assert [statement.text for statement in answer.statements] == ["The bridge"]
    assert not answer.statements[0].verified


def test_a_statement_is_there_before_the_reply_has_ended(writes: Writes) -> None:
    def write(request: Received) -> Script:
        number = passage_of(request, "a survey found rust")
        return stream([f"{CLOSED} [{number}]. ", "The ferry company sent"], then=[Pause(60)])

    asked = writes(write, read_timeout_s=60.0, total_timeout_s=60.0)
    coming = asked.stream()

    assert str(next(coming)) == f"{CLOSED}. [1]"
    coming.stop()
    assert coming.answer.incomplete
    assert coming.answer.statements[0].verified
    assert asked.server.left.wait(5), "the server must see that nobody listens any more"


def test_a_stream_gives_the_answer_of_a_query(writes: Writes) -> None:
    def write(request: Received) -> Script:
        text = f"{CLOSED} [{passage_of(request, 'a survey found rust')}]. {FERRY} [1, 2]."
        return stream([text[start : start + 5] for start in range(0, len(text), 5)], usage=(11, 5))

    coming = writes(write).stream()

    assert "".join(coming.response_gen) == str(coming.answer)
    assert (coming.answer.usage.requests, coming.answer.usage.completion_tokens) == (1, 5)


def test_without_a_model_auto_is_extractive_and_generative_says_what_to_set(engine: ArticleQueryEngine) -> None:
    assert engine.query(QUESTION, asked_on=ASKED).mode == "extractive"
    with pytest.raises(ModelSettingsError, match="OPENAI_API_KEY"):
        engine.query(QUESTION, asked_on=ASKED, mode="generative")


def test_extractive_asks_no_model(writes: Writes) -> None:
    asked = writes(error(500))

    assert asked.query(mode="extractive").mode == "extractive"
    assert asked.server.requests == []


def test_the_settings_name_the_mode_of_a_question_that_names_none(writes: Writes) -> None:
    asked = writes(error(500), settings=QASettings(mode="extractive"))

    assert asked.query().note == ""
    assert asked.server.requests == []


def test_nothing_is_asked_of_a_model_where_nothing_was_found(writes: Writes) -> None:
    asked = writes(error(500))

    assert asked.query(sources="No Such Outlet").refused
    assert asked.server.requests == []


def test_the_least_relevant_passages_go_when_the_context_is_small(writes: Writes) -> None:
    wide = writes(citing(f"{CLOSED} [{{n}}]."))
    wide.query()
    all_of_it = "".join(message["content"] for message in wide.server.requests[0].body["messages"])
    narrow = writes(citing(f"{CLOSED} [{{n}}]."), context_tokens=1024 + token_bound(all_of_it) - 1)

    assert narrow.query().statements[0].verified
    given = narrow.server.requests[0].body["messages"][1]["content"]
    assert (all_of_it.count('number="'), given.count('number="')) == (3, 2)
    assert REPORT.text in given


def test_a_context_without_room_for_one_passage_is_said(writes: Writes) -> None:
    asked = writes(error(500), context_tokens=1100)

    with pytest.raises(ModelSettingsError, match="ARTICLE_QA_CONTEXT_TOKENS"):
        asked.query(mode="generative")
    assert asked.server.requests == []


def test_any_llama_index_model_can_write(engine: ArticleQueryEngine) -> None:
    answer = ArticleQueryEngine(engine.store, model=MockLLM()).query(QUESTION, asked_on=ASKED, mode="generative")

    assert answer.refused, "it repeats its prompt, which proves nothing"
    assert isinstance(answer, Answer)


def test_an_engine_serves_questions_side_by_side(writes: Writes) -> None:
    def write(request: Received) -> Script:
        return stream([CLOSED, f" [{passage_of(request, 'a survey found rust')}]."])

    asked: Asked = writes(write)
    first, second = asked.stream(), asked.stream()

    assert str(first.answer) == str(second.answer) == f"{CLOSED}. [1]"
