"""Serving the chat: where it listens, what it says, how it stops."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STOP_TIMEOUT_S = 30
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def chat(port: int, folder: Path) -> "subprocess.Popen[str]":
    """The command, started away from the repository, as a terminal would: with Ctrl+C at work."""
    return subprocess.Popen(
        [sys.executable, "-m", "qa.cli.main", "--data-dir", str(folder), "chat", "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    port = free_port()
    with chat(port, folder) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == f"Chat on http://127.0.0.1:{port} (Ctrl+C to stop)\n"
            yield port, server
        finally:
            server.terminate()
            server.wait(STOP_TIMEOUT_S)


def websocket_status(port: int, host: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/_stcore/stream", headers={**WEBSOCKET, "Host": host})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
def test_a_stopped_chat_leaves_nothing_running(tmp_path: Path, stop: signal.Signals) -> None:
    with serving(tmp_path) as (port, server):
        server.send_signal(stop)
        assert server.wait(STOP_TIMEOUT_S) == 130
        assert server.stderr is not None
        assert "Traceback" not in server.stderr.read()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=10)


def test_the_chat_is_served_to_this_machine_alone(tmp_path: Path) -> None:
    with serving(tmp_path) as (port, _server):
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.2", port), timeout=10)
        assert websocket_status(port, f"127.0.0.1:{port}") == 101
        assert websocket_status(port, "another-site.example") == 403


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with chat(port, tmp_path) as refused:
            printed, logged = refused.communicate(timeout=STOP_TIMEOUT_S)
    assert refused.returncode == 1
    assert printed == ""
    assert logged == f"Error: port {port} is in use; choose another with --port\n"
