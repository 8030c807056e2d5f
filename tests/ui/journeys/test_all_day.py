"""A chat that stays open all day: days typed without leaving their field, and a long conversation."""

import re

import pytest
from playwright.sync_api import expect

from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import list_conversations
from tests.ui.served_chat import ask, wait_until_drawn
from tests.ui.states import QUESTION, UNANSWERABLE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_a_typed_day_counts_at_once(visit: Visit, samples: str, key: str) -> None:
    page = visit(samples)
    page.get_by_role("button", name="Limits").click()
    page.get_by_role("spinbutton", name="year, Published until").click()
    page.keyboard.type("20250520")
    expect(page.get_by_role("spinbutton", name="day, Published until")).to_be_focused()
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile("until=2025-05-20"))
    expect(page.get_by_role("button", name="Until 20 May 2025")).to_have_count(1)


def test_the_way_out_of_a_long_conversation_is_always_in_sight(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    ask(page, UNANSWERABLE)
    for name in ("New chat", "Conversations"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport()
    expect(page.get_by_role("link", name="Articles")).to_be_in_viewport()
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".aq-welcome")).to_be_visible()
    wait_until_drawn(page)
    expect(list_conversations(page).get_by_role("button", name=QUESTION)).to_be_visible()
