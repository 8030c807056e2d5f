"""The worker: a process that carries out one order, so that the page and other tabs go on meanwhile.

`python -m ui.articles.worker` reads the order from stdin and says how it goes on stdout, one message a line.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index_store.article import Article
from index_store.care import examine
from index_store.errors import ArticleQAError
from index_store.loading import SkippedInput, load_articles
from index_store.report import IndexReport
from index_store.store import ArticleStore
from qa.configured import configured_index
from qa.logs import start_logging
from ui.articles.order import MESSAGE, ORDER, Message, Order, Outcome, Progress
from ui.articles.staging import without_folder

Tell = Callable[[Message], None]

_PAUSE_S = 0.2  # between two reports of progress
_GENTLY = 10  # nicer than the chat by this much: whoever asks goes first
_INTERRUPTED = 130


def fulfil(order: Order, tell: Tell) -> Outcome:
    """Does what is ordered, and says what came of it; an expected fault is part of that."""
    try:
        return {"index": _index, "remove": _remove, "check": _check}[order.task](order, _Pacer(tell))
    except ArticleQAError as error:
        return Outcome(error=without_folder(str(error), order.data_dir))


class _Pacer:
    """Passes progress on, but no oftener than anybody looks."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._last = ("", 0.0)

    def show(self, doing: str, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if doing == self._last[0] and done != total and now - self._last[1] < _PAUSE_S:
            return
        self._last = (doing, now)
        self._tell(Message(Progress(doing, done, total)))


def _index(order: Order, pacer: _Pacer) -> Outcome:
    articles, skipped = _read(order, pacer)
    if not articles:  # nothing is made where there is nothing to put
        return Outcome(report=IndexReport(), skipped=skipped)

    def show(report: IndexReport) -> None:
        pacer.show("Indexing", report.articles, len(articles))

    pacer.show("Indexing", 0, len(articles))
    index = configured_index(Path(order.data_dir))
    with ArticleStore.create(index.data_dir, index.embedder, index.settings) as store:
        return Outcome(report=store.add(articles, on_progress=show), skipped=skipped)


def _read(order: Order, pacer: _Pacer) -> tuple[tuple[Article, ...], tuple[SkippedInput, ...]]:
    """All that is to be indexed, read whole: only then is it known how much it is."""
    articles, skipped = [], []
    for item in _counted(load_articles(order.names, limit=order.limit), pacer):
        if isinstance(item, Article):
            articles.append(item)
        else:
            told = (without_folder(words, order.data_dir) for words in (item.input, item.reason))
            skipped.append(SkippedInput(*told))
    return tuple(articles), tuple(skipped)


def _counted(items: Iterable[Article | SkippedInput], pacer: _Pacer) -> Iterator[Article | SkippedInput]:
    pacer.show("Reading")
    for count, item in enumerate(items, start=1):
        pacer.show("Reading", count)
        yield item


def _remove(order: Order, pacer: _Pacer) -> Outcome:
    pacer.show("Removing")
    index = configured_index(Path(order.data_dir))
    with ArticleStore(index.data_dir, index.embedder, index.settings) as store:
        return Outcome(removed=store.remove(order.names))


def _check(order: Order, pacer: _Pacer) -> Outcome:
    pacer.show("Checking every part of the index")
    index = configured_index(Path(order.data_dir))
    return Outcome(diagnosis=examine(index.data_dir, index.embedder, index.settings))


def main() -> int:
    """Carries out the order on stdin; whatever else is printed goes to stderr."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(_GENTLY)
    start_logging(os.environ.get("ARTICLE_QA_LOG", "warning").lower())

    def tell(message: Message) -> None:
        channel.write(MESSAGE.dump_json(message) + b"\n")

    try:
        tell(Message(outcome=fulfil(ORDER.validate_json(sys.stdin.buffer.read()), tell)))
    except (BrokenPipeError, KeyboardInterrupt):  # the chat has gone, and nobody listens any more
        return _INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
