"""The chat engine: a conversation in which a follow-up is understood by what came before."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from pydantic import TypeAdapter, ValidationError

from qa.answer import Answer
from qa.citation import CitedSpan
from qa.engine import ArticleQueryEngine
from qa.llm import Usage
from qa.reading import Turn
from qa.stream import AnswerStream

_CITED = "article_qa_citations"  # where a message keeps what its numbers stand for, in values that JSON has
_REFUSED = "article_qa_refused"
_SPANS = TypeAdapter(tuple[CitedSpan, ...])


@dataclass
class ChatAnswer(AgentChatResponse):
    """A LlamaIndex chat response that carries the answer with its citations."""

    answer: Answer | None = None


@dataclass
class StreamedChatAnswer(StreamingAgentChatResponse):
    """A LlamaIndex streaming response; it comes statement by statement, each checked before."""

    stream: AnswerStream | None = None

    @property
    def answer(self) -> Answer:
        """The whole answer; what has not been read yet is read first."""
        if self.stream is None:
            raise ValueError("this response was not made by a conversation")
        return self.stream.answer

    def stop(self) -> None:
        """Ends the answer where it is."""
        if self.stream:
            self.stream.stop()


class ArticleChatEngine(BaseChatEngine):
    """Asks an engine with the conversation so far; a LlamaIndex chat engine.

    The calls take the options of `ArticleQueryEngine.query` as keywords. A `chat_history` that is given takes the
    place of the one that is kept. A cited span keeps its number through the conversation.
    """

    def __init__(self, engine: ArticleQueryEngine) -> None:
        self._engine = engine
        self._history: list[ChatMessage] = []
        self._usage = Usage()

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The messages so far, oldest first."""
        return list(self._history)

    @property
    def usage(self) -> Usage:
        """What a model's part in the conversation has cost since its beginning or the last `reset`."""
        return self._usage

    def reset(self) -> None:
        """Forgets the conversation."""
        self._history.clear()
        self._usage = Usage()

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any) -> ChatAnswer:
        """The answer to a message."""
        answer = self._engine.query(message, history=self._earlier(chat_history), **options)
        self._keep(message, answer)
        return ChatAnswer(str(answer), source_nodes=answer.source_nodes, answer=answer)

    def stream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any
    ) -> StreamedChatAnswer:
        """The answer to a message, piece by piece through `response_gen`; it is kept when it has been read."""
        stream = self._engine.stream(message, history=self._earlier(chat_history), **options)
        stream.then(lambda answer: self._keep(message, answer))
        return StreamedChatAnswer(
            chat_stream=_pieces(stream),
            achat_stream=_asynchronous(_pieces(stream)),
            is_writing_to_memory=False,  # the conversation is kept here
            stream=stream,
        )

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any) -> ChatAnswer:
        """The answer to a message."""
        return await asyncio.to_thread(self.chat, message, chat_history, **options)

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None, **options: Any
    ) -> StreamedChatAnswer:
        """The answer to a message, piece by piece through `async_response_gen`."""
        return self.stream_chat(message, chat_history, **options)

    def _earlier(self, chat_history: list[ChatMessage] | None) -> tuple[Turn, ...]:
        if chat_history is not None:
            self._history = list(chat_history)
        return turns(self._history)

    def _keep(self, message: str, answer: Answer) -> None:
        reply = ChatMessage(
            str(answer),
            role=MessageRole.ASSISTANT,
            additional_kwargs=_kept(answer),
        )
        self._history += [ChatMessage(message, role=MessageRole.USER), reply]
        self._usage += answer.usage


def _pieces(stream: AnswerStream) -> Generator[ChatResponse, None, None]:
    said = ""
    for delta in stream.response_gen:
        said += delta
        yield ChatResponse(message=ChatMessage(said, role=MessageRole.ASSISTANT), delta=delta)


def turns(messages: Sequence[ChatMessage]) -> tuple[Turn, ...]:
    """The questions among the messages, each with the reply that follows it."""
    found: list[Turn] = []
    for message in messages:
        if message.role is MessageRole.USER:
            found.append(Turn(message.content or ""))
        elif message.role is MessageRole.ASSISTANT and found:
            kept = message.additional_kwargs
            told = "" if kept.get(_REFUSED) is True else message.content or ""  # a refusal answers nothing
            found[-1] = Turn(found[-1].question, told, _spans(kept.get(_CITED)))
    return tuple(found)


def _kept(answer: Answer) -> dict[str, Any]:
    return {_CITED: [asdict(citation.span) for citation in answer.citations], _REFUSED: answer.refused}


def _spans(kept: object) -> tuple[CitedSpan, ...]:
    """What a message kept; a message that others made may hold anything there."""
    try:
        return _SPANS.validate_python(kept)
    except ValidationError:
        return ()


async def _asynchronous(pieces: Iterator[ChatResponse]) -> AsyncGenerator[ChatResponse, None]:
    while piece := await asyncio.to_thread(next, pieces, None):
        yield piece
