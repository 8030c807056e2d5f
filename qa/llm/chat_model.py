"""The chat model: what the synthesizer asks."""

from typing import Protocol

from prompts import Prompt
from qa.llm.reply import Reply, ReplyStream


class ChatModel(Protocol):
    """A model that answers a prompt; one instance serves any number of threads."""

    @property
    def name(self) -> str:
        """What is shown."""

    @property
    def context_tokens(self) -> int:
        """Tokens of prompt and reply together that the model reads."""

    @property
    def max_output_tokens(self) -> int:
        """Tokens of these that are kept free for the reply."""

    def complete(self, prompt: Prompt) -> Reply:
        """The whole reply.

        Raises:
            ModelError: one of its kinds in qa/errors.py.
        """

    def stream(self, prompt: Prompt) -> ReplyStream:
        """The reply in pieces; nothing is sent before the first is asked for."""
