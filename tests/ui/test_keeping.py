"""A day with the chat: links, limits, conversations and exports in a real browser."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.ui.served_chat import RUNS, TIMEOUT_MS, ask, index, serve
from tests.ui.test_browser import ARTICLES, CONTRAST, COST_QUESTION, MINIMUM_CONTRAST, QUESTION, TEXTS, UNANSWERABLE

pytestmark = pytest.mark.browser

OURS = f"{TEXTS}, .aq-standing, .aq-note, .aq-limits, .stHtml .aq-problem"
CLAIMS = [
    {
        "id": "sale",
        "title": "Harbour board to sell the old ferry",
        "source": "The Sound Gazette",
        "date": "2025-05-26",
        "text": "The board met on Monday. “We will sell the ferry before the winter,” said Marit Lunde, who chairs it.",
    },
    {
        "id": "wall-office",
        "title": "The sea wall",
        "source": "The Orrin Post",
        "date": "2025-05-20",
        "text": "The new sea wall at Tarn cost 12 million crowns, the mayor’s office said.",
    },
    {
        "id": "wall-auditor",
        "title": "The sea wall",
        "source": "The Sound Gazette",
        "date": "2025-05-22",
        "text": "The new sea wall at Tarn cost 19 million crowns, the auditor found.",
    },
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("keeping")
    (folder / "articles.json").write_text(json.dumps([*ARTICLES, *CLAIMS]), encoding="utf-8")
    index(folder / "articles.json", folder / "index")
    with serve(folder / "index") as address:
        yield address


@pytest.fixture
def reader(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of one reader's own."""
    context = chromium.new_context(color_scheme=getattr(request, "param", "light"))
    context.set_default_timeout(TIMEOUT_MS)
    yield context
    context.close()


def open_page(reader: BrowserContext, address: str) -> Page:
    page = reader.new_page()
    page.add_init_script(RUNS)
    page.goto(address)
    expect(page.get_by_placeholder("Ask about the articles")).to_be_visible(timeout=TIMEOUT_MS)
    return page


def settled(page: Page) -> Page:
    expect(page.locator(".aq-answer, .aq-refusal").last).to_be_visible(timeout=TIMEOUT_MS)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=TIMEOUT_MS)
    expect(page.get_by_role("button", name="Edit question").last).to_be_visible(timeout=TIMEOUT_MS)
    return page


def test_a_link_asks_its_question_under_its_limits(reader: BrowserContext, address: str) -> None:
    limits = "since=2025-05-01&until=nonsense&source=the+orrin+post"
    page = settled(open_page(reader, f"{address}/?q={QUESTION.replace(' ', '+')}&{limits}"))
    expect(page.locator(".aq-limits")).to_have_text("Asked of: From 1 May 2025 · The Orrin Post")
    expect(page.locator(".aq-answer")).to_contain_text("wild stories")
    expect(page).to_have_url(re.compile("since=2025-05-01&.*source=The"))
    page.get_by_role("button", name="The Orrin Post").click()
    expect(page).not_to_have_url(re.compile("source="))


def test_a_conversation_goes_on_after_a_reload_and_only_for_its_reader(
    reader: BrowserContext, chromium: Browser, address: str
) -> None:
    page = open_page(reader, address)
    ask(page, UNANSWERABLE)
    ask(settled(page), QUESTION)
    expect(page).to_have_url(re.compile("chat="))
    page.reload()
    expect(page.locator(".aq-question")).to_have_count(2, timeout=TIMEOUT_MS)

    stranger = chromium.new_context()
    other = settled(open_page(stranger, page.url))
    expect(other.locator(".aq-question")).to_have_count(1)
    other.goto(address)
    other.get_by_role("button", name="Conversations").click()
    expect(other.get_by_role("dialog").get_by_role("button", name=QUESTION)).to_have_count(1)
    expect(other.get_by_role("dialog")).not_to_contain_text(UNANSWERABLE)
    stranger.close()


