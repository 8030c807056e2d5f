"""The writing of an answer: a model's reply, turned into checked statements while it comes."""

from collections.abc import Iterator

from qa.answer import Statement
from qa.errors import ModelError, ReplyFilteredError
from qa.generative.editor import Editor
from qa.generative.pieces import Pieces
from qa.generative.sentences import SentenceReader, WrittenSentence
from qa.instrumentation import checked
from qa.llm import Usage


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
        else:
            yield from self._edited(reader.finish(whole=not self.incomplete))

    def _edited(self, sentences: Iterator[WrittenSentence]) -> Iterator[Statement]:
        for sentence in sentences:
            statement = self.editor.edit(sentence)
            if statement:
                checked(statement)
                yield statement
