"""The chat as the command serves it, over an index of its own, and how a reader asks it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from qa.cli.main import cli

ROOT = Path(__file__).parents[2]
TIMEOUT_MS = 60_000  # the first page imports LlamaIndex and opens the index, maybe on a busy machine
STOP_TIMEOUT_S = 30
INPUT = "Ask about the articles"
# Nothing slides or fades any more; what turns for ever, such as a wheel, is not waited for.
STILL = """() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve(
    document.getAnimations().every(
        each => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity)))))"""


def index(articles: Path, data_dir: Path) -> None:
    """Index with the command; in this process, which has imported by then what it needs."""
    code = cli.main(["--data-dir", str(data_dir), "index", str(articles)], standalone_mode=False)
    if code:
        raise RuntimeError(f"indexing {articles.name!r} left with {code}")


@contextmanager
def serve(data_dir: Path, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """Where the chat is served, started away from the repository: its configuration must be found all the same."""
    port = _free_port()
    command = [sys.executable, "-m", "qa.cli.main", "--data-dir", str(data_dir), "chat", "--no-browser", "--port", port]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, **(variables or {})}
    log = data_dir.parent / "chat.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, cwd=data_dir.parent
        ) as server,
    ):
        try:
            said = server.stdout.readline() if server.stdout else ""
            if said != f"Chat on http://127.0.0.1:{port} (Ctrl+C to stop)\n":
                raise RuntimeError(f"the chat did not start: {said}{log.read_text()}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(STOP_TIMEOUT_S)


@contextmanager
def watched(page: Page, address: str) -> Iterator[Page]:
    """A page that must neither run what an article says nor ask anybody but the chat; both are checked at the end."""
    page.set_default_timeout(TIMEOUT_MS)
    harm: list[str] = []
    page.on("request", lambda request: harm.append(request.url))
    page.on("websocket", lambda websocket: harm.append(websocket.url.replace("ws:", "http:")))
    page.on("dialog", lambda dialog: harm.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("pageerror", lambda error: harm.append(str(error)))
    yield page
    assert page.evaluate("window.harmed") is None, "something that an article says was run"
    foreign = [each for each in harm if not each.startswith((f"{address}/", "data:", "blob:"))]
    assert not foreign, foreign
    page.close()


def ask(page: Page, question: str) -> None:
    """Ask, and wait for what comes of it below what was answered before."""
    answers = page.locator(".aq-answer, .aq-refusal")
    wait_until_drawn(page)
    before = answers.count()
    start_asking(page, question)
    expect(answers).to_have_count(before + 1, timeout=TIMEOUT_MS)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=TIMEOUT_MS)  # it is whole
    wait_until_drawn(page)
    expect(answers).to_have_count(before + 1, timeout=TIMEOUT_MS)
    expect(answers.last).to_be_visible(timeout=TIMEOUT_MS)


def start_asking(page: Page, question: str) -> None:
    """Ask, and wait for nothing."""
    page.get_by_placeholder(INPUT).fill(question)
    page.keyboard.press("Enter")


def put_in(page: Page, scheme: str) -> None:
    """Have the reader's machine ask for "light" or "dark", and wait for the page to follow."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_function(f"getComputedStyle(document.querySelector('.stApp')).colorScheme === '{scheme}'")
    wait_until_still(page)


def wait_until_still(page: Page) -> None:
    """Wait until nothing slides or fades any more."""
    page.wait_for_function(STILL)


def wait_until_drawn(page: Page) -> None:
    """Wait for the script behind the page to end: until then an answer may stand there twice."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=TIMEOUT_MS)


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
