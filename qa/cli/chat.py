"""`article-qa chat`: the Streamlit application, served on this machine alone."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import click

from index_store.chroma_server import laid_over
from qa.cli.context import CLIContext

HOST = "127.0.0.1"  # as in the application's own configuration
_START_TIMEOUT_S = 60.0
_STOP_TIMEOUT_S = 5.0  # enough to close open pages; then it is killed
_POLL_S = 0.1


@click.command()
@click.option("--port", default=8501, type=click.IntRange(1, 65535), help="Port to serve on.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_context
def chat(ctx: click.Context, /, port: int, no_browser: bool) -> None:
    """Serve the chat application on this machine."""
    context: CLIContext = ctx.obj
    if _is_taken(port):
        raise click.ClickException(f"port {port} is in use; choose another with --port")
    with _serving(_command(port, no_browser), _environment(context)) as server:
        _wait_until_ready(server, port)
        click.echo(f"Chat on http://{HOST}:{port} (Ctrl+C to stop)")
        if server.wait():
            raise click.ClickException("the application stopped unexpectedly; its last lines stand above")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere the option would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _command(port: int, no_browser: bool) -> list[str]:
    # Whether there is a display to open a browser on, Streamlit finds out by itself.
    headless = ["--server.headless=true"] if no_browser else []
    return [sys.executable, "-m", "streamlit", "run", str(_application()), f"--server.port={port}", *headless]


def _application() -> Path:
    # Looked up by name: the application imports this package, so this package must not import the application.
    spec = find_spec("ui")
    if spec is None or spec.origin is None:
        raise click.ClickException("the application's package `ui` is not installed; install article-qa again")
    return Path(spec.origin).with_name("app.py")


def _environment(context: CLIContext) -> dict[str, str]:
    named = {} if context.data_dir is None else {"ARTICLE_QA_DATA_DIR": str(context.data_dir.absolute())}
    return {**laid_over(os.environ, context.chroma), **named, "ARTICLE_QA_LOG": context.log}


@contextmanager
def _serving(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    # Its banner would come between our results on stdout; what goes wrong it says on stderr.
    before = signal.signal(signal.SIGTERM, _interrupt)
    server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield server
    finally:
        _stop(server)
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt  # a terminated command must not leave its server behind


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while server.poll() is None:
        if _is_ready(port):
            return
        if time.monotonic() > deadline:
            raise click.ClickException(f"the application did not start within {_START_TIMEOUT_S:.0f} s")
        time.sleep(_POLL_S)
    raise click.ClickException("the application did not start; its last lines stand above")


def _is_ready(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=1)
    with suppress(OSError, HTTPException):
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    return False
