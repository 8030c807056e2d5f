"""A conversation: what follows on, what is kept, and what nobody else sees."""

import re

import pytest
from playwright.sync_api import expect

from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import ANSWERS, begin_anew, list_conversations, questions, rename
from tests.ui.served_chat import INPUT, ask, start_asking, wait_until_drawn
from tests.ui.states import DISPUTED, FOLLOW_UP, QUESTION, UNANSWERABLE, open_citation

pytestmark = pytest.mark.browser

UNDERSTOOD = "How the question was understood"
MAYOR = "This is a miserable way to start a week"


def test_a_follow_up_is_understood_from_what_was_asked_before(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    expect(page.get_by_role("note", name=UNDERSTOOD)).to_contain_text(
        "what did the mayor say about closing the bridge?"
    )
    expect(page.locator(".aq-answer").last).to_contain_text("Dorran Pellow")


def test_a_question_as_it_was_understood_is_put_right_and_asked_again(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    page.get_by_role("button", name="Edit question").last.click()
    line = page.get_by_placeholder(INPUT)
    expect(line).to_have_value(re.compile("the mayor"))
    ask(page, line.input_value().replace("the mayor", "Benno Hask").replace("closing the bridge", "his customers"))
    expect(page.locator(".aq-answer").last).to_contain_text("My customers are not gone")


def test_a_refusal_does_not_end_the_conversation(visit: Visit, samples: str) -> None:
    page = visit(samples)
    for number, question in enumerate((QUESTION, UNANSWERABLE, DISPUTED)):
        ask(page, question)
        expect(page.locator(f"#turn-{number}")).to_be_in_viewport(ratio=1)  # a new one stands at the top
    expect(questions(page)).to_have_text([QUESTION, UNANSWERABLE, DISPUTED])
    expect(page.locator(ANSWERS)).to_have_count(3)
    open_citation(page)


def test_a_reload_in_mid_conversation_loses_nothing(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    ask(page, UNANSWERABLE)
    page.reload()
    expect(page.locator(ANSWERS)).to_have_count(2)
    expect(questions(page)).to_have_text([QUESTION, UNANSWERABLE])
    ask(page, FOLLOW_UP)  # leans on what was asked before the reload
    expect(page.locator(".aq-answer").last).to_contain_text("Dorran Pellow")


def test_a_conversation_is_found_again_named_and_deleted(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    list_conversations(page)
    rename(page, "The bridge, *again*")
    begin_anew(page)
    list_conversations(page).get_by_role("button", name="The bridge, *again*").click()
    expect(questions(page)).to_have_text(QUESTION)
    expect(page.locator(".aq-answer")).to_contain_text("We closed it because we could no longer rule out")
    wait_until_drawn(page)

    list_conversations(page).get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".aq-welcome")).to_be_visible()
    expect(page.get_by_role("button", name="Conversations")).to_have_count(0)


def test_two_readers_at_once_never_see_each_others_conversation(visit: Visit, samples: str) -> None:
    mine, theirs = visit(samples), visit(samples, stranger=True)
    start_asking(mine, QUESTION)
    start_asking(theirs, DISPUTED)  # while the first is on its way
    for page, question in ((mine, QUESTION), (theirs, DISPUTED)):
        expect(page.get_by_role("button", name="Edit question")).to_have_count(1)
        wait_until_drawn(page)
        expect(questions(page)).to_have_text([question])
        expect(page.locator(ANSWERS)).to_have_count(1)
    assert "Vennay Islander" not in mine.content()
    assert "Hedda Ostrane" not in theirs.content()

    begin_anew(theirs)
    listed = list_conversations(theirs)
    expect(listed.get_by_role("button", name=DISPUTED)).to_have_count(1)
    assert "Hedda Ostrane" not in theirs.content()


def test_a_link_that_is_passed_on_asks_its_question_and_gives_no_conversation_away(visit: Visit, samples: str) -> None:
    mine = visit(samples)
    ask(mine, UNANSWERABLE)
    ask(mine, QUESTION)
    expect(mine).to_have_url(re.compile("chat=.*"))
    theirs = visit(samples, mine.url.removeprefix(f"{samples}/"), stranger=True)
    expect(theirs.locator(ANSWERS)).to_have_count(1)
    expect(questions(theirs)).to_have_text([QUESTION])
    assert mine.url.split("chat=")[1] not in theirs.url

    listed = list_conversations(theirs)
    expect(listed.get_by_role("button", name=QUESTION)).to_have_count(1)
    expect(listed).not_to_contain_text(UNANSWERABLE)


def test_two_tabs_of_one_reader_have_a_conversation_each_and_one_list(visit: Visit, samples: str) -> None:
    first = visit(samples)
    ask(first, QUESTION)
    second = visit(samples)
    ask(second, UNANSWERABLE)
    expect(questions(first)).to_have_text([QUESTION])
    expect(questions(second)).to_have_text([UNANSWERABLE])
    listed = list_conversations(second)
    for question in (QUESTION, UNANSWERABLE):
        expect(listed.get_by_role("button", name=question)).to_have_count(1)
