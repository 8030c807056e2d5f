"""By the keyboard alone, on a narrow screen, and in the dark."""

import pytest
from playwright.sync_api import expect

from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.looks import NARROW, expect_to_fit
from tests.ui.journeys.steps import marked, tab_to
from tests.ui.served_chat import INPUT, ask, put_in, wait_until_drawn
from tests.ui.states import DISPUTED, FOLLOW_UP, QUESTION

pytestmark = pytest.mark.browser

BRIGHTNESS = """element => {
    const [r, g, b] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    return (r + g + b) / 3;
}"""


# How long anything on the page takes at most to slide or fade, in seconds.
SLOWEST = """() => Math.max(...[...document.querySelectorAll('body *')].map(getComputedStyle).flatMap(
    style => [style.transitionDuration, style.animationDuration].join(',').split(',').map(parseFloat)))"""


def test_a_question_is_asked_and_checked_without_a_mouse(visit: Visit, samples: str) -> None:
    page = visit(samples)
    expect(page.get_by_placeholder(INPUT)).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    chip = page.locator(".aq-chip").first
    expect(chip).to_be_visible()
    tab_to(page, chip)
    expect(chip).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(marked(page).first).to_be_in_viewport()

    opening = page.get_by_role("button", name="Open article").first
    tab_to(page, opening)
    page.keyboard.press("Enter")
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    page.wait_for_function("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opening).to_be_focused()


def test_a_source_unfolds_and_folds_by_the_keyboard(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    summary = page.locator(".aq-card summary").first
    tab_to(page, summary)
    expect(summary).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(marked(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(marked(page)).to_have_count(0)


def test_a_question_is_put_right_by_the_keyboard(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    page.get_by_role("button", name="Edit question").press("Enter")
    line = page.get_by_placeholder(INPUT)
    expect(line).to_have_value(QUESTION)
    expect(line).to_be_focused()
    page.locator(".aq-question").click()
    tab_to(page, page.locator(".aq-chip").first)


def test_every_page_is_reached_by_the_keyboard(visit: Visit, samples: str) -> None:
    page = visit(samples)
    expect(page.get_by_placeholder(INPUT)).to_be_focused()
    for name in ("Articles", "Evaluation", "Settings", "Chat"):
        tab_to(page, page.get_by_role("link", name=name, exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Article QA" if name == "Chat" else name)
        wait_until_drawn(page)


def test_a_conversation_on_a_narrow_screen_needs_no_sideways_scrolling(visit: Visit, samples: str) -> None:
    page = visit(samples, "?since=2025-05-01&until=2025-06-01&as_of=2025-06-01&source=Ansgill+Evening+Ledger")
    page.set_viewport_size(NARROW)
    for question in (QUESTION, FOLLOW_UP, DISPUTED):
        ask(page, question)
        expect_to_fit(page)
        expect(page.get_by_placeholder(INPUT)).to_be_in_viewport(ratio=1)  # the line to type in stays in sight
        expect(page.locator(".aq-question").last).to_be_in_viewport(ratio=1)
    page.locator(".aq-card summary").last.click()
    expect(marked(page).last).to_be_visible()
    expect_to_fit(page)


def test_the_page_follows_the_readers_dark_and_light(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    app = page.get_by_test_id("stApp")
    put_in(page, "dark")
    assert app.evaluate(BRIGHTNESS) < 60
    page.locator(".aq-chip").first.click()  # goes on where it was
    expect(marked(page).first).to_be_in_viewport()
    put_in(page, "light")
    assert app.evaluate(BRIGHTNESS) > 200


def test_nothing_moves_for_a_reader_who_has_asked_for_less_motion(visit: Visit, samples: str) -> None:
    page = visit(samples)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(SLOWEST) > 0.1
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(SLOWEST) < 0.001
