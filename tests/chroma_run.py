"""A real Chroma server on loopback, started and ended by the tests.

with ChromaRun(tmp_path) as server:
    server.database()          # a new one: a `ChromaServer` that shares nothing with any other
    server.stop(); server.start()
"""

import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import httpx

from index_store.chroma_server import ChromaServer

_COMMAND = Path(sys.executable).with_name("chroma")
_READY_S = 60.0  # it takes less than one, on a machine that has time


class ChromaRun:
    """`chroma run` on a port of its own, which stays the same over a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client(base_url=self.url, timeout=30)

    def __enter__(self) -> "ChromaRun":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()
        self._client.close()

    def start(self) -> None:
        """Starts it, and returns when it answers."""
        self.launch()
        deadline = time.monotonic() + _READY_S
        while time.monotonic() < deadline:
            try:
                self._client.get("/api/v2/heartbeat").raise_for_status()
                return
            except httpx.HTTPError:
                time.sleep(0.02)
        self.stop()
        raise TimeoutError("`chroma run` does not answer")

    def launch(self) -> None:
        """Starts it without waiting."""
        self._folder.mkdir(exist_ok=True)
        command = [_COMMAND, "run", "--path", self._folder, "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        """Kills it, as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def database(self, **fields: float) -> ChromaServer:
        """A new, empty database."""
        name = f"test-{uuid4().hex}"
        made = self._client.post("/api/v2/tenants/default_tenant/databases", json={"name": name})
        made.raise_for_status()
        return ChromaServer(self.url, database=name, **fields)
