"""A web site on loopback, and a fetcher that may read it and nothing else that is not public.

    site.pages["/a"] = page("The dam held.")
    site.fetcher().fetch(site.url("/a"))

The site is called `valley.example`, and so may others be: names stand for loopback, as a resolver of the test says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from index_store.fetching import Fetcher, FetchLimits, Guard
from tests.scripted_server import Received, Script, ScriptedServer

HOST = "valley.example"
QUICK = {"total_s": 10.0, "connect_s": 5.0, "read_s": 5.0, "delay_s": 0.0}
TEXT = "The council of the town voted on Tuesday to repair the old bridge over the river, after a long debate."


def answer(
    body: bytes | str = b"", kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
) -> Script:
    """A reply; headers are given as `retry_after="1"`."""
    content = body.encode() if isinstance(body, str) else body
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Script((content,), status, {"Content-Type": kind, "Content-Length": str(len(content))} | names)


def page(text: str = TEXT, head: str = "") -> Script:
    """A page with an article in it."""
    return answer(f"<!DOCTYPE html><html><head>{head}</head><body><article><p>{text}</p></article></body></html>")


def redirect(location: str, status: int = 302) -> Script:
    """A reply that sends the client elsewhere."""
    return answer(status=status, Location=location)


@dataclass
class Site:
    """The pages by path, queries included; a list of replies is played in order, the last again and again."""

    pages: dict[str, Script | list[Script]] = field(default_factory=lambda: {"/robots.txt": answer(status=404)})
    names: dict[str, str] = field(default_factory=lambda: {HOST: "127.0.0.1"})
    server: ScriptedServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = ScriptedServer([self._play])

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.server.port}{path}"

    def fetcher(self, **limits: float) -> Fetcher:
        options: Mapping[str, float] = {**QUICK, **limits}
        allowed = frozenset({("127.0.0.1", self.server.port)})
        return Fetcher(Guard(self.resolve, allowed), FetchLimits(**options))  # type: ignore[arg-type]

    def resolve(self, host: str, _port: int) -> tuple[str, ...]:
        if host not in self.names:
            raise OSError("unknown name")
        return (self.names[host],)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, but for robots.txt."""
        return [request.path for request in self.server.requests if request.path != "/robots.txt"]

    def _play(self, request: Received) -> Script:
        reply = self.pages.get(request.path, answer("nothing here", status=404))
        if isinstance(reply, list):
            return reply.pop(0) if len(reply) > 1 else reply[0]
        return reply


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with site.server:
        yield site
