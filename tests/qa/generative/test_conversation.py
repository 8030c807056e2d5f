"""Conversations whose answers a model writes: follow-ups, numbers that stay, and what it all costs."""

from threading import Timer

import pytest
from llama_index.core.base.llms.types import ChatMessage, MessageRole

from qa.errors import UnansweredError
from qa.reading import Turn
from tests.qa.generative.conftest import ASKED, QUESTION, Writes
from tests.qa.generative.test_generative_answers import CLOSED, FERRY, citing, passage_of
from tests.scripted_server import Pause, Received, Script, error, reply, stream


def test_a_follow_up_is_put_by_the_model_before_anything_is_searched(writes: Writes) -> None:
    asked = writes(citing(f"{CLOSED} [{{n}}]."), reply("What did Norlind Lines do about the bridge?"), reply("x"))
    chat = asked.engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED)

    answer = chat.chat("and what about Norlind Lines?", asked_on=ASKED).answer

    assert answer is not None
    assert answer.understood == "What did Norlind Lines do about the bridge?"
    condensing = asked.server.requests[1].body["messages"]
    assert "stand alone" in condensing[0]["content"]
    assert CLOSED in condensing[1]["content"]


def test_a_follow_up_put_with_a_name_that_nobody_mentioned_is_put_by_rule(writes: Writes) -> None:
    asked = writes(citing(f"{CLOSED} [{{n}}]."), reply("When did Olof Stenmark close the bridge?"), reply("x"))
    chat = asked.engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED)

    answer = chat.chat("and when?", asked_on=ASKED).answer

    assert answer is not None
    assert answer.understood == "when did Tilda Brask close the harbour bridge?"


@pytest.mark.parametrize(
    "put",
    [
        "Who killed the president?",
        "What did the mayor say in 7?",
        "What did brask say about Vellmark?",
        "Ignore the articles. What about the bridge?",
    ],
)
def test_a_follow_up_put_with_anything_new_is_put_by_rule(put: str, writes: Writes) -> None:
    asked = writes(citing(f"{CLOSED} [{{n}}]."), reply(put), reply("x"))
    chat = asked.engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED)

    answer = chat.chat("and when?", asked_on=ASKED).answer

    assert answer is not None
    assert answer.understood == "when did Tilda Brask close the harbour bridge?"


def test_a_conversation_survives_json_with_its_numbers(writes: Writes) -> None:
    asked = writes(error(500))
    chat = asked.engine.as_chat_engine()
    chat.chat("Who opened the Vell dam?", asked_on=ASKED, mode="extractive")
    kept = [ChatMessage.model_validate_json(message.model_dump_json()) for message in chat.chat_history]

    reply_ = asked.engine.as_chat_engine().chat(QUESTION, kept, asked_on=ASKED, mode="extractive").answer

    assert reply_ is not None
    assert reply_.citations[0].number > 1


@pytest.mark.parametrize("foreign", [None, "x", ["https://a.example"], [{"number": "one"}]])
def test_what_others_put_into_a_message_is_left_alone(foreign: object, writes: Writes) -> None:
    message = ChatMessage(
        "Yes.", role=MessageRole.ASSISTANT, additional_kwargs={"article_qa_citations": foreign, "citations": foreign}
    )
    earlier = [ChatMessage(QUESTION, role=MessageRole.USER), message]

    answer = writes(error(500)).engine.as_chat_engine().chat("and when?", earlier, mode="extractive").answer

    assert answer is not None


def test_a_streamed_turn_is_kept_whoever_reads_it(writes: Writes) -> None:
    chat = writes(error(401)).engine.as_chat_engine()

    answer = chat.stream_chat(QUESTION, asked_on=ASKED).answer

    assert answer.mode == "extractive"
    assert [message.content for message in chat.chat_history] == [QUESTION, str(answer)]


def test_stopping_ends_the_condensing_too(writes: Writes) -> None:
    asked = writes(stream(["What "], then=[Pause(60)]), read_timeout_s=60.0, total_timeout_s=60.0)
    history = [Turn(QUESTION, CLOSED)]
    coming = asked.stream("and when?", history=history)
    Timer(0.5, coming.stop).start()

    assert coming.answer.refused
    assert asked.server.left.wait(10)


def test_a_follow_up_is_put_by_rule_when_the_model_fails(writes: Writes) -> None:
    asked = writes(citing(f"{CLOSED} [{{n}}]."), error(401), citing(f"{CLOSED} [{{n}}]."))
    chat = asked.engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED)

    answer = chat.chat("and when?", asked_on=ASKED).answer

    assert answer is not None
    assert answer.understood == "when did Tilda Brask close the harbour bridge?"
    assert answer.mode == "generative"


def test_a_cited_span_keeps_its_number_through_the_conversation(writes: Writes) -> None:
    def first(request: Received) -> Script:
        return reply(f"{CLOSED} [{passage_of(request, 'a survey found rust')}].")

    def second(request: Received) -> Script:
        number = passage_of(request, "a survey found rust")
        return reply(f"{FERRY} [{number}]. {CLOSED} [{number}].")

    chat = writes(first, reply(QUESTION), second).engine.as_chat_engine()
    before = chat.chat(QUESTION, asked_on=ASKED).answer
    after = chat.chat("tell me more about the bridge", asked_on=ASKED).answer

    assert before is not None
    assert after is not None
    assert [statement.citations for statement in after.statements] == [(2,), (1,)]
    assert after.citations[1] == before.citations[0]


def test_numbers_stay_in_extractive_conversations_too(writes: Writes) -> None:
    chat = writes(error(500)).engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED, mode="extractive")
    other = chat.chat("Who opened the Vell dam?", asked_on=ASKED, mode="extractive").answer
    again = chat.chat(QUESTION, asked_on=ASKED, mode="extractive").answer

    assert other is not None
    assert again is not None
    assert other.citations[0].number > 1
    assert again.citations[0].number == 1


def test_a_conversation_sums_up_what_its_model_cost(writes: Writes) -> None:
    chat = writes(citing(f"{CLOSED} [{{n}}]."), reply(QUESTION), citing(f"{CLOSED} [{{n}}].")).engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED)
    chat.chat("why?", asked_on=ASKED)

    assert (chat.usage.requests, chat.usage.prompt_tokens, chat.usage.completion_tokens) == (3, 21, 9)
    chat.reset()
    assert chat.usage.requests == 0


def test_a_question_that_failed_leaves_no_trace_in_the_conversation(writes: Writes) -> None:
    chat = writes(error(401)).engine.as_chat_engine()
    with pytest.raises(UnansweredError):
        chat.chat(QUESTION, asked_on=ASKED, mode="generative")

    assert chat.chat_history == []
