"""The writing of an answer: a model's reply, turned into checked statements while it comes."""

from collections.abc import Iterator
from typing import Protocol

from prompts import Prompt
from qa.answer import Statement
from qa.errors import ModelError, ReplyFilteredError, ReplyInterruptedError
from qa.generative.editor import Editor
from qa.generative.sentences import SentenceReader, WrittenSentence
from qa.instrumentation import checked
from qa.llm import ChatModel, Usage


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
        except ReplyInterruptedError as error:
            self.usage = error.usage
            yield error.partial
            raise
        self.usage = reply.usage
        yield reply.text

    def close(self) -> None:
        """Nothing to stop: the reply is there or not yet asked for."""


class Writing:
    """Iterates over the statements of one reply, each as soon as it has been checked."""

    def __init__(self, editor: Editor, pieces: Pieces) -> None:
        self.editor = editor
        self._pieces = pieces
        self.fault: ModelError | None = None  # why the reply ended early
        self.stopped = False

    @property
    def usage(self) -> Usage:
        """What the reply has cost until now."""
        return self._pieces.usage

    @property
    def incomplete(self) -> bool:
        """Whether the reply ended before its end."""
        return self.stopped or self.fault is not None

    def stop(self) -> None:
        """Ends the reply where it is; what has come is kept."""
        self.stopped = True
        self._pieces.close()

    def __iter__(self) -> Iterator[Statement]:
        reader = SentenceReader()
        try:
            for piece in self._pieces:
                yield from self._edited(reader.feed(piece))
        except ModelError as error:
            self.fault = error
        if isinstance(self.fault, ReplyFilteredError):
            self.editor.discard()
            return
        yield from self._edited(reader.finish(whole=not self.incomplete))

    def _edited(self, sentences: Iterator[WrittenSentence]) -> Iterator[Statement]:
        for sentence in sentences:
            statement = self.editor.edit(sentence)
            if statement:
                checked(statement)
                yield statement
