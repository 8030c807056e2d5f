"""The call: a request made again while that may help, under one deadline over all of it."""

import random
from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from index_store.endpoint.endpoint import Endpoint
from index_store.endpoint.exchange import DeadlinePassedError, Exchange
from index_store.endpoint.fault import Fault, Faulted
from index_store.endpoint.target import Target
from index_store.errors import ModelError, ModelTimeoutError

if TYPE_CHECKING:
    from openai import OpenAI

T = TypeVar("T")

_FIRST_WAIT_S = 0.25
_LONGEST_WAIT_S = 8.0


class Call(Generic[T]):
    """What the server sends, item by item; nothing is sent before the first is asked for.

    `adapt` is told of each fault, and true from it says that `send` will now ask otherwise: such a request is made
    at once and beside those that the endpoint allows. Of a response, `most_bytes` are read, and more are a fault.
    """

    def __init__(
        self,
        target: Target,
        send: "Callable[[OpenAI], Iterator[T]]",
        adapt: Callable[[Fault], bool] = lambda _fault: False,
        *,
        most_bytes: int,
    ) -> None:
        if target.endpoint is None:
            raise ValueError("a call needs an endpoint")
        self._endpoint: Endpoint = target.endpoint
        self._target, self._send, self._adapt, self._most_bytes = target, send, adapt, most_bytes
        self._exchange: Exchange[T] | None = None
        self._closed = Event()
        self.requests = 0  # made until now
        self.begun = False  # whether something has come

    def __iter__(self) -> Iterator[T]:
        """The items.

        Raises:
            ModelError: the last request that was allowed failed, a request failed in a way that another would too,
                or after something had come.
        """
        import openai  # noqa: F401 - takes a second, which is not to count against the server

        deadline = monotonic() + self._endpoint.total_timeout_s
        attempt = 1
        while not self._closed.is_set():
            fault = None
            try:
                yield from self._items(deadline)
            except Faulted as faulted:
                fault = faulted.fault
            if fault is None or self._closed.is_set():
                return
            self.begun = self.begun or fault.within
            if not self.begun and self._adapt(fault):
                continue
            if self.begun or not fault.again or attempt == self._endpoint.attempts:
                raise self._final(fault)
            self._wait(fault, attempt, deadline)
            attempt += 1

    def close(self) -> None:
        """Stops at once, from any thread."""
        self._closed.set()
        if self._exchange:
            self._exchange.stop()

    def _items(self, deadline: float) -> Iterator[T]:
        self.requests += 1
        self._exchange = Exchange(self._endpoint, self._target, self._send, self._most_bytes)
        try:
            for item in self._exchange.until(deadline):
                self.begun = True
                yield item
            return
        except DeadlinePassedError:
            pass
        raise Faulted(Fault(self._out_of_time()))

    def _wait(self, fault: Fault, attempt: int, deadline: float) -> None:
        backoff = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (attempt - 1))
        wait_s = random.uniform(backoff / 2, backoff) if fault.wait_s is None else fault.wait_s  # noqa: S311 - no secret
        if monotonic() + wait_s >= deadline:
            asked = f"; it asks to wait {wait_s:.0f} s, and the whole must be done {self._target.deadline('total')}"
            raise self._final(fault, asked if fault.wait_s is not None else "")
        self._closed.wait(wait_s)

    def _final(self, fault: Fault, note: str = "") -> ModelError:
        if self.requests > 1:
            note = f"{note} ({self.requests} requests)"
        return type(fault.error)(f"{fault.error}{note}")

    def _out_of_time(self) -> ModelError:
        return ModelTimeoutError(
            f"{self._target.server} was not done {self._target.deadline('total')}; raise that limit for a slow model"
        )
