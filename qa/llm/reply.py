"""The reply: what a model writes, whole or piece by piece."""

from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from types import TracebackType
from typing import Protocol

from index_store.endpoint import Target
from qa.errors import ModelError, ModelReplyError, ReplyFilteredError, ReplyInterruptedError
from qa.llm.payload import Delta
from qa.llm.secret import SecretFilter
from qa.llm.thinking import ThinkingFilter
from qa.llm.usage import Usage

CHARACTERS = 16  # a token has at most, on average; about 4 in English


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that came to its end."""

    text: str  # without a reasoning model's thoughts, and without the key that the server was sent
    usage: Usage
    model: str  # as the server names it


class Source(Protocol):
    """Where a reply comes from: a request that may be under way."""

    @property
    def target(self) -> Target:
        """What is asked."""

    @property
    def most_characters(self) -> int:
        """Of a reply, with its thoughts; a longer one is an error of the server."""

    @property
    def requests(self) -> int:
        """Made until now."""

    @property
    def begun(self) -> bool:
        """Whether a piece has come."""

    @property
    def streamed(self) -> bool:
        """Whether it comes in pieces, the last of which must say why it is the last."""

    def __iter__(self) -> Iterator[Delta]:
        """Makes the request; raises `ModelError`."""

    def close(self) -> None:
        """Stops it at once, from any thread."""


class ReplyStream(Iterator[str]):
    """The pieces of a reply as they come; `text` and `usage` are up to date after each.

    The key that the server was sent is shown in no piece: what may be its beginning waits for the next one.

    The request is made when the first piece is asked for. Iterating raises `ModelError`s: before anything has come as
    `ChatModel.complete` does; afterwards `ReplyInterruptedError`, or `ReplyFilteredError`; each has the `usage`. After
    `close`, which any thread may call and which breaks the connection, there are no more pieces, and no error.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pieces = self._read()
        self._finish = self._refusal = ""
        self._tokens: Usage | None = None
        self._room = source.most_characters
        self._started = self._ended = 0.0
        self._closed = False
        self.text = ""
        self.model = source.target.shown_model

    def __next__(self) -> str:
        return next(self._pieces)

    def __enter__(self) -> "ReplyStream":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def usage(self) -> Usage:
        """What the reply has cost until now; tokens are reported at its end, if at all."""
        requests = self._source.requests
        seconds = (self._ended or monotonic()) - self._started if self._started else 0.0
        tokens = self._tokens or Usage(known=requests == 0)
        return replace(tokens, requests=requests, seconds=seconds)

    def close(self) -> None:
        """Stops the reply at once."""
        self._closed = True
        self._source.close()
        with suppress(ValueError):  # under way in another thread, which ends it
            self._pieces.close()

    def _read(self) -> Generator[str, None, None]:
        self._started = monotonic()
        thinking, secret = ThinkingFilter(), SecretFilter(self._source.target.key)
        fault = None
        try:
            for delta in self._source:
                yield from self._grown(secret.feed(thinking.feed(self._noted(delta))))
                if self._room < 0:
                    self._source.close()
                    break
            yield from self._grown(secret.feed(thinking.flush()))
        except ModelError as error:
            fault = error
        finally:
            self._ended = monotonic()
        yield from self._grown(secret.flush())
        failure = None if self._closed else self._judge(fault)
        if failure:
            failure.usage = self.usage
            raise failure

    def _noted(self, delta: Delta) -> str:
        self._finish = delta.finish or self._finish
        self._refusal += delta.refusal[: max(0, self._room)]
        text = delta.text[: max(0, self._room)]
        self._room -= len(delta.text) + len(delta.refusal)
        self._tokens = delta.usage or self._tokens
        self.model = self._source.target.quoted(delta.model) or self.model
        return text

    def _grown(self, piece: str) -> Iterator[str]:
        if piece and not self._closed:
            self.text += piece
            yield piece

    def _judge(self, fault: ModelError | None) -> ModelError | None:
        """What is wrong with the reply; a fault after its end has taken nothing from it."""
        target = self._source.target
        name = f"model {target.shown_model!r}"
        if fault and not self._finish:
            return self._interrupted(f"the reply broke off: {fault}") if self._source.begun else fault
        if self._refusal or self._finish == "content_filter":
            said = target.quoted(self._refusal)
            reason = f": {said}" if said else ""
            return ReplyFilteredError(f"{name} or its server's filter declined to write this{reason}; ask otherwise")
        if self._room < 0:
            return self._interrupted(f"the reply of {name} is longer than asked for; {target.model_advice}")
        if self._finish == "length":
            text = f"the reply of {name} reached its limit; raise ARTICLE_QA_MAX_OUTPUT_TOKENS"
            return self._interrupted(text, at_limit=True)
        if self._source.streamed and not self._finish:
            return self._interrupted(f"the reply of {name} ended without saying that it is complete; ask again")
        if not self.text.strip():
            return ModelReplyError(f"{name} wrote nothing; ask again, or name another model")
        return None

    def _interrupted(self, message: str, *, at_limit: bool = False) -> ReplyInterruptedError:
        return ReplyInterruptedError(message, self.text, self.usage, at_limit=at_limit)


def whole_reply(source: Source) -> Reply:
    """All of it, when it has come to its end; the errors are those of `ReplyStream`."""
    with ReplyStream(source) as stream:
        for _ in stream:
            pass
        return Reply(stream.text, stream.usage, stream.model)
