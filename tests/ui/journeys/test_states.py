"""Every state of the application: nothing serious stands in the way of anybody, and it fits a narrow screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.looks import NARROW, expect_to_fit, faint_texts
from tests.ui.scripted_model import KEY, ScriptedModel
from tests.ui.served_chat import put_in
from tests.ui.states import STATES, State

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
CONTRAST = "color-contrast"  # the one rule that asks for the theme
# Rule and element of Streamlit's own that a page cannot mend.
STREAMLITS_OWN: frozenset[tuple[str, str]] = frozenset()


@pytest.fixture(params=STATES, ids=lambda state: state.name)
def page(request: pytest.FixtureRequest, visit: Visit, model: ScriptedModel) -> Iterator[Page]:
    state: State = request.param
    address = request.getfixturevalue({"samples": "samples", "model": "modelled", "nothing": "bare"}[state.served])
    page = visit(address, state.path)
    state.reach(page, model)
    yield page
    assert KEY not in page.content()


def test_a_state_stands_in_nobodys_way(page: Page) -> None:
    assert faint_texts(page) == []
    assert violations(page) == []
    put_in(page, "dark")
    assert faint_texts(page) == []
    assert violations(page, CONTRAST) == []
    page.set_viewport_size(NARROW)
    expect_to_fit(page)


def violations(page: Page, *rules: str) -> list[str]:
    """The serious and critical ones, each with its element."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:200]} {node['failureSummary'][:300]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
        if (each["id"], str(node["target"])) not in STREAMLITS_OWN
    ]
