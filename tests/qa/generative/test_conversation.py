"""Conversations whose answers a model writes: follow-ups, numbers that stay, and what it all costs."""

import pytest

from qa.errors import UnansweredError
from tests.qa.generative.conftest import ASKED, QUESTION, Writes
from tests.qa.generative.test_generative_answers import CLOSED, FERRY, citing, passage_of
from tests.scripted_server import Received, Script, error, reply


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
