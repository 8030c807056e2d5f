"""The exchange: one request and its reply, read up to a limit."""

import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from index_store.errors import UnreadableInputError
from index_store.fetching.connection import connect
from index_store.fetching.deadline import Deadline
from index_store.fetching.decoder import ACCEPTED, decoded
from index_store.fetching.guard import Guard
from index_store.fetching.limits import FetchLimits
from index_store.fetching.url import WebURL

PRODUCT = "article-qa"  # the name that a robots.txt may speak to
_WANTED = "text/html, application/pdf, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_CHUNK_BYTES = 64 * 2**10


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; a body comes with status 200 alone."""

    status: int
    headers: tuple[tuple[str, str], ...]  # names in lower case
    body: bytes = b""  # decompressed
    is_cut: bool = False  # the body went on behind the limit

    def header(self, name: str) -> str:
        """The first value of a header; empty where there is none."""
        return next((value for known, value in self.headers if known == name), "")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sends requests: no cookies, no credentials, no proxy, one connection each."""

    guard: Guard
    limits: FetchLimits
    tls: ssl.SSLContext | None = None  # None: the certificates that are commonly trusted

    def ask(self, url: WebURL, deadline: Deadline, max_bytes: int) -> Reply:
        """The reply to a GET.

        Raises:
            UnreadableInputError: No reply came, not in time, or one that cannot be read.
        """
        try:
            with closing(HTTPConnection(url.host, url.port)) as client:
                client.auto_open = 0  # it would look the name up again
                connected: Any = connect(url, self.guard, self.limits, deadline, self.tls)
                client.sock = connected
                return _converse(client, url, max_bytes)
        except (OSError, HTTPException, ValueError) as error:
            deadline.left(0)  # if that is over, it is the reason
            raise UnreadableInputError(_reason(error, url)) from error


def _converse(client: HTTPConnection, url: WebURL, max_bytes: int) -> Reply:
    client.putrequest("GET", url.target, skip_host=True, skip_accept_encoding=True)
    for name, value in (
        ("Host", url.authority),
        ("User-Agent", user_agent()),
        ("Accept", _WANTED),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
    ):
        client.putheader(name, value)
    client.endheaders()
    with client.getresponse() as response:
        headers = tuple((name.lower(), value) for name, value in response.getheaders())
        reply = Reply(response.status, headers)
        if response.status != 200:
            return reply
        body, is_cut = _read(response, reply.header("content-encoding"), max_bytes)
        return Reply(response.status, headers, body, is_cut)


def _read(response: HTTPResponse, encoding: str, max_bytes: int) -> tuple[bytes, bool]:
    body = bytearray()
    for piece in decoded(_received(response, max_bytes), encoding):
        body += piece
        if len(body) > max_bytes:
            return bytes(body[:max_bytes]), True
    return bytes(body), False


def _received(response: HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    """What is sent; it too is counted, for compressed nothing may go on for ever."""
    count = 0
    while chunk := response.read(_CHUNK_BYTES):
        yield chunk
        count += len(chunk)
        if count > max_bytes:
            raise UnreadableInputError(f"larger than {max_bytes / 2**20:g} MB")
    if response.length:  # announced and not sent
        raise UnreadableInputError("cut off in the middle")


@cache
def user_agent() -> str:
    """How every request introduces itself."""
    try:
        return f"{PRODUCT}/{version(PRODUCT)}"
    except PackageNotFoundError:  # run from its source
        return PRODUCT


def _reason(error: Exception, url: WebURL) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {url.host} is not trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"no encrypted connection to {url.host}"
    if isinstance(error, TimeoutError):
        return f"{url.host} does not answer in time"
    if isinstance(error, ConnectionRefusedError):
        return f"{url.host} refuses the connection"
    if isinstance(error, (ConnectionError, HTTPException)):
        return f"{url.host} closed the connection or sent no proper answer"
    return f"{url.host} cannot be reached"
