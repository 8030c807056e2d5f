"""What a reader does on the page, in their own words."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

from tests.ui.served_chat import INPUT, wait_until_drawn
from tests.ui.states import JOB_TIMEOUT_MS

ANSWERS = ".aq-answer, .aq-refusal"


def marked(page: Page) -> Locator:
    """The highlighted words of each unfolded citation."""
    return page.locator(".aq-card[open] mark")


def questions(page: Page) -> Locator:
    """What was asked, oldest first."""
    return page.locator(".aq-question")


def pills(page: Page) -> Locator:
    """The limits that hold."""
    return page.locator("[class*='st-key-limit-'] p:visible")


def expect_words(element: Locator, text: str) -> None:
    """Its characters are these, white space included."""
    expect(element).to_have_js_property("textContent", text)


def go_to(page: Page, name: str) -> None:
    """To another page of the application, by its link."""
    page.get_by_role("link", name=name, exact=True).click()
    wait_until_drawn(page)


def set_day(page: Page, field: str, day: date) -> None:
    """Type a day into one of the limits."""
    page.get_by_role("button", name="Limits").click()
    page.get_by_role("spinbutton", name=f"year, {field}").click()
    page.keyboard.type(f"{day:%Y%m%d}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the calendar's button: whoever leaves the field has chosen
    expect(page).to_have_url(re.compile(day.isoformat()))
    page.keyboard.press("Escape")
    wait_until_drawn(page)


def begin_anew(page: Page) -> None:
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".aq-welcome")).to_be_visible()
    expect(page.get_by_placeholder(INPUT)).to_be_focused()


def list_conversations(page: Page) -> Locator:
    """The list, opened."""
    page.get_by_role("button", name="Conversations").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("shown in this browser alone")).to_be_visible()
    wait_until_drawn(page)
    return dialog


def rename(page: Page, name: str) -> None:
    """The first of the conversations in the open list."""
    page.get_by_role("dialog").get_by_role("button", name="Change").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_until_drawn(page)


def press_escape_to_stop(page: Page) -> None:
    """As soon as there is something to stop: before, the key is not listened to."""
    expect(page.get_by_role("button", name="Stop")).to_be_enabled()
    page.keyboard.press("Escape")


def export(page: Page, form: str) -> Download:
    """The newest answer as a file."""
    page.get_by_role("button", name="Export").last.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=form).click()
    return download.value


def open_adding(page: Page) -> None:
    """The forms of the Articles page, where they do not stand open already."""
    page.get_by_role("tab", name="Add").click()
    wait_until_drawn(page)


def add_files(page: Page, *files: Path) -> None:
    """Hand the files in, and wait for nothing."""
    page.locator("input[type=file]").set_input_files(files)
    button = page.get_by_role("button", name="Add to the index")
    expect(button).to_be_enabled()
    button.click()


def choose_first(page: Page) -> None:
    """The first article of the table."""
    table = page.get_by_test_id("stDataFrame")
    expect(table.locator("canvas").first).to_be_visible()
    wait_until_drawn(page)
    table.click(position={"x": 15, "y": 52})
    expect(page.get_by_role("button", name="Open article")).to_be_enabled()


def wait_for_report(page: Page, text: str) -> None:
    expect(page.get_by_text(text)).to_be_visible(timeout=JOB_TIMEOUT_MS)
    wait_until_drawn(page)


def tab_to(page: Page, target: Locator, *, most: int = 60) -> None:
    """Press Tab until the element has the focus."""
    wait_until_drawn(page)  # what is drawn anew may lose the focus
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target} within {most} steps")
