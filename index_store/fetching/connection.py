"""The connection: to a checked address, with every wait under the deadline."""

import io
import socket
import ssl
from functools import cache
from typing import Any

import certifi

from index_store.errors import UnreadableInputError
from index_store.fetching.deadline import Deadline
from index_store.fetching.guard import Guard
from index_store.fetching.limits import FetchLimits
from index_store.fetching.url import WebURL


@cache
def trusted_certificates() -> ssl.SSLContext:
    """The system's certificate authorities and those that browsers trust; some systems have none for Python."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Connection:
    """A connected socket as `http.client` uses one; no read and no write lasts longer than the deadline leaves."""

    def __init__(self, connected: socket.socket, deadline: Deadline, read_s: float) -> None:
        self._socket = connected
        self._deadline = deadline
        self._read_s = read_s

    def sendall(self, content: bytes) -> None:
        """Sends all of it."""
        self._socket.settimeout(self._deadline.left(self._read_s))
        self._socket.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What is received."""
        return io.BufferedReader(_Received(self._socket, self._deadline, self._read_s))

    def close(self) -> None:
        """Closes it, once nobody reads from it any more."""
        self._socket.close()


class _Received(io.RawIOBase):
    def __init__(self, connected: socket.socket, deadline: Deadline, read_s: float) -> None:
        self._socket = connected
        self._stream = connected.makefile("rb", buffering=0)
        self._deadline = deadline
        self._read_s = read_s

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(self._deadline.left(self._read_s))  # a byte now and then must not go on for ever
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


def connect(
    url: WebURL, guard: Guard, limits: FetchLimits, deadline: Deadline, tls: ssl.SSLContext | None
) -> Connection:
    """A connection for a URL, encrypted for https; the first of the host's addresses that accepts one.

    Raises:
        UnreadableInputError: An address is not public, or the time is over.
        OSError: No address accepts a connection.
    """
    fault = OSError()
    for address in guard.addresses(url, deadline.left(limits.connect_s)):
        plain = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        try:
            plain.settimeout(deadline.left(limits.connect_s))
            plain.connect((address, url.port))
            guard.check(str(plain.getpeername()[0]), url)
            plain.settimeout(deadline.left(limits.connect_s))
            secured = _secure(plain, url, tls) if url.scheme == "https" else plain
        except OSError as error:
            plain.close()
            fault = error
        except UnreadableInputError:
            plain.close()
            raise
        else:
            return Connection(secured, deadline, limits.read_s)
    raise fault


def _secure(plain: socket.socket, url: WebURL, tls: ssl.SSLContext | None) -> ssl.SSLSocket:
    return (tls or trusted_certificates()).wrap_socket(plain, server_hostname=url.host)
