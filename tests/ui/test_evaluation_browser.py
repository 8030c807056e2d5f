"""The evaluation page as a reader meets it: the real command, the sample articles, a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.served_chat import ROOT, TIMEOUT_MS, wait_until_drawn, wait_until_still, watched
from tests.ui.test_browser import CONTRAST, MINIMUM_CONTRAST

pytestmark = pytest.mark.browser

RUN_TIMEOUT_MS = 180_000
TEXTS = ".stHtml :is(p, h2, h4, li, dt, dd, th, td, mark, .aq-asked, .aq-why, .aq-outcome, .aq-byline, .aq-meaning)"
SAMPLES = ROOT / "qa" / "evaluation" / "samples" / "questions.jsonl"
ASKED = 6  # of the sample questions: enough for groups, few enough to wait for


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()[: ASKED - 1]
    wrong = {"id": "wrong", "question": "Why was the Tollister Bridge closed?", "answers": ["rats"], "answerable": True}
    path = tmp_path_factory.mktemp("questions") / "bridge.jsonl"
    path.write_text("\n".join([*lines, json.dumps(wrong)]), encoding="utf-8")
    return path


@pytest.fixture
def page(chromium: Browser, samples: str) -> Iterator[Page]:
    """The page, failing the test if anything leaves this machine."""
    with watched(chromium.new_page(), samples) as page:
        page.goto(f"{samples}/evaluation")
        expect(page.get_by_role("heading", name="Evaluation")).to_be_visible()
        yield page


def run(page: Page, questions: Path) -> None:
    page.get_by_role("combobox", name="Question set").click()
    page.get_by_role("option", name="Upload a file…").click()
    page.locator("input[type=file]").set_input_files(questions)
    page.get_by_role("button", name=f"Run {ASKED} questions").click()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible(timeout=RUN_TIMEOUT_MS)


def test_a_set_is_uploaded_run_read_and_compared(page: Page, questions: Path) -> None:
    run(page, questions)
    first = page.locator(".aq-evaluated").first
    expect(first).to_contain_text("Why was the Tollister Bridge closed?")
    first.locator("summary").click()
    expect(first.locator("mark").first).to_be_visible()
    expect(first).to_contain_text("rats")
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible()
    with page.expect_download() as report:
        page.get_by_role("button", name="Download the report").click()
    assert "Questions, failures first" in report.value.path().read_text(encoding="utf-8")

    page.get_by_test_id("stMain").get_by_text("Run", exact=True).first.click()
    run(page, questions)
    page.get_by_text("Compare", exact=True).click()
    expect(page.locator("body")).to_contain_text("No question changed between right and wrong.", timeout=TIMEOUT_MS)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.get_by_text("Results", exact=True).click()
        expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
        page.locator(".aq-evaluated summary").first.click()
        contrasts = page.locator(TEXTS).evaluate_all(f"elements => elements.map({CONTRAST})")
        assert min(contrasts) >= MINIMUM_CONTRAST
    page.set_viewport_size({"width": 380, "height": 780})
    wait_until_drawn(page)
    wait_until_still(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
