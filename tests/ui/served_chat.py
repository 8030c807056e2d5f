"""The chat as the command serves it, over an index of its own, and how a reader asks it."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from qa.cli.main import cli

ROOT = Path(__file__).parents[2]
TIMEOUT_MS = 120_000  # the first page imports LlamaIndex and opens the index, maybe on a busy machine
STOP_TIMEOUT_S = 30
INPUT = "Ask about the articles"
# Until nothing slides or fades any more; what turns for ever, such as a wheel, is not waited for.
STILL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const moves = each => each.playState === 'running' && each.effect.getComputedTiming().endTime !== Infinity;
    do { await frame(); await frame(); } while (document.getAnimations().some(moves));
}"""
# Marks the page while no run of its script is asked for, on its way, or ended only for the next to begin. Streamlit's
# own `data-test-script-state` says "notRunning" in all three moments, so this reads what page and script tell each
# other: which field of their messages is set.
RUNS = """{
    const RERUN_SCRIPT = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6, EARLY_FOR_RERUN = 2;
    let isAskedFor = true, isRunning = false;
    const tell = () => document.documentElement.toggleAttribute('data-drawn', !isAskedFor && !isRunning);
    const fields = bytes => {
        const found = new Map();
        let at = 0;
        const number = () => {
            let value = 0, scale = 1, byte;
            do { byte = bytes[at++]; value += (byte & 127) * scale; scale *= 128; } while (byte & 128);
            return value;
        };
        while (at < bytes.length) {
            const tag = number(), value = number();
            found.set(tag >> 3, value);
            if ((tag & 7) === 2) at += value;
        }
        return found;
    };
    window.WebSocket = class extends WebSocket {
        constructor(...address) {
            super(...address);
            this.addEventListener('message', ({data}) => {
                const told = fields(new Uint8Array(data));
                if (told.has(NEW_SESSION)) [isAskedFor, isRunning] = [false, true];
                if (told.has(SCRIPT_FINISHED)) isRunning = told.get(SCRIPT_FINISHED) === EARLY_FOR_RERUN;
                isRunning ? tell() : requestAnimationFrame(() => requestAnimationFrame(tell));
            });
        }
        send(bytes) {
            if (fields(bytes).has(RERUN_SCRIPT)) isAskedFor = true;
            tell();
            super.send(bytes);
        }
    };
}"""
# Streamlit draws a grey bar in the place of what it has still to load.
DRAWN = "html[data-drawn]:not(:has([data-testid=stSkeleton])) [data-testid=stApp][data-test-script-state=notRunning]"


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
    if faults := _faults(log.read_text()):
        raise RuntimeError(f"the chat met a fault that nobody expected: {faults}")


def new_reader(chromium: Browser, **options: Any) -> BrowserContext:
    """A browser of one reader's own."""
    context = chromium.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(TIMEOUT_MS)
    context.add_init_script(RUNS)
    return context


@contextmanager
def watched(page: Page, address: str) -> Iterator[Page]:
    """A page that must neither run what an article says nor ask anybody but the chat, and where nothing may fail.

    It is checked at the end.
    """
    harm: list[str] = []
    page.on("request", lambda request: harm.append(request.url))
    page.on("websocket", lambda websocket: harm.append(websocket.url.replace("ws:", "http:")))
    page.on("dialog", lambda dialog: harm.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("pageerror", lambda error: harm.append(str(error)))
    page.on("console", lambda message: harm.append(message.text) if _is_fault(message) else None)
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
    _wait_for(page, f".st-key-edit-turn-{before}")  # which an answer gets that is whole
    wait_until_drawn(page)
    expect(answers).to_have_count(before + 1)
    expect(answers.last).to_be_visible()


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
    page.evaluate(STILL)


def wait_until_drawn(page: Page) -> None:
    """Wait until the page shows all that its script draws, and no run of it is still to come."""
    _wait_for(page, DRAWN)


def _wait_for(page: Page, selector: str) -> None:
    """Looks at every frame that is drawn; `expect` looks ever more seldom, up to a second apart."""
    page.wait_for_function("selector => document.querySelector(selector)?.checkVisibility()", arg=selector)


def _faults(log: str) -> list[str]:
    # What libraries note for debugging, such as a model that is down, is expected.
    records = re.split(r"^(?=\d{4}-\d\d-\d\d )", log, flags=re.MULTILINE)
    return [each for each in records if "Traceback" in each and " DEBUG " not in each.partition("\n")[0]]


def _is_fault(message: ConsoleMessage) -> bool:
    # Below a page's own path Streamlit looks in vain for its server, then above.
    return message.type == "error" and "/_stcore/" not in message.location["url"]


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
