"""The states of the application that a reader meets, and the way to each: what is looked at, checked and pictured."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page, expect

from tests.qa.generative.test_generative_answers import passage_of
from tests.scripted_server import Pause, Player, Received, Script, stream
from tests.ui.scripted_model import ScriptedModel
from tests.ui.served_chat import ask, start_asking, wait_until_drawn

QUESTION = "What did Hedda Ostrane say about closing the bridge?"
FOLLOW_UP = "And what did the mayor say?"
UNANSWERABLE = "How many submarines did Vennay buy?"
DISPUTED = "How many jobs does Ansgill Sound Ferries want to cut?"
WIRED = "What did Tamsin Quennick say about the valley?"
WHY = "Why was the Tollister Bridge closed?"
CRACKS = "inspectors found cracks in 14 of the 96 steel plates that hold up its deck"
LINK = "?q=When+will+the+Tollister+Bridge+reopen%3F&until=2025-05-20&source=Ansgill+Evening+Ledger"
JOB_TIMEOUT_MS = 300_000  # a process of its own imports LlamaIndex, maybe on a busy machine


@dataclass(frozen=True)
class State:
    """How to reach a state from a fresh page of a chat over the samples, with or without a model, or over nothing."""

    name: str
    reach: Callable[[Page, ScriptedModel], None]
    served: Literal["samples", "model", "nothing"] = "samples"
    path: str = ""  # of the address that is opened


def chat_is_empty(page: Page, _model: ScriptedModel) -> None:
    expect(page.locator(".st-key-suggestions button").first).to_be_visible()
    wait_until_drawn(page)


def question_is_answered(page: Page, _model: ScriptedModel) -> None:
    ask(page, QUESTION)


def citation_is_open(page: Page, _model: ScriptedModel) -> None:
    ask(page, QUESTION)
    open_citation(page)


def article_is_open(page: Page, _model: ScriptedModel) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()


def follow_up_is_understood(page: Page, _model: ScriptedModel) -> None:
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)


def question_is_refused(page: Page, _model: ScriptedModel) -> None:
    ask(page, UNANSWERABLE)


def articles_disagree(page: Page, _model: ScriptedModel) -> None:
    ask(page, DISPUTED)
    expect(page.locator(".aq-side")).to_have_count(2)


def wire_copies_are_named(page: Page, _model: ScriptedModel) -> None:
    ask(page, WIRED)
    expect(page.locator(".aq-also")).to_be_visible()


def limits_hold(page: Page, _model: ScriptedModel) -> None:
    expect(page.locator(".aq-answer")).to_have_count(1)
    wait_until_drawn(page)


def limits_are_set(page: Page, _model: ScriptedModel) -> None:
    page.get_by_role("button", name="Limits").click()
    expect(page.get_by_role("group", name="Published until")).to_be_visible()


def conversations_are_listed(page: Page, _model: ScriptedModel) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="New chat").click()
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_role("dialog").get_by_role("button", name=QUESTION)).to_be_visible()


def answer_is_written(page: Page, model: ScriptedModel) -> None:
    model.script = writing("The repairs cost", wait_s=60)
    start_asking(page, WHY)
    expect(page.locator(".aq-answer")).to_contain_text(CRACKS)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def answer_is_stopped(page: Page, model: ScriptedModel) -> None:
    answer_is_written(page, model)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("The answer broke off before its end.")).to_be_visible()
    wait_until_drawn(page)


def statement_is_unverified(page: Page, model: ScriptedModel) -> None:
    model.script = writing("The painters were paid for nine weeks [{n}].")
    ask(page, WHY)
    expect(page.locator(".aq-problem")).to_be_visible()


def model_is_down(page: Page, model: ScriptedModel) -> None:
    with model.down():
        ask(page, WHY)
    expect(page.get_by_text("No model wrote this answer")).to_be_visible()


def nothing_is_indexed(page: Page, _model: ScriptedModel) -> None:
    expect(page.get_by_role("heading", name="No articles yet")).to_be_visible()
    wait_until_drawn(page)


def library_is_open(page: Page, _model: ScriptedModel) -> None:
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    wait_until_drawn(page)


def files_can_be_added(page: Page, _model: ScriptedModel) -> None:
    page.get_by_role("tab", name="Add").click()
    expect(page.get_by_role("button", name="Add to the index")).to_be_visible()


def text_can_be_pasted(page: Page, _model: ScriptedModel) -> None:
    page.get_by_role("tab", name="Add").click()
    page.get_by_text("Pasted text").click()
    expect(page.get_by_role("button", name="Add text")).to_be_visible()


def files_were_skipped(page: Page, _model: ScriptedModel) -> None:
    """Nothing else is handed in, so that there is still no index."""
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"x"} for name in ("budget.xlsx", "notes.docx")]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Add to the index").click()
    expect(page.locator(".aq-skipped")).to_be_visible(timeout=JOB_TIMEOUT_MS)
    wait_until_drawn(page)


def health_is_shown(page: Page, _model: ScriptedModel) -> None:
    page.get_by_role("tab", name="Index").click()
    expect(page.locator(".aq-facts")).to_be_visible()


def run_can_begin(page: Page, _model: ScriptedModel) -> None:
    expect(page.get_by_role("button", name=re.compile(r"Run \d+ questions"))).to_be_visible()
    wait_until_drawn(page)


def run_is_read(page: Page, _model: ScriptedModel) -> None:
    page.get_by_text("Results", exact=True).click()
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible()
    wait_until_drawn(page)


def asked_question_is_open(page: Page, model: ScriptedModel) -> None:
    run_is_read(page, model)
    page.locator(".aq-evaluated summary").first.click()
    expect(page.locator(".aq-evaluated h4").first).to_be_visible()


def runs_are_compared(page: Page, _model: ScriptedModel) -> None:
    page.get_by_text("Compare", exact=True).click()
    expect(page.get_by_role("heading", name="Figures that moved")).to_be_visible()
    wait_until_drawn(page)


def fault_is_told(page: Page, _model: ScriptedModel) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Wrong answer").click()
    expect(page.get_by_role("textbox", name="The right answer")).to_be_visible()


def settings_are_open(page: Page, _model: ScriptedModel) -> None:
    expect(page.get_by_role("button", name="Test connection")).to_be_visible()
    wait_until_drawn(page)


def open_citation(page: Page) -> None:
    """Follow the first chip of the newest answer."""
    page.locator(".aq-answer").last.locator(".aq-chip").first.click()
    expect(page.locator(".aq-card[open] mark").last).to_be_in_viewport()


def writing(rest: str, *, wait_s: float = 0) -> Player:
    """A reply that says why the bridge was closed, then `rest`, and after that nothing for some seconds."""

    def play(request: Received) -> Script:
        pieces = [f"The Tollister Bridge was closed after {CRACKS} [{{n}}]. ", rest]
        number = passage_of(request, CRACKS)
        return stream([piece.format(n=number) for piece in pieces], then=[Pause(wait_s)] if wait_s else None)

    return play


STATES = (
    State("empty", chat_is_empty),
    State("answer", question_is_answered),
    State("citation", citation_is_open),
    State("article", article_is_open),
    State("follow-up", follow_up_is_understood),
    State("refusal", question_is_refused),
    State("disagreement", articles_disagree),
    State("wire-copies", wire_copies_are_named),
    State("limits", limits_hold, path=LINK),
    State("limits-fields", limits_are_set),
    State("conversations", conversations_are_listed),
    State("complaint", fault_is_told),
    State("streaming", answer_is_written, served="model"),
    State("stopped", answer_is_stopped, served="model"),
    State("unverified", statement_is_unverified, served="model"),
    State("model-down", model_is_down, served="model"),
    State("no-index", nothing_is_indexed, served="nothing"),
    State("no-index-evaluation", nothing_is_indexed, served="nothing", path="evaluation"),
    State("skipped", files_were_skipped, served="nothing", path="articles"),
    State("library", library_is_open, path="articles"),
    State("adding", files_can_be_added, path="articles"),
    State("pasting", text_can_be_pasted, path="articles"),
    State("health", health_is_shown, path="articles"),
    State("evaluation", run_can_begin, path="evaluation"),
    State("evaluation-results", run_is_read, path="evaluation"),
    State("evaluation-question", asked_question_is_open, path="evaluation"),
    State("evaluation-comparison", runs_are_compared, path="evaluation"),
    State("settings", settings_are_open, path="settings"),
    State("settings-model", settings_are_open, served="model", path="settings"),
)
