"""The door to LlamaIndex: any of its `LLM` objects as a chat model."""

import gc
from collections.abc import Generator, Iterator
from contextlib import suppress

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, LLMMetadata, MessageRole
from llama_index.core.llms import LLM
from pydantic import BaseModel, SecretStr

from index_store.endpoint import Target, fault_of
from prompts import Prompt
from qa.errors import ModelError, ModelReplyError, ModelUnavailableError
from qa.llm.payload import Delta, read_payload, read_usage
from qa.llm.reply import CHARACTERS, Reply, ReplyStream, whole_reply

_MAX_OUTPUT_TOKENS = 1024  # where the object names no limit of its own
_UNREADABLE = (AttributeError, IndexError, KeyError, TypeError)  # what integrations stumble over in a broken reply


class LlamaIndexModel:
    """A LlamaIndex `LLM`, built with the server, the key, the limits and the retries that its owner wants.

    Its deadlines are its own: none of the variables ARTICLE_QA_…_TIMEOUT_S holds for it, and what was begun cannot be
    left from outside, so give the object a timeout. A server that sends a little now and then may outlast that one;
    whoever streams can `close`. As nobody told it the greatest length of a reply, one is cut off only where it is
    longer than `context_tokens` can be.

    Its faults come out as the `ModelError`s of qa/errors.py, and without the vendor's exception, which may hold the
    key. The limits of tokens are asked of the object unless they are given here; asking may be a request to its server,
    and fails as one.
    """

    def __init__(self, llm: LLM, *, context_tokens: int | None = None, max_output_tokens: int | None = None) -> None:
        self.llm = llm
        given = context_tokens and max_output_tokens
        described = LLMMetadata(model_name=str(getattr(llm, "model", ""))) if given else self._described()
        self.target = Target(described.model_name or type(llm).__name__, None, _secret(llm))
        self.name = self.target.shown_model
        self.context_tokens = context_tokens or described.context_window
        most = described.num_output if described.num_output > 0 else _MAX_OUTPUT_TOKENS
        self.max_output_tokens = max_output_tokens or min(most, self.context_tokens // 2)

    def complete(self, prompt: Prompt) -> Reply:
        """The whole reply; its errors are the `ModelError`s of qa/errors.py."""
        return whole_reply(_Request(self, prompt, streamed=False))

    def stream(self, prompt: Prompt) -> ReplyStream:
        """The reply in pieces; nothing is sent before the first is asked for."""
        return ReplyStream(_Request(self, prompt, streamed=True))

    def translated(self, error: Exception) -> ModelError:
        """What an exception of the object means; any other than those known says only that it failed."""
        target = Target(str(getattr(self.llm, "model", "")) or type(self.llm).__name__, None, _secret(self.llm))
        fault = fault_of(error, target)
        if fault:
            return fault.error
        if isinstance(error, _UNREADABLE):
            return ModelReplyError(f"{target.server} answered with something that cannot be read")
        said = target.quoted(error)
        return ModelUnavailableError(
            f"model {target.shown_model!r} failed: {type(error).__name__}{': ' if said else ''}{said}"
        )

    def _described(self) -> LLMMetadata:
        try:
            return self.llm.metadata
        except Exception as error:  # noqa: BLE001 - whoever wrote the integration chose what it raises
            fault = self.translated(error)
        raise fault  # outside of the handler, so that it does not bring the vendor's along


def _secret(llm: LLM) -> SecretStr | None:
    key = getattr(llm, "api_key", None)
    return SecretStr(key) if isinstance(key, str) and key else None


class _Request:
    """One question to the object; a `Source` of a reply."""

    def __init__(self, model: LlamaIndexModel, prompt: Prompt, *, streamed: bool) -> None:
        self.target = model.target
        self.most_characters = CHARACTERS * model.context_tokens
        self.requests = 0  # the object does not say how often it asked again
        self.begun = self.streamed = False
        self._asked, self._in_pieces, self._written = model, streamed, ""
        self._messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
            ChatMessage(role=MessageRole.USER, content=prompt.user),
        ]
        self._responses: Generator[ChatResponse, None, None] = self._respond()
        self._closed = self._ended = False

    def __iter__(self) -> Iterator[Delta]:
        self.requests = 1
        fault = None
        try:
            for response in self._responses:
                if self._closed:
                    return
                delta = self._delta(response)
                self.begun = self._in_pieces
                yield delta
            self._ended = True
        except Exception as error:  # noqa: BLE001 - whoever wrote the integration chose what it raises
            fault = self._asked.translated(error)
        if fault and not self._closed:
            raise fault  # outside of the handler, so that it does not bring the vendor's along

    def close(self) -> None:
        self._closed = True
        with suppress(ValueError):  # in use by another thread, which sees the mark at the next piece
            self._responses.close()
        if self.begun and not self._ended:
            gc.collect()  # the SDK's stream refers to itself: it lets its connection go when it is collected

    def _respond(self) -> Generator[ChatResponse, None, None]:
        if self._in_pieces:
            yield from self._asked.llm.stream_chat(self._messages)
        else:
            yield self._asked.llm.chat(self._messages)

    def _delta(self, response: ChatResponse) -> Delta:
        raw = response.raw.model_dump() if isinstance(response.raw, BaseModel) else response.raw
        raw = raw if isinstance(raw, dict) else {}
        read = read_payload(raw) or Delta()
        self.streamed = self._in_pieces and ("choices" in raw or "done" in raw)  # such a server says what is the end
        usage = read.usage or read_usage(response.additional_kwargs)
        finish = read.finish or str((raw.get("done") and raw.get("done_reason")) or "")
        return Delta(self._text(response), read.refusal, finish, usage, read.model)

    def _text(self, response: ChatResponse) -> str:
        """What this response adds; some objects give only all that was written until now."""
        if self._in_pieces and response.delta is not None:
            return response.delta
        before, self._written = self._written, response.message.content or ""
        return self._written[len(before) :]