def test_a_conversation_is_renamed_resumed_and_deleted(reader: BrowserContext, address: str) -> None:
    page = open_page(reader, address)
    ask(page, QUESTION)
    settled(page).get_by_role("button", name="Conversations").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Change").click()
    page.get_by_label("Name").fill("The bridge, *again*")
    page.get_by_role("button", name="Rename").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".aq-welcome")).to_be_visible()
    page.get_by_role("button", name="Conversations").click()
    dialog.get_by_role("button", name="The bridge, *again*").click()
    expect(page.locator(".aq-answer")).to_contain_text("wild stories")
    page.get_by_role("button", name="Conversations").click()
    dialog.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".aq-welcome")).to_be_visible()
    expect(page.get_by_role("button", name="Conversations")).to_have_count(0)


def test_an_answer_is_taken_away_as_a_page_that_needs_no_network(
    reader: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = open_page(reader, address)
    ask(page, QUESTION)
    settled(page).get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Web page").click()
    path = tmp_path / "answer.html"
    download.value.save_as(path)
    taken, requests, faults = reader.new_page(), list[str](), list[str]()
    taken.on("request", lambda request: requests.append(request.url))
    taken.on("console", lambda message: faults.append(message.text))
    taken.goto(path.as_uri())
    expect(taken.locator("blockquote").first).to_contain_text("There are so many wild stories about this bridge")
    assert taken.locator("blockquote").first.evaluate("quote => getComputedStyle(quote).whiteSpace") == "pre-wrap"
    assert (requests, faults) == ([path.as_uri()], [])
    assert download.value.suggested_filename == "what-did-tilda-brask-say-about-the-bridge.html"


def test_a_question_can_be_put_right_from_the_keyboard(reader: BrowserContext, address: str) -> None:
    page = open_page(reader, address)
    field = page.get_by_placeholder("Ask about the articles")
    expect(field).to_be_focused()
    ask(page, QUESTION)
    settled(page).get_by_role("button", name="Edit question").press("Enter")
    expect(field).to_have_value(QUESTION)
    settled(page)  # the click on "Edit question" draws the page anew, and that would take the focus
    page.locator(".aq-question").click()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "aq-chip":
            break
    assert page.evaluate("document.activeElement.className") == "aq-chip"


@pytest.mark.parametrize("reader", ["light", "dark"], indirect=True)
def test_what_is_said_of_limits_and_proof_stands_out(reader: BrowserContext, address: str) -> None:
    page = open_page(reader, f"{address}/?since=2025-05-01&until=never&source=The+Orrin+Post")
    expect(page.locator(".aq-note")).to_be_visible()
    page.get_by_role("button", name="Limits").click()
    expect(page.locator("[data-tag]")).to_be_visible()
    contrasts = page.locator(f"{OURS}, [data-tag]").evaluate_all(f"elements => elements.map({CONTRAST})")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="The Orrin Post").click()
    expect(page).not_to_have_url(re.compile("source="))
    asked = (COST_QUESTION, "How much did the new sea wall at Tarn cost?", UNANSWERABLE)
    for number, question in enumerate(asked, start=1):
        ask(page, question)
        expect(settled(page).locator(".aq-answer, .aq-refusal")).to_have_count(number)
    expect(page.locator(".aq-dispute .aq-side")).to_have_count(2)
    contrasts += page.locator(OURS).evaluate_all(f"elements => elements.map({CONTRAST})")
    assert min(contrasts) >= MINIMUM_CONTRAST


def test_a_narrow_screen_holds_limits_and_sides(reader: BrowserContext, address: str) -> None:
    page = open_page(reader, f"{address}/?since=2025-05-01&until=2025-06-01&as_of=2025-06-01&source=The+Orrin+Post")
    page.set_viewport_size({"width": 380, "height": 780})
    ask(page, "How much did the new sea wall at Tarn cost?")
    assert settled(page).evaluate("document.documentElement.scrollWidth") <= 380


def test_what_the_newest_articles_answer_is_suggested(reader: BrowserContext, address: str) -> None:
    page = open_page(reader, address)
    suggested = page.get_by_role("button", name="What did Marit Lunde say about the ferry?")
    expect(suggested).to_be_visible(timeout=TIMEOUT_MS)
    suggested.click()
    expect(settled(page).locator(".aq-answer")).to_contain_text("We will sell the ferry")
