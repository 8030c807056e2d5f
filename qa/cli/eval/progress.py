"""Progress of a run on stderr: a bar on a terminal, and else a line now and then."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import click

_LINE_EVERY_S = 30.0  # a log of an hour has 120 of them, and one of a short run none


@contextmanager
def progress(kept: int, total: int, done: str = "asked") -> Iterator[Callable[[], None]]:
    """A function to call after each question; `kept` of the `total` are done already."""
    if not sys.stderr.isatty():
        yield _Lines(kept, total, done).step
        return
    with click.progressbar(length=total, label=done.capitalize(), show_pos=True, file=sys.stderr) as bar:
        bar.update(kept)
        yield lambda: bar.update(1)


class _Lines:
    def __init__(self, kept: int, total: int, done: str) -> None:
        self._done, self._total, self._verb, self._shown = kept, total, done, monotonic()

    def step(self) -> None:
        self._done += 1
        if monotonic() - self._shown >= _LINE_EVERY_S:
            self._shown = monotonic()
            click.echo(f"{self._verb} {self._done} of {self._total} questions", err=True)
