"""The articles that are indexed: they are found, read and removed, and the index is checked."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import HOSTILE
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.looks import NARROW, expect_good_looks
from tests.ui.journeys.steps import choose_first, wait_for_report
from tests.ui.served_chat import index

pytestmark = pytest.mark.browser

ARTICLE = f"""Title: Kiln shut {HOSTILE}
Source: The Orrin Post
Date: 2025-05-12

“We are shutting the kiln,” Tilda Brask said on Monday. {HOSTILE}
"""


def test_an_article_is_found_read_and_removed_on_a_narrow_screen(
    visit: Visit, desk: str, desk_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "kiln.txt").write_text(ARTICLE, encoding="utf-8")
    index(tmp_path / "kiln.txt", desk_dir)
    page = visit(desk, "articles")
    page.set_viewport_size(NARROW)
    page.get_by_role("textbox", name="Search").fill("kiln")
    counted = page.locator(".st-key-table-actions")
    expect(counted).to_contain_text("1 ")
    choose_first(page)
    page.get_by_role("button", name="Open article").click()
    expect(page.locator(".aq-article")).to_contain_text(f"on Monday. {HOSTILE}")
    expect_good_looks(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove 1 article").click()
    wait_for_report(page, "1 article removed.")
    expect_good_looks(page)
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("1 article removed.")).to_have_count(0)


def test_an_index_is_checked_from_the_page(visit: Visit, desk: str) -> None:
    page = visit(desk, "articles")
    page.get_by_role("tab", name="Index").click()
    page.get_by_role("button", name="Check the index").click()
    wait_for_report(page, "The index is whole.")
