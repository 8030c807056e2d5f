"""What a reader thinks of an answer, and where it is kept."""

import pytest
from playwright.sync_api import expect

from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.looks import NARROW, expect_good_looks
from tests.ui.journeys.steps import go_to, press_escape_to_stop
from tests.ui.scripted_model import ScriptedModel
from tests.ui.served_chat import ask, start_asking, wait_until_drawn
from tests.ui.states import WHY, writing

pytestmark = pytest.mark.browser


def test_a_wrong_answer_is_told_and_taken_back_from_the_keyboard(visit: Visit, samples: str) -> None:
    page = visit(samples)
    page.set_viewport_size(NARROW)
    ask(page, WHY)
    page.get_by_role("button", name="Wrong answer").press("Enter")
    page.get_by_role("textbox", name="What was wrong").fill("Nobody closed it.")
    expect_good_looks(page)
    page.get_by_role("button", name="Add to the collected questions").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Wrong answer, chosen")).to_be_visible()
    go_to(page, "Evaluation")
    page.get_by_role("radio", name="Found wrong").check(force=True)
    expect(page.get_by_text("Nobody closed it.").first).to_be_visible()
    expect_good_looks(page)

    go_to(page, "Chat")
    page.get_by_role("button", name="Wrong answer, chosen").press("Enter")
    page.get_by_role("button", name="Take it out again").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Wrong answer", exact=True)).to_be_visible()
    go_to(page, "Evaluation")
    expect(page.get_by_text("Nobody closed it.")).to_have_count(0)


def test_thumbs_wait_until_the_next_answer_is_there(visit: Visit, modelled: str, model: ScriptedModel) -> None:
    model.script = writing("")
    page = visit(modelled)
    ask(page, WHY)
    thumb = page.get_by_role("button", name="Good answer")
    expect(thumb).to_be_enabled()

    model.script = writing("The ferry comp", wait_s=60)
    start_asking(page, WHY)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(thumb).to_be_disabled()
    press_escape_to_stop(page)
    expect(thumb).to_have_count(2)
    wait_until_drawn(page)
    expect(thumb.first).to_be_enabled()
