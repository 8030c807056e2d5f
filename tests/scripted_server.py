"""A model server on loopback that plays what it is told and keeps what it was asked.

    with ScriptedServer([error(429), reply("The dam was closed.")]) as server:
        OpenAIModel(ModelSettings(model="m", base_url=server.url)).complete(prompt)
        assert len(server.requests) == 2

The replies are played in order, a request each; the last one is played to every request after it.
"""

import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import pytest

MODEL = "scripted"


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection closed in the middle; with `reset` not even politely."""

    reset: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One response: its head, then what is sent, waited for or broken off."""

    steps: tuple[bytes | Pause | Cut, ...] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    before: tuple[Pause | Cut, ...] = ()  # what happens before the head is sent


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any  # of JSON; None when there is none
    time: float  # on the clock `time.monotonic`


def reply(
    text: str | None, *, finish: str | None = "stop", usage: tuple[int, int] | None = (7, 3), **message: Any
) -> Script:
    """A whole reply; `message` adds fields to it, such as `refusal`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
    return raw({"id": "c1", "object": "chat.completion", "model": MODEL, "choices": [choice], **_usage(usage)})


def stream(
    pieces: Sequence[str | dict[str, Any]],
    *,
    finish: str | None = "stop",
    usage: tuple[int, int] | None = None,
    delay: float = 0.0,
    then: Sequence[bytes | Pause | Cut] | None = None,
) -> Script:
    """A reply in pieces, `delay` seconds before each; a dict is a whole delta.

    `then` takes the place of what ends a stream: the finish reason, the usage chunk and `[DONE]`.
    """
    steps: list[bytes | Pause | Cut] = []
    for piece in pieces:
        steps += [Pause(delay)] if delay else []
        steps.append(chunk([{"index": 0, "delta": {"content": piece} if isinstance(piece, str) else piece}]))
    if then is None:
        then = [chunk([{"index": 0, "delta": {}, "finish_reason": finish}])] if finish else []
        then = [*then, *([chunk([], usage)] if usage else []), b"data: [DONE]\n\n"]
    return Script((*steps, *then), headers={"Content-Type": "text/event-stream"})


def chunk(choices: Sequence[Mapping[str, Any]], usage: tuple[int, int] | None = None) -> bytes:
    """One event of a stream."""
    event = {"id": "c1", "object": "chat.completion.chunk", "model": MODEL, "choices": choices, **_usage(usage)}
    return f"data: {json.dumps(event)}\n\n".encode()


def error(status: int, code: str | None = None, message: str = "scripted fault", **headers: str) -> Script:
    """A refusal as OpenAI words it; headers are given as `retry_after="1"`."""
    content = {"error": {"message": message, "type": "scripted", "param": None, "code": code}}
    return raw(content, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def raw(body: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Script:
    """Anything: bytes and texts as they are, other values as JSON."""
    content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "text/html" if content.startswith(b"<") else "application/json"
    length = {"Content-Type": kind, "Content-Length": str(len(content))}
    return Script((content,), status, length | dict(headers or {}))


def stall(seconds: float) -> Script:
    """Nothing at all for that long, then an empty reply."""
    return Script(before=(Pause(seconds),))


def cut_after(pieces: int, *, reset: bool = False) -> Script:
    """A stream whose connection breaks after that many pieces."""
    return stream([f"piece{number} " for number in range(1, pieces + 1)], then=[Cut(reset)])


def hang_up(*, reset: bool = True) -> Script:
    """No answer: the connection is closed as soon as the request has come."""
    return Script(before=(Cut(reset),))


def drip(script: Script, seconds: float) -> Script:
    """The same response, a byte at a time."""
    content = b"".join(step for step in script.steps if isinstance(step, bytes))
    steps = tuple(step for byte in content for step in (Pause(seconds), bytes([byte])))
    return Script(steps, script.status, script.headers)


def embeddings(*vectors: Sequence[float], usage: tuple[int, int] = (4, 0)) -> Script:
    """Vectors in the order of the texts."""
    rows = [{"object": "embedding", "index": index, "embedding": list(vector)} for index, vector in enumerate(vectors)]
    return raw({"object": "list", "data": rows, "model": MODEL, **_usage(usage)})


def _usage(usage: tuple[int, int] | None) -> dict[str, Any]:
    if usage is None:
        return {}
    prompt, completion = usage
    return {"usage": {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}}


Player = Callable[[Received], Script]


class ScriptedServer:
    """Plays `replies` on 127.0.0.1 until it is closed; a function in the list writes its reply to the request."""

    def __init__(self, replies: Sequence[Script | Player], port: int = 0) -> None:
        self.requests: list[Received] = []
        self.left = threading.Event()  # set when a client has gone before the end of its reply
        self._replies = list(replies)
        self._taking = threading.Lock()
        self.closing = threading.Event()
        self._server = _Listener(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.port}/v1"

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> "ScriptedServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def take(self, request: Received) -> Script:
        """What is played to a request, which is kept."""
        with self._taking:
            self.requests.append(request)
            script = self._replies[min(len(self.requests), len(self._replies)) - 1]
        return script if isinstance(script, Script) else script(request)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, scripted: ScriptedServer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.scripted = scripted


class _Handler(BaseHTTPRequestHandler):
    server: _Listener

    def do_POST(self) -> None:
        try:
            self._play(self.server.scripted.take(_received(self)))
        except OSError:
            self.server.scripted.left.set()
        self.close_connection = True

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def do_DELETE(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        pass

    def _play(self, script: Script) -> None:
        if not all(self._step(step) for step in script.before):
            return
        self.send_response(script.status)
        for name, value in {**script.headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        all(self._step(step) for step in script.steps)  # up to a cut

    def _step(self, step: bytes | Pause | Cut) -> bool:
        if isinstance(step, bytes):
            self.wfile.write(step)
        elif isinstance(step, Pause):
            self._pause(step.seconds)
        elif step.reset:  # closing with no time to linger sends RST
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        return not isinstance(step, Cut)

    def _pause(self, seconds: float) -> None:
        """Waits, and notices when the client leaves meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.server.scripted.closing.wait(min(0.01, seconds)):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionAbortedError


def _received(handler: BaseHTTPRequestHandler) -> Received:
    content = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    headers = {name.lower(): value for name, value in handler.headers.items()}
    return Received(handler.command, handler.path, headers, json.loads(content) if content else None, time.monotonic())


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Serve = Callable[..., ScriptedServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers, as `serve(reply("…"), error(500))`, and ends them with the test."""
    servers: list[ScriptedServer] = []

    def start(*replies: Script | Player) -> ScriptedServer:
        servers.append(ScriptedServer(replies))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
