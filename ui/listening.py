"""Listening to an answer that is still being written, without holding up the page."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue

from index_store.errors import ArticleQAError
from qa.answer import Statement
from qa.stream import AnswerStream

_MOMENT_S = 0.2  # how long a click on "Stop" may go unnoticed


def listen(stream: AnswerStream) -> Generator[Statement | None, None, None]:
    """The statements as they come, and None each moment that brings none; the stream ends when this does.

    What draws the page gets its turn each time, which is where Streamlit can break off a run. An expected fault stays
    with the stream.
    """
    come: SimpleQueue[Statement] = SimpleQueue()
    with ThreadPoolExecutor(max_workers=1) as pool:
        reading = pool.submit(_read, stream, come)
        try:
            yield from _until_read(reading, come)
            fault = reading.exception()
            if fault and not isinstance(fault, ArticleQAError):
                raise fault
        finally:
            stream.stop()


def _until_read(reading: "Future[None]", come: "SimpleQueue[Statement]") -> Generator[Statement | None, None, None]:
    while not (reading.done() and come.empty()):
        try:
            yield come.get(timeout=_MOMENT_S)
        except Empty:
            yield None


def _read(stream: AnswerStream, come: "SimpleQueue[Statement]") -> None:
    for statement in stream:
        come.put(statement)
