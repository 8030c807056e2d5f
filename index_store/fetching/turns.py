"""The turns: who asks a host often has to wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from index_store.fetching.deadline import Deadline


class Turns:
    """One request at a time, and a pause between two to one host."""

    def __init__(self) -> None:
        self._ended: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, delay_s: float, deadline: Deadline) -> Iterator[None]:
        """Waits until `delay_s` have passed since the last request to the host ended.

        Raises:
            UnreadableInputError: The deadline would come first.
        """
        ended = self._ended.get(host)
        if ended is not None:
            deadline.pause(ended + delay_s - time.monotonic())
        try:
            yield
        finally:
            self._ended[host] = time.monotonic()
