"""The chat as a reader meets it: the real command, a real index, a real browser."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from qa.engine import open_engine
from tests.ui.conftest import HOSTILE

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
TIMEOUT_MS = 30_000  # the first page imports LlamaIndex and opens the index
QUESTION = "What did Tilda Brask say about the bridge?"
HOSTILE_QUESTION = "What did Corin Maddow say about the lighthouse?"
UNANSWERABLE = "How many submarines did Vellmark send?"
TEXTS = "p, mark, .aq-answer, .aq-question, .aq-chip, .aq-byline, .aq-title, .aq-original"
MINIMUM_CONTRAST = 4.5  # WCAG 2, AA
ARTICLES = [
    {
        "id": "bridge",
        "title": "Harbour bridge closed",
        "source": "The Orrin Post",
        "author": "Ada Oake",
        "date": "2025-05-12",
        "url": "https://orrinpost.example/bridge",
        "text": "\n\n".join(
            [f"The council heard {number} reports about the road to the quay that day." for number in range(20, 60)]
            + ["“There are so many wild stories about this bridge,” Tilda Brask said, “and I will not add one.”"]
            + [f"The clerk read {number} letters from people who cross by boat." for number in range(20, 60)]
        ),
    },
    {
        "id": "lighthouse",
        "title": f"Lighthouse {HOSTILE}",
        "source": HOSTILE,
        "author": HOSTILE,
        "date": "2025-05-13",
        "url": f"https://orrinpost.example/{HOSTILE}",
        "text": f"{HOSTILE}\n\n“The lighthouse stays lit,” Corin Maddow said of the lighthouse. {HOSTILE}\n\n{HOSTILE}",
    },
]
# The least contrast of an element's text against all that is painted behind it.
CONTRAST = """element => {
    const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.unshift(getComputedStyle(each).backgroundColor);
    const paint = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); };
    const luminance = () => {
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    layers.forEach(paint);
    const behind = luminance();
    paint(getComputedStyle(element).color);
    const [dark, light] = [behind, luminance()].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}"""


def command(data_dir: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "qa.cli.main", "--data-dir", str(data_dir), *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chat")
    (folder / "articles.json").write_text(json.dumps(ARTICLES), encoding="utf-8")
    indexing = command(folder / "index", "index", str(folder / "articles.json"))
    subprocess.run(indexing, check=True, capture_output=True, timeout=120, env=environment())
    return folder / "index"


@pytest.fixture(scope="module")
def address(data_dir: Path) -> Iterator[str]:
    """Where the chat is served, started away from the repository: its configuration must be found all the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    serving = command(data_dir, "chat", "--no-browser", "--port", port)
    with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True, env=environment(), cwd=data_dir.parent) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == f"Chat on http://127.0.0.1:{port} (Ctrl+C to stop)\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    """An open chat that fails the test if anything runs or leaves that should not."""
    context = chromium.new_context(color_scheme=request.param)
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    harm: list[str] = []
    page.on("request", lambda request: harm.append(request.url))
    page.on("websocket", lambda websocket: harm.append(websocket.url.replace("ws:", "http:")))
    page.on("dialog", lambda dialog: (harm.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    yield page
    assert page.evaluate("window.harmed") is None
    assert [each for each in harm if not each.startswith((f"{address}/", "data:", "blob:"))] == []
    context.close()


def ask(page: Page, question: str) -> None:
    page.get_by_placeholder("Ask about the articles").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".aq-answer, .aq-refusal").last).to_be_visible(timeout=TIMEOUT_MS)


def test_a_chip_opens_the_cited_passage_in_its_surroundings(page: Page, data_dir: Path) -> None:
    citation = open_engine(data_dir).query(QUESTION).citations[0]
    ask(page, QUESTION)
    page.locator(".aq-chip").first.click()
    mark = page.locator(".aq-card mark").first
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("mark => mark.textContent") == citation.quote
    expect(page.locator(".aq-card .aq-passage").first).to_contain_text("The clerk read 20 letters")


def test_an_article_opens_at_the_cited_passage(page: Page, data_dir: Path) -> None:
    citation = open_engine(data_dir).query(QUESTION).citations[0]
    ask(page, QUESTION)
    page.get_by_role("button", name="Open article").first.click()
    mark = page.locator(".aq-article mark.aq-chosen")
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("mark => mark.textContent") == citation.quote
    assert page.locator(".aq-article .aq-passage").evaluate("text => text.textContent") == citation.article.text


def test_a_hostile_article_is_only_text(page: Page) -> None:
    ask(page, HOSTILE_QUESTION)
    page.locator(".aq-chip").first.click()
    expect(page.locator(".aq-card mark").first).to_be_visible()
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article")).to_contain_text(HOSTILE)
    assert page.locator(".stHtml img").count() == 0


def test_a_refusal_shows_the_nearest_passages(page: Page) -> None:
    ask(page, UNANSWERABLE)
    expect(page.locator(".aq-refusal")).to_contain_text("Searched 2 articles")
    page.locator(".aq-card summary").first.click()
    expect(page.locator(".aq-card mark").first).to_be_visible()


def test_a_new_question_stands_at_the_top(page: Page) -> None:
    for number, question in enumerate([QUESTION, UNANSWERABLE]):
        ask(page, question)
        expect(page.locator(f"#turn-{number}")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE], ids=["answer", "refusal"])
def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, question: str) -> None:
    page.set_viewport_size({"width": 380, "height": 780})
    ask(page, question)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    page.wait_for_function("document.querySelector('.aq-article').getBoundingClientRect().right <= 380")  # slides in


def test_text_stands_out_from_its_background(page: Page) -> None:
    ask(page, UNANSWERABLE)
    ask(page, QUESTION)
    page.locator(".aq-card summary").last.click()
    page.get_by_role("button", name="Open article").last.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    texts = page.locator(
        ".stHtml :is(p, mark, .aq-answer, .aq-question, .aq-chip, .aq-byline, .aq-title, .aq-original)"
    )
    assert min(text.evaluate(CONTRAST) for text in texts.all()) >= MINIMUM_CONTRAST


def test_streamlits_own_controls_are_out_of_sight(page: Page) -> None:
    expect(page.get_by_placeholder("Ask about the articles")).to_be_visible()
    expect(page.get_by_text(re.compile("Deploy|Made with Streamlit"))).to_have_count(0)
