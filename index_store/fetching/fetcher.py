"""The fetcher: from a URL to the document behind it, within the limits and only from the public internet."""

import ssl
from collections.abc import Callable
from email.message import Message
from http import HTTPStatus

from index_store.errors import UnreadableInputError
from index_store.fetching.deadline import Deadline
from index_store.fetching.document import Document
from index_store.fetching.exchange import Exchange, Reply
from index_store.fetching.guard import Guard
from index_store.fetching.limits import FetchLimits
from index_store.fetching.retrying import asked_wait_s
from index_store.fetching.robots import Robots
from index_store.fetching.turns import Turns
from index_store.fetching.url import WebURL, parse_url

_REDIRECTS = {301, 302, 303, 307, 308}


class Fetcher:
    """Fetches documents one after another; for one thread."""

    def __init__(
        self, guard: Guard | None = None, limits: FetchLimits | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.limits = limits or FetchLimits()
        self._exchange = Exchange(guard or Guard(), self.limits, tls)
        self._robots = Robots(self._fetch_robots)
        self._turns = Turns()

    def fetch(self, address: str) -> Document:
        """The document at an address, after at most `limits.redirects` redirects, each checked like the address.

        Raises:
            UnreadableInputError: It cannot or may not be fetched, or is no whole document; the message says why.
        """
        url, reply = self._follow(parse_url(address), self._robots.check, self.limits.body_bytes)
        if reply.status != HTTPStatus.OK:
            raise UnreadableInputError(f"the server answered {_status(reply)}")
        if reply.is_cut:
            raise UnreadableInputError(f"larger than {self.limits.body_bytes / 2**20:g} MB")
        if not reply.body:
            raise UnreadableInputError("the answer is empty")
        kind = Message()  # knows how parameters are quoted
        kind["Content-Type"] = reply.header("content-type") or "/"
        charset = kind.get_content_charset() or ""
        return Document(url, kind.get_content_type() if reply.header("content-type") else "", charset, reply.body)

    def _fetch_robots(self, url: WebURL) -> Reply:
        return self._follow(url, lambda _: None, self.limits.robots_bytes)[1]

    def _follow(self, url: WebURL, check: Callable[[WebURL], None], max_bytes: int) -> tuple[WebURL, Reply]:
        deadline = Deadline(self.limits.total_s)
        for _ in range(self.limits.redirects + 1):
            check(url)
            reply = self._ask(url, deadline, max_bytes)
            if reply.status not in _REDIRECTS:
                return url, reply
            url = url.join(_location(reply))
        raise UnreadableInputError(f"more than {self.limits.redirects} redirects")

    def _ask(self, url: WebURL, deadline: Deadline, max_bytes: int) -> Reply:
        for attempt in range(self.limits.attempts):
            delay_s = min(max(self.limits.delay_s, self._robots.delay_s(url)), self.limits.max_delay_s)
            with self._turns.turn(url.host, delay_s, deadline):
                reply = self._exchange.ask(url, deadline, max_bytes)
            wait_s = asked_wait_s(reply)
            if wait_s is None or attempt + 1 == self.limits.attempts:
                break
            deadline.pause(wait_s)
        return reply


def _location(reply: Reply) -> str:
    location = reply.header("location")
    if not location:
        raise UnreadableInputError(f"the server answered {_status(reply)} without saying where to")
    try:
        return location.encode("latin-1").decode("utf-8")  # what http.client took for Latin-1
    except UnicodeError:
        return location


def _status(reply: Reply) -> str:
    try:
        return f"{reply.status} ({HTTPStatus(reply.status).phrase.lower()})"
    except ValueError:
        return str(reply.status)
