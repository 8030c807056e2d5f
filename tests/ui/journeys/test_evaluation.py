"""An evaluation: a question set is handed in, run, read and compared."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.journeys.conftest import Visit
from tests.ui.served_chat import wait_until_drawn
from tests.ui.states import JOB_TIMEOUT_MS
from ui.evaluation.folder import SAMPLE

pytestmark = pytest.mark.browser

ASKED = 6  # of the sample questions: enough for groups, few enough to wait for


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()[: ASKED - 1]
    wrong = {"id": "wrong", "question": "Why was the Tollister Bridge closed?", "answers": ["rats"], "answerable": True}
    path = tmp_path / "bridge.jsonl"
    path.write_text("\n".join([*lines, json.dumps(wrong)]), encoding="utf-8")
    return path


def run(page: Page, question_set: Path) -> None:
    page.get_by_role("combobox", name="Question set").click()
    page.get_by_role("option", name="Upload a file…").click()
    page.locator("input[type=file]").set_input_files(question_set)
    page.get_by_role("button", name=f"Run {ASKED} questions").click()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible(timeout=JOB_TIMEOUT_MS)
    wait_until_drawn(page)


def test_a_set_is_uploaded_run_read_and_compared(visit: Visit, samples: str, question_set: Path) -> None:
    page = visit(samples, "evaluation")
    run(page, question_set)
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
    wait_until_drawn(page)
    run(page, question_set)
    page.get_by_text("Compare", exact=True).click()
    expect(page.get_by_text("No question changed between right and wrong.")).to_be_visible()
