"""An answer that a model writes while the reader looks on: a real server, a real browser, a scripted model."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa.conftest import REPORT
from tests.qa.generative.test_generative_answers import CLOSED
from tests.scripted_server import Pause, error, stream
from tests.ui.scripted_model import KEY, ScriptedModel
from tests.ui.served_chat import TIMEOUT_MS, index, serve, start_asking

pytestmark = pytest.mark.browser

QUESTION = "Why was the harbour bridge closed?"


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with ScriptedModel() as model:
        yield model


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, model: ScriptedModel) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("streaming")
    (folder / "articles").mkdir()
    head = f"Title: {REPORT.title}\nSource: {REPORT.source}\nDate: {REPORT.published}\n\n"
    (folder / "articles" / "report.txt").write_text(head + REPORT.text, encoding="utf-8")
    index(folder / "articles", folder / "index")
    with serve(folder / "index", model.variables) as address:
        yield address
    assert KEY not in (folder / "chat.log").read_text()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(address)
    yield page
    assert KEY not in page.content()
    page.close()


def test_a_statement_is_shown_while_the_rest_is_still_written_and_can_be_stopped(
    page: Page, model: ScriptedModel
) -> None:
    model.script = stream([f"{CLOSED} [1]. ", "The ferry comp"], then=[Pause(60)])
    model.server.left.clear()
    start_asking(page, QUESTION)

    expect(page.locator(".aq-answer")).to_contain_text(CLOSED, timeout=TIMEOUT_MS)
    page.get_by_role("button", name="Stop").click()

    expect(page.locator("body")).to_contain_text("The answer broke off before its end.", timeout=TIMEOUT_MS)
    expect(page.locator(".aq-answer")).to_contain_text(CLOSED)
    expect(page.locator("a.aq-chip").first).to_have_text("1")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    assert model.server.left.wait(10), "the model must see that nobody listens any more"


def test_a_model_that_fails_is_said_above_the_articles_own_words(page: Page, model: ScriptedModel) -> None:
    model.script = error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}")
    start_asking(page, QUESTION)

    expect(page.locator("body")).to_contain_text("No model wrote this answer", timeout=TIMEOUT_MS)
    expect(page.locator("body")).to_contain_text("OPENAI_API_KEY")
    expect(page.locator(".aq-answer")).to_contain_text("a survey found rust")


def test_a_statement_with_problems_says_so(page: Page, model: ScriptedModel) -> None:
    model.script = stream([f"{CLOSED} [1]. Brask fined nine painters [1]."])
    start_asking(page, QUESTION)

    expect(page.locator(".aq-problem")).to_contain_text("nine", timeout=TIMEOUT_MS)
    expect(page.locator("body")).to_contain_text("Written by a model from the passages below")


def test_thumbs_wait_until_the_next_answer_is_there(page: Page, model: ScriptedModel) -> None:
    model.script = stream([f"{CLOSED} [1]. "])
    start_asking(page, QUESTION)
    thumb = page.get_by_role("button", name="Good answer")
    expect(thumb).to_be_enabled(timeout=TIMEOUT_MS)

    model.script = stream([f"{CLOSED} [1]. ", "The ferry comp"], then=[Pause(60)])
    start_asking(page, QUESTION)
    expect(page.get_by_role("button", name="Stop")).to_be_visible(timeout=TIMEOUT_MS)
    expect(thumb).to_be_disabled(timeout=TIMEOUT_MS)
    page.keyboard.press("Escape")
    expect(thumb).to_have_count(2, timeout=TIMEOUT_MS)
    expect(thumb.first).to_be_enabled(timeout=TIMEOUT_MS)


def test_escape_stops_an_answer(page: Page, model: ScriptedModel) -> None:
    model.script = stream([f"{CLOSED} [1]. ", "The ferry comp"], then=[Pause(60)])
    start_asking(page, QUESTION)

    expect(page.locator(".aq-answer")).to_contain_text(CLOSED, timeout=TIMEOUT_MS)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()  # until then the key is not listened to
    page.keyboard.press("Escape")

    expect(page.locator("body")).to_contain_text("The answer broke off before its end.", timeout=TIMEOUT_MS)
