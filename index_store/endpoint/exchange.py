"""The exchange: one request in a thread of its own, so that it can be left at any moment.

The transport's timeouts count from one byte to the next, so a server that sends a byte now and then is waited for
without end; and a name that is being looked up cannot be interrupted at all. Whoever waits here waits on a queue
instead, as long as it wants to, and when it leaves, the socket is shut down under the request.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from index_store.endpoint.endpoint import Endpoint
from index_store.endpoint.fault import Faulted
from index_store.endpoint.target import Target
from index_store.endpoint.translation import fault_of, overlong

if TYPE_CHECKING:
    from openai import OpenAI

T = TypeVar("T")

_NO_KEY = "none"  # the SDK insists on a key; a server that asks for none does not look at it


class DeadlinePassedError(Exception):
    """The time is over; the exchange has been stopped."""


class Exchange(Generic[T]):
    """What `send` yields, made in a thread of its own; the request begins with the first item asked for."""

    def __init__(
        self, endpoint: Endpoint, target: Target, send: "Callable[[OpenAI], Iterator[T]]", most_bytes: int
    ) -> None:
        self._endpoint, self._target, self._send, self._most_bytes = endpoint, target, send, most_bytes
        self._arrived: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._streams: list[Any] = []  # of the transport: a plain one first, then the same inside TLS
        self._stopped = False

    def until(self, deadline: float) -> Iterator[T]:
        """The items as they come.

        Raises:
            Faulted: the request failed.
            DeadlinePassedError: `deadline`, on the clock `monotonic`, has passed.
        """
        threading.Thread(target=self._run, name="model request", daemon=True).start()
        try:
            while True:
                kind, value = self._next(deadline)
                if kind == "end":
                    return
                if kind == "error":
                    raise value
                yield value
        finally:
            self.stop()

    def stop(self) -> None:
        """Ends the request at once: the server sees the connection closed."""
        self._stopped = True
        for stream in tuple(self._streams):
            _shut(stream)
        self._arrived.put(("end", None))  # for whoever waits, when another thread stops it

    def _next(self, deadline: float) -> tuple[str, Any]:
        try:
            return self._arrived.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            self.stop()
        raise DeadlinePassedError

    def _run(self) -> None:
        try:
            with self._client() as client:
                for item in self._send(client):
                    if self._stopped:
                        return
                    self._arrived.put(("item", item))
            self._arrived.put(("end", None))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            fault = fault_of(error, self._target)
            self._arrived.put(("error", Faulted(fault) if fault else error))

    def _client(self) -> "OpenAI":
        """A client of this request's own: what is stopped is then nobody else's connection."""
        import openai

        endpoint = self._endpoint
        timeout = openai.Timeout(endpoint.read_timeout_s, connect=endpoint.connect_timeout_s)
        client = openai.OpenAI(
            base_url=endpoint.url,
            api_key=endpoint.api_key.get_secret_value() if endpoint.api_key else _NO_KEY,
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultHttpxClient(
                timeout=timeout,
                verify=_trusted(),
                follow_redirects=False,  # a key goes nowhere but to the address it was given for
                event_hooks={"request": [self._watch], "response": [self._limit]},
            ),
        )
        client.organization, client.project = endpoint.organisation, None  # else the SDK asks the environment
        return client

    def _watch(self, request: Any) -> None:
        request.extensions["trace"] = self._trace

    def _limit(self, response: Any) -> None:
        """Replaces what every reading of the response goes through, the SDK's too, of a refusal's body as well."""
        response.iter_bytes = partial(self._limited, response.iter_bytes)

    def _limited(self, read: Callable[[int | None], Iterator[bytes]], size: int | None = None) -> Iterator[bytes]:
        """What `read` gives, decompressed, while it is not more than was to be expected."""
        come = 0
        for part in read(size):
            come += len(part)
            if come > self._most_bytes:
                raise Faulted(overlong(self._target))
            yield part

    def _trace(self, _event: str, report: dict[str, Any]) -> None:
        """Told of each step of the transport; those that open a connection return it."""
        stream = report.get("return_value")
        if hasattr(stream, "get_extra_info"):
            self._streams.append(stream)
            if self._stopped:
                _shut(stream)


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that the SDK's transport trusts, read once: reading them takes a tenth of a second."""
    import openai

    transport: Any = import_module(openai.DefaultHttpxClient.__bases__[0].__module__)  # httpx; httpx2 from openai 3 on
    context: ssl.SSLContext = transport.create_ssl_context()
    return context


def _shut(stream: Any) -> None:
    """Wakes whoever reads from the socket, which closing it does not; under TLS the plain socket is meant."""
    with suppress(OSError, ValueError):  # closed already, or handed over to the stream inside TLS
        connection = stream.get_extra_info("socket")
        if connection is not None:
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
