"""The Articles page as a reader meets it: the real command, a real index, a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.conftest import HOSTILE
from tests.ui.served_chat import TIMEOUT_MS, put_in, serve, wait_until_drawn, watched
from tests.ui.test_browser import CONTRAST, MINIMUM_CONTRAST

pytestmark = pytest.mark.browser

JOB_TIMEOUT_MS = 90_000  # a process of its own imports LlamaIndex
TEXTS = (
    ":is(.stHtml, .st-key-navigation, .stTabs, .stAlert)"
    " :is(p, dt, dd, li, label, .aq-title, .aq-byline):not(button:disabled *)"
)
ARTICLE = f"""Title: Mill shut {HOSTILE}
Source: The Orrin Post
Date: 2025-05-12

“We are shutting the mill,” Tilda Brask said on Monday. {HOSTILE}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(tmp_path_factory.mktemp("articles") / "index") as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with watched(chromium.new_page(viewport={"width": 380, "height": 780}), address) as page:
        page.goto(address)
        yield page


def test_an_article_is_added_read_and_removed(page: Page, tmp_path: Path) -> None:
    open_articles(page)
    file, other = tmp_path / "mill.txt", tmp_path / "mill.docx"
    file.write_text(ARTICLE, encoding="utf-8")
    other.write_bytes(b"x")
    page.locator("input[type=file]").set_input_files([file, other])
    page.get_by_role("button", name="Add to the index").click()
    expect(page.get_by_text("1 article: 1 added.")).to_be_visible(timeout=JOB_TIMEOUT_MS)
    expect(page.locator(".aq-skipped")).to_have_text("mill.docx unsupported file type '.docx'")
    check_looks(page)
    page.get_by_role("button", name="Dismiss").click()

    choose_first(page)
    page.get_by_role("button", name="Open article").click()
    expect(page.locator(".aq-article")).to_contain_text(f"on Monday. {HOSTILE}", timeout=TIMEOUT_MS)
    check_looks(page)
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    choose_first(page)
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove 1 article").click()
    expect(page.get_by_text("1 article removed.")).to_be_visible(timeout=JOB_TIMEOUT_MS)
    check_looks(page)


def open_articles(page: Page) -> None:
    """By the keyboard alone: the second link of the page."""
    expect(page.get_by_role("link", name="Articles")).to_be_visible(timeout=TIMEOUT_MS)
    page.get_by_role("link", name="Chat").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Add")).to_be_visible(timeout=TIMEOUT_MS)


def choose_first(page: Page) -> None:
    table = page.get_by_test_id("stDataFrame")
    expect(table.locator("canvas").first).to_be_visible(timeout=TIMEOUT_MS)
    opened = page.get_by_role("button", name="Open article")
    if opened.is_enabled():
        return
    table.click(position={"x": 15, "y": 52})
    expect(opened).to_be_enabled(timeout=TIMEOUT_MS)


def check_looks(page: Page) -> None:
    wait_until_drawn(page)
    for scheme in ("light", "dark"):
        put_in(page, scheme)
        faint = page.locator(TEXTS).evaluate_all(
            f"(elements, least) => elements.filter(each => ({CONTRAST})(each) < least).map(each => each.textContent)",
            MINIMUM_CONTRAST,
        )
        assert faint == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
