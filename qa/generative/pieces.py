"""The pieces of a reply: as they come, or all at once."""

from collections.abc import Iterator
from typing import Protocol

from prompts import Prompt
from qa.errors import ModelError, ReplyInterruptedError
from qa.llm import ChatModel, Usage, usage_of


class Pieces(Protocol):
    """A reply in pieces, as `qa.llm.ReplyStream` is one."""

    @property
    def usage(self) -> Usage:
        """What the reply has cost until now."""

    def __iter__(self) -> Iterator[str]:
        """Raises `ModelError`s."""

    def close(self) -> None:
        """Stops the reply; there are no more pieces then, and no error."""


class WholeReply:
    """A reply that comes in one piece: nobody waits for its beginning."""

    def __init__(self, model: ChatModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt
        self.usage = Usage()

    def __iter__(self) -> Iterator[str]:
        try:
            reply = self._model.complete(self._prompt)
        except ModelError as error:
            self.usage = usage_of(error)
            if isinstance(error, ReplyInterruptedError):
                yield error.partial
            raise
        self.usage = reply.usage
        yield reply.text

    def close(self) -> None:
        """Nothing to stop: the reply is there or not yet asked for."""


def ask(model: ChatModel, prompt: Prompt, *, streamed: bool) -> Pieces:
    """The reply to a prompt; nothing is sent before its first piece is asked for."""
    return model.stream(prompt) if streamed else WholeReply(model, prompt)
