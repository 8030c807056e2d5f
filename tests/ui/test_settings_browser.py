"""The Settings page and the thumbs as a reader meets them: the real command, a real index, a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa.conftest import REPORT
from tests.scripted_server import MODEL, ScriptedServer, error, stream
from tests.ui.served_chat import RUNS, TIMEOUT_MS, ask, index, serve, wait_until_drawn
from tests.ui.test_browser import CONTRAST, MINIMUM_CONTRAST

pytestmark = pytest.mark.browser

KEY = "sk-sentinel-77c1e2"
QUESTION = "Why was the harbour bridge closed?"
# The slider's number stands above its thumb, not on it.
TEXTS = ":is(.stHtml, .stAlert, .stRadio, .stTextInput, .stForm, [data-testid=stDialog]) p:not(.stSlider *)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "articles").mkdir()
    head = f"Title: {REPORT.title}\nSource: {REPORT.source}\nDate: {REPORT.published}\n\n"
    (folder / "articles" / "report.txt").write_text(head + REPORT.text, encoding="utf-8")
    index(folder / "articles", folder / "index")
    with serve(folder / "index", {"ARTICLE_QA_LOG": "debug"}) as address:
        yield address
    assert KEY not in (folder / "chat.log").read_text()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 380, "height": 780}, reduced_motion="reduce")
    page.add_init_script(RUNS)
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{address}/settings")
    yield page
    page.close()


def test_a_key_is_tested_used_and_forgotten_with_its_tab(page: Page, chromium: Browser, address: str) -> None:
    with ScriptedServer(
        [error(401, "invalid_api_key", f"Wrong: {KEY}"), stream(["The bridge was closed [1]."])]
    ) as model:
        page.get_by_role("textbox", name="Base URL").fill(model.url)
        page.get_by_role("textbox", name="Model").fill(MODEL)
        page.get_by_role("textbox", name="Key").fill(KEY)
        page.get_by_role("button", name="Test connection").click()
        expect(page.get_by_text("The key was refused.")).to_be_in_viewport(timeout=TIMEOUT_MS)
        expect(page.get_by_role("textbox", name="Key")).to_have_value("")
        check_looks(page)
        page.get_by_role("link", name="Chat").click()
        ask(page, QUESTION)
        assert {request.headers["authorization"] for request in model.requests} == {f"Bearer {KEY}"}
        told = page.content() + str(page.context.cookies()) + page.url
        assert KEY not in told + page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

        page.goto(f"{address}/settings")
        expect(page.get_by_text("No model is configured")).to_be_visible(timeout=TIMEOUT_MS)


def test_a_wrong_answer_is_told_from_the_keyboard(page: Page) -> None:
    page.get_by_role("link", name="Chat").click()
    ask(page, QUESTION)
    page.get_by_role("button", name="Wrong answer").press("Enter")
    page.get_by_role("textbox", name="What was wrong").fill("Nobody closed it.")
    check_looks(page)
    page.get_by_role("button", name="Add to the collected questions").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=TIMEOUT_MS)
    expect(page.get_by_role("button", name="Wrong answer, chosen")).to_be_visible(timeout=TIMEOUT_MS)
    page.get_by_role("link", name="Evaluation").click()
    page.get_by_role("radio", name="Found wrong").check(force=True)
    expect(page.get_by_text("Nobody closed it.").first).to_be_visible(timeout=TIMEOUT_MS)
    check_looks(page)


def check_looks(page: Page) -> None:
    wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", arg=scheme
        )
        faint = page.locator(TEXTS).evaluate_all(
            f"(elements, least) => elements.filter(each => ({CONTRAST})(each) < least).map(each => each.textContent)",
            MINIMUM_CONTRAST,
        )
        assert faint == [], scheme
