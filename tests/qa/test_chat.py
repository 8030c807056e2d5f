import asyncio
from datetime import date

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.chat_engine.types import BaseChatEngine

from qa.engine import ArticleQueryEngine

ASKED = date(2025, 5, 13)
QUESTION = "Why did Tilda Brask close the harbour bridge?"


def test_a_follow_up_is_understood_by_the_conversation(engine: ArticleQueryEngine) -> None:
    chat = engine.as_chat_engine()
    assert isinstance(chat, BaseChatEngine)
    chat.chat(QUESTION, asked_on=ASKED)
    reply = chat.chat("and when?", asked_on=ASKED)
    assert reply.answer is not None
    assert reply.answer.understood == "when did Tilda Brask close the harbour bridge?"
    assert reply.answer.citations[0].article_id == "report"
    assert str(reply) == str(reply.answer)
    assert [message.role.value for message in chat.chat_history] == ["user", "assistant"] * 2


def test_a_history_that_is_given_takes_the_place_of_the_kept_one(engine: ArticleQueryEngine) -> None:
    chat = engine.as_chat_engine()
    chat.chat("who opened the Vell dam?", asked_on=ASKED)
    reply = chat.chat("and when?", [ChatMessage(QUESTION, role=MessageRole.USER)], asked_on=ASKED)
    assert reply.answer is not None
    assert "Brask" in reply.answer.understood


def test_a_refusal_is_nothing_that_a_follow_up_refers_to(engine: ArticleQueryEngine) -> None:
    chat = engine.as_chat_engine()
    assert "The articles" in str(chat.chat("How many submarines did Vellmark send?", asked_on=ASKED))
    reply = chat.chat("And what did Brask say about it?", asked_on=ASKED)
    assert reply.answer is not None
    assert "articles" not in reply.answer.understood


def test_after_a_reset_nothing_is_carried_over(engine: ArticleQueryEngine) -> None:
    chat = engine.as_chat_engine()
    chat.chat(QUESTION, asked_on=ASKED)
    chat.reset()
    reply = chat.chat("and when?", asked_on=ASKED)
    assert reply.answer is not None
    assert reply.answer.understood == "and when?"


def test_a_stream_gives_the_same_text_piece_by_piece(engine: ArticleQueryEngine) -> None:
    reply = engine.as_chat_engine().stream_chat(QUESTION, asked_on=ASKED)
    assert "".join(reply.response_gen) == str(reply.answer)


def test_an_asynchronous_stream_does_too(engine: ArticleQueryEngine) -> None:
    async def read() -> tuple[str, str]:
        reply = await engine.as_chat_engine().astream_chat(QUESTION, asked_on=ASKED)
        return "".join([piece async for piece in reply.async_response_gen()]), str(reply.answer)

    streamed, answer = asyncio.run(read())
    assert streamed == answer


def test_an_asynchronous_chat_answers_alike(engine: ArticleQueryEngine) -> None:
    reply = asyncio.run(engine.as_chat_engine().achat(QUESTION, asked_on=ASKED))
    assert str(reply) == str(engine.query(QUESTION, asked_on=ASKED))
