"""A model that writes: it is down, slow, cut off, stopped, and not believed."""

import pytest
from playwright.sync_api import expect

from tests.scripted_server import Pause, Script, error, hang_up, stall, stream
from tests.ui.conftest import HOSTILE
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import ANSWERS, marked, press_escape_to_stop
from tests.ui.scripted_model import KEY, ScriptedModel
from tests.ui.served_chat import TIMEOUT_MS, ask, start_asking, wait_until_drawn
from tests.ui.states import CRACKS, QUESTION, WHY, open_citation, writing

pytestmark = pytest.mark.browser

OWN_WORDS = "No model wrote this answer"
BROKEN_OFF = "The answer broke off before its end."


def test_a_model_that_is_down_is_replaced_by_the_articles_own_words(
    visit: Visit, modelled: str, model: ScriptedModel
) -> None:
    page = visit(modelled)
    with model.down():
        ask(page, QUESTION)
    expect(page.get_by_text(OWN_WORDS)).to_be_visible()
    expect(page.locator(".aq-answer")).to_contain_text("We closed it because we could no longer rule out")
    open_citation(page)

    model.script = writing("")  # it is back, and the conversation goes on
    ask(page, WHY)
    expect(page.get_by_text("Written by a model from the passages below")).to_be_visible()
    assert KEY not in page.content()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        pytest.param(hang_up(), OWN_WORDS, id="hangs-up"),
        pytest.param(
            error(401, "invalid_api_key", f"Incorrect API key: {KEY}"), "OPENAI_API_KEY", id="refuses-the-key"
        ),
    ],
)
def test_a_model_that_fails_is_replaced_too(
    visit: Visit, modelled: str, model: ScriptedModel, fault: Script, told: str
) -> None:
    model.script = fault
    page = visit(modelled)
    ask(page, QUESTION)
    expect(page.get_by_text(OWN_WORDS)).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator(".aq-answer")).to_contain_text("We closed it because we could no longer rule out")
    expect(page.get_by_text("Traceback")).to_have_count(0)
    assert KEY not in page.content()


def test_a_slow_model_is_read_while_it_writes(visit: Visit, modelled: str, model: ScriptedModel) -> None:
    model.script = writing("The rest comes late [{n}].", wait_s=3)
    page = visit(modelled)
    start_asking(page, WHY)
    expect(page.locator(".aq-answer")).to_contain_text(CRACKS)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()  # the rest is still to come
    expect(page.locator(".aq-welcome, .st-key-suggestions")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit question")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    open_citation(page)
    expect(marked(page).first).to_contain_text("14 of the 96 steel plates")


def test_a_model_that_says_nothing_is_stopped_and_the_next_question_answered(
    visit: Visit, modelled: str, model: ScriptedModel
) -> None:
    model.script = stall(60)
    page = visit(modelled)
    start_asking(page, WHY)
    expect(page.get_by_text("Reading the articles…")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    wait_until_drawn(page)

    model.script = writing("")
    ask(page, WHY)
    expect(page.locator(".aq-answer").last).to_contain_text(CRACKS)


def test_stopping_keeps_what_was_written_and_a_reload_keeps_it_too(
    visit: Visit, modelled: str, model: ScriptedModel
) -> None:
    model.script = writing("The repairs cost", wait_s=60)
    model.server.left.clear()
    page = visit(modelled)
    start_asking(page, WHY)
    expect(page.locator(".aq-answer")).to_contain_text(CRACKS)
    press_escape_to_stop(page)
    expect(page.get_by_text(BROKEN_OFF)).to_be_visible()
    expect(page.locator(".aq-answer")).to_contain_text(CRACKS)
    expect(page.locator(".aq-chip").first).to_have_text("1")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    assert model.server.left.wait(TIMEOUT_MS / 1000), "the model must see that nobody listens any more"
    wait_until_drawn(page)
    page.reload()
    expect(page.locator(".aq-answer")).to_contain_text(CRACKS)
    expect(page.get_by_text(BROKEN_OFF)).to_be_visible()


def test_a_new_question_ends_the_one_that_is_on_its_way(visit: Visit, modelled: str, model: ScriptedModel) -> None:
    model.script = writing("The repairs cost", wait_s=60)
    page = visit(modelled)
    start_asking(page, WHY)
    expect(page.locator(".aq-answer")).to_contain_text(CRACKS)
    model.script = writing("")
    start_asking(page, QUESTION)
    expect(page.locator(".aq-question")).to_have_text([WHY, QUESTION])
    expect(page.get_by_text(BROKEN_OFF)).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(page.locator(ANSWERS)).to_have_count(2)


def test_what_no_passage_proves_is_marked_and_told_from_what_is_proven(
    visit: Visit, modelled: str, model: ScriptedModel
) -> None:
    model.script = writing("The painters were paid for nine weeks [{n}].")
    page = visit(modelled)
    ask(page, WHY)
    expect(page.locator(".aq-standing")).to_have_text(["Supported"])
    expect(page.locator(".aq-unverified")).to_contain_text("nine weeks")
    expect(page.locator(".aq-problem")).to_contain_text("Unverified: ")
    expect(page.get_by_text("Written by a model from the passages below")).to_be_visible()


def test_markup_that_a_model_writes_is_text(visit: Visit, modelled: str, model: ScriptedModel) -> None:
    model.script = stream([f"{HOSTILE} [1].", " ![x](https://pixel.example/?q=secret)"], then=[Pause(0)])
    page = visit(modelled)
    ask(page, WHY)
    expect(page.locator(".stHtml :is(img, iframe, [onerror])")).to_have_count(0)


def test_two_readers_of_one_model_get_their_own_answers(visit: Visit, modelled: str, model: ScriptedModel) -> None:
    model.script = writing("The repairs cost", wait_s=60)
    waiting, other = visit(modelled), visit(modelled, stranger=True)
    start_asking(waiting, WHY)
    expect(waiting.locator(".aq-answer")).to_contain_text(CRACKS)
    model.script = writing("")
    ask(other, WHY)  # is not kept waiting by the first
    expect(other.get_by_text("Written by a model from the passages below")).to_be_visible()
    expect(waiting.get_by_role("button", name="Stop")).to_be_visible()
    waiting.get_by_role("button", name="Stop").click()
    expect(waiting.get_by_text(BROKEN_OFF)).to_be_visible()
    expect(other.get_by_text(BROKEN_OFF)).to_have_count(0)
