"""The model that a reader sets: theirs alone, for as long as their tab is open."""

import pytest
from playwright.sync_api import Page, expect

from tests.scripted_server import MODEL, error
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.looks import NARROW, expect_good_looks
from tests.ui.journeys.steps import go_to
from tests.ui.scripted_model import KEY, ScriptedModel
from tests.ui.served_chat import ask, wait_until_drawn
from tests.ui.states import WHY, writing

pytestmark = pytest.mark.browser


def give_key(page: Page, model: ScriptedModel) -> None:
    for field, value in (("Base URL", model.server.url), ("Model", MODEL), ("Key", KEY)):
        page.get_by_role("textbox", name=field, exact=True).fill(value)


def key_field_is_empty(page: Page) -> None:
    wait_until_drawn(page)
    expect(page.get_by_role("textbox", name="Key", exact=True)).to_have_value("")


def test_a_key_is_tested_used_and_forgotten_with_its_tab(visit: Visit, samples: str, model: ScriptedModel) -> None:
    model.script = error(401, "invalid_api_key", f"Wrong: {KEY}")
    page = visit(samples, "settings")
    page.set_viewport_size(NARROW)
    give_key(page, model)
    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_text("The key was refused.")).to_be_in_viewport()
    key_field_is_empty(page)
    expect_good_looks(page)

    model.script = writing("")
    go_to(page, "Chat")
    ask(page, WHY)
    expect(page.get_by_text("Written by a model from the passages below")).to_be_visible()
    assert {request.headers["authorization"] for request in model.server.requests[-2:]} == {f"Bearer {KEY}"}
    told = page.content() + str(page.context.cookies()) + page.url
    assert KEY not in told + page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    page.goto(f"{samples}/settings")
    expect(page.get_by_text("No model is configured")).to_be_visible()


def test_a_key_that_one_reader_gives_is_theirs_alone(visit: Visit, samples: str, model: ScriptedModel) -> None:
    model.script = writing("")
    mine, theirs = visit(samples, "settings"), visit(samples, "settings", stranger=True)
    give_key(mine, model)
    mine.get_by_role("button", name="Apply").click()
    expect(mine.get_by_text("with this tab’s key")).to_be_visible()
    expect(theirs.get_by_text("No model is configured")).to_be_visible()
    key_field_is_empty(mine)

    for page in (mine, theirs):
        go_to(page, "Chat")
        ask(page, WHY)
        assert KEY not in page.content()
    expect(mine.get_by_text("Written by a model from the passages below")).to_be_visible()
    expect(theirs.get_by_text("In the articles’ own words")).to_be_visible()
    assert model.server.requests[-1].headers["authorization"] == f"Bearer {KEY}"
