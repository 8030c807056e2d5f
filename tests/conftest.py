"""What every test gets: no network, no settings from outside, and a browser and articles where there are some."""

import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.chroma_run import ChromaRun
    from tests.modules import Module

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")  # noqa: S108 - as the place for temporary files, which are made safely there too
MEMORY_BYTES = 2**30  # free there; a run takes a few hundred million at most
NETWORK_EVENTS = {"socket.connect", "socket.sendto", "socket.getaddrinfo"}

settings.register_profile("article-qa", deadline=None)  # no verdict by time
settings.load_profile("article-qa")


def pytest_configure() -> None:
    """Keeps temporary files in memory where there is room, unless TMPDIR says where they go."""
    # On a disk, tests of the index spend most of their time waiting: each write is synced several times.
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_BYTES:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # so that it is looked for again


def refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Fail the test that leaves this machine, whatever library it does it through."""
    if event not in NETWORK_EVENTS:
        return
    host = args[0] if event == "socket.getaddrinfo" else _host(args[-1])
    if not is_local(host):
        pytest.fail(f"a test tried to reach {host!r}; tests stay on loopback")


def is_local(host: object) -> bool:
    """Whether an address stays on this machine: loopback, a Unix socket, or none at all."""
    name = os.fsdecode(host) if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in {"", "localhost"} or name.startswith(("/", "\0")):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _host(address: object) -> object:
    return address[0] if isinstance(address, tuple) else address


sys.addaudithook(refuse_network)


@pytest.fixture(autouse=True)
def settings_of_the_test_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key, an endpoint or a data directory of whoever runs the tests must not reach them."""
    for name in [*os.environ]:
        if name.startswith(("OPENAI_", "ARTICLE_QA_")) and name != "ARTICLE_QA_DATA":
            monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost,::1")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost,::1")


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The folder of real articles and questions, which are not part of this repository."""
    folder = Path(os.environ.get("ARTICLE_QA_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no development data; ARTICLE_QA_DATA names its folder")
    return folder


@pytest.fixture(scope="session")
def modules() -> "tuple[Module, ...]":
    """The source of the packages, parsed once."""
    from tests.modules import ROOT, read_modules

    return read_modules(ROOT)


@pytest.fixture(scope="session")
def chroma_run(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[ChromaRun]":
    """One Chroma server for all tests, each of which has a database of its own."""
    from tests.chroma_run import ChromaRun

    with ChromaRun(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """A Chromium that starts."""
    from tests.browser import find_browser  # asks Playwright, which most tests do without

    path = find_browser()
    if path is None:
        pytest.skip("no Chrome or Chromium starts here; `make test` says what was tried")
    return path
