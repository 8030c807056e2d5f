"""The answer stream: an answer statement by statement, as it comes."""

from collections.abc import Callable, Generator, Iterator
from threading import Lock

from index_store.errors import ArticleQAError
from qa.answer import Answer, Statement


class Stopper:
    """Lets whoever reads a stream end it, at any moment and from any thread."""

    def __init__(self) -> None:
        self.stopped = False
        self._end: Callable[[], None] | None = None

    def watch(self, end: Callable[[], None]) -> None:
        """Names what ends the part that is under way; calls it at once when that was asked for already."""
        self._end = end
        if self.stopped:
            end()

    def stop(self) -> None:
        """Ends the writing where it is."""
        self.stopped = True
        if self._end:
            self._end()


class AnswerStream(Iterator[Statement]):
    """Yields the statements of an answer, each checked before it comes; `answer` is the whole.

    What was yielded is not always part of it: when a model writes nothing that can be confirmed, or fails, another
    answer takes its place. Errors are those of `ArticleQueryEngine.query`. Any thread may read it or stop it.
    """

    def __init__(self, steps: Generator[Statement, None, Answer], stopper: Stopper) -> None:
        self._steps = steps
        self._stopper = stopper
        self._reading = Lock()  # whoever stops a stream may read its end while another still waits for its next
        self._answer: Answer | None = None
        self._fault: ArticleQAError | None = None
        self._then: Callable[[Answer], None] | None = None

    def __next__(self) -> Statement:
        with self._reading:
            try:
                return next(self._steps)
            except StopIteration as end:
                self._end(end.value)
                raise
            except ArticleQAError as fault:
                self._fault = fault
                raise

    @property
    def answer(self) -> Answer:
        """The whole answer; what has not been read yet is read first."""
        for _ in self:
            pass
        if self._answer is None:
            raise self._fault or RuntimeError("the stream was left by an error that is not its own")
        return self._answer

    def then(self, told: Callable[[Answer], None]) -> None:
        """Names who is told the whole answer, once, as soon as it is there."""
        self._then = told

    def _end(self, answer: Answer | None) -> None:
        if answer is not None:  # else its end was read before
            self._answer = answer
            if self._then:
                self._then(answer)

    @property
    def response_gen(self) -> Iterator[str]:
        """The text with its markers, as the streams of LlamaIndex give it; of a refusal its reason."""
        blank = ""
        for statement in self:
            yield f"{blank}{statement}"
            blank = " "
        if not blank or self.answer.refused:
            yield f"{blank}{self.answer}"
        elif self.answer.note:
            yield f"{blank}{self.answer.aside}"

    def stop(self) -> None:
        """Ends the answer where it is; `answer` then holds what has come, marked as incomplete."""
        self._stopper.stop()
