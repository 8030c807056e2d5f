"""The chat engine: a conversation in which a follow-up is understood by what came before."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from dataclasses import dataclass
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse

from qa.answer import Answer
from qa.engine import ArticleQueryEngine
from qa.reading import Turn


@dataclass
class ChatAnswer(AgentChatResponse):
    """A LlamaIndex chat response that carries the answer with its citations."""

    answer: Answer | None = None


@dataclass
class StreamedChatAnswer(StreamingAgentChatResponse):
    """A LlamaIndex streaming response that carries the answer with its citations; it comes statement by statement."""

    answer: Answer | None = None


class ArticleChatEngine(BaseChatEngine):
    """Asks an engine with the conversation so far; a LlamaIndex chat engine.

    The calls take the options of `ArticleQueryEngine.query` as keywords. A `chat_history` that is given takes the
    place of the one that is kept.
    """

    def __init__(self, engine: ArticleQueryEngine) -> None:
        self._engine = engine
        self._history: list[ChatMessage] = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The messages so far, oldest first."""
        return list(self._history)

    def reset(self) -> None:
        """Forgets the conversation."""
        self._history.clear()

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any) -> ChatAnswer:
        """The answer to a message."""
        answer = self._ask(message, chat_history, options)
        return ChatAnswer(str(answer), source_nodes=answer.source_nodes, answer=answer)

    def stream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any
    ) -> StreamedChatAnswer:
        """The answer to a message, piece by piece through `response_gen`."""
        return _streamed(self._ask(message, chat_history, options))

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any) -> ChatAnswer:
        """The answer to a message."""
        return await asyncio.to_thread(self.chat, message, chat_history, **options)

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any
    ) -> StreamedChatAnswer:
        """The answer to a message, piece by piece through `async_response_gen`."""
        return _streamed(await asyncio.to_thread(self._ask, message, chat_history, options))

    def _ask(self, message: str, chat_history: list[ChatMessage] | None, options: dict[str, Any]) -> Answer:
        if chat_history is not None:
            self._history = list(chat_history)
        answer = self._engine.query(message, history=turns(self._history), **options)
        self._history += [
            ChatMessage(message, role=MessageRole.USER),
            ChatMessage(str(answer), role=MessageRole.ASSISTANT),
        ]
        return answer


def turns(messages: Sequence[ChatMessage]) -> tuple[Turn, ...]:
    """The questions among the messages, each with the reply that follows it."""
    found: list[Turn] = []
    for message in messages:
        if message.role is MessageRole.USER:
            found.append(Turn(message.content or ""))
        elif message.role is MessageRole.ASSISTANT and found:
            found[-1] = Turn(found[-1].question, message.content or "")
    return tuple(found)


def _streamed(answer: Answer) -> StreamedChatAnswer:
    return StreamedChatAnswer(
        chat_stream=_pieces(answer),
        achat_stream=_apieces(answer),
        source_nodes=answer.source_nodes,
        is_writing_to_memory=False,  # the history has it already
        answer=answer,
    )


def _pieces(answer: Answer) -> Generator[ChatResponse, None, None]:
    parts = [str(answer)] if answer.refused else [str(statement) for statement in answer.statements]
    said = ""
    for part in parts:
        delta = f" {part}" if said else part
        said += delta
        yield ChatResponse(message=ChatMessage(said, role=MessageRole.ASSISTANT), delta=delta)


async def _apieces(answer: Answer) -> AsyncGenerator[ChatResponse, None]:
    for piece in _pieces(answer):
        yield piece
