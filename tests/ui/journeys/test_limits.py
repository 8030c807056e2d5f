"""Limits: which articles may answer, set on the page or by its address."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from qa.engine import open_engine
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.looks import expect_good_looks
from tests.ui.journeys.steps import pills, questions, set_day
from tests.ui.served_chat import ask, wait_until_drawn
from tests.ui.states import DISPUTED, LINK

pytestmark = pytest.mark.browser

REOPENS = "When will the Tollister Bridge reopen?"
IN_MAY, IN_JUNE = "before the end of June", "15 September"


def test_a_day_narrows_what_may_answer_and_its_pill_widens_it_again(visit: Visit, samples: str) -> None:
    page = visit(samples)
    set_day(page, "Published until", date(2025, 5, 20))
    expect(page.get_by_role("button", name="Until 20 May 2025")).to_be_visible()
    ask(page, REOPENS)
    expect(page.locator(".aq-answer")).to_contain_text(IN_MAY)
    expect(page.locator(".aq-answer")).not_to_contain_text(IN_JUNE)
    expect(page.locator(".aq-limits")).to_have_text("Limits: Until 20 May 2025")

    page.get_by_role("button", name="Until 20 May 2025").click()
    expect(page.get_by_role("button", name="Until 20 May 2025")).to_have_count(0)
    ask(page, REOPENS)
    expect(page.locator(".aq-answer").last).to_contain_text(IN_JUNE)


def test_an_outlet_narrows_what_may_answer(visit: Visit, samples: str, samples_dir: Path) -> None:
    citations = open_engine(samples_dir).query(DISPUTED, sources=["Vennay Islander"]).citations
    page = visit(samples)
    page.get_by_role("button", name="Limits").click()
    page.get_by_role("combobox", name="Outlets").click()
    page.get_by_role("option", name="Vennay Islander").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    wait_until_drawn(page)
    expect(pills(page)).to_have_text(["Vennay Islander"])
    ask(page, DISPUTED)
    expect(page.locator(".aq-byline")).to_have_text([re.compile("^Vennay Islander · ")] * len(citations))


def test_a_refusal_within_limits_offers_to_ask_without_them(visit: Visit, samples: str) -> None:
    page = visit(samples, "?q=Who+won+the+mayoral+race%3F&until=2025-05-20")
    expect(page.locator(".aq-refusal")).to_contain_text("within the limits: Until 20 May 2025")
    page.get_by_role("button", name="Ask without the limits").click()
    expect(page.locator(".aq-answer")).to_contain_text("Mirela Askwith")


def test_as_of_a_day_nothing_later_is_known(visit: Visit, samples: str) -> None:
    page = visit(samples, "?q=When+will+the+Tollister+Bridge+reopen%3F&as_of=2025-05-20")
    expect(page.locator(".aq-answer")).to_contain_text(IN_MAY)
    expect(pills(page)).to_have_text(["As of 20 May 2025"])
    assert "September" not in page.content()  # which is drawn to its end


def test_a_deep_link_asks_its_question_once_under_its_limits(visit: Visit, samples: str) -> None:
    page = visit(samples, LINK.replace("Ansgill", "ansgill"))
    expect(page.locator(".aq-answer")).to_contain_text(IN_MAY)
    expect(questions(page)).to_have_text([REOPENS])
    expect(page.locator(".aq-limits")).to_have_text("Limits: Until 20 May 2025 · Ansgill Evening Ledger")
    expect(pills(page)).to_have_text(["Until 20 May 2025", "Ansgill Evening Ledger"])
    expect(page).to_have_url(re.compile("until=2025-05-20&.*source=Ansgill"))
    page.get_by_role("button", name="Ansgill Evening Ledger").click()
    expect(pills(page)).to_have_text(["Until 20 May 2025"])
    expect(page).not_to_have_url(re.compile("source="))


def test_the_address_after_a_question_is_a_link_to_it(visit: Visit, samples: str) -> None:
    page = visit(samples, "?until=2025-05-20")
    ask(page, REOPENS)
    expect(page).to_have_url(re.compile("q=When"))
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["q"], asked["until"]) == ([REOPENS], ["2025-05-20"])
    other = visit(samples, page.url.removeprefix(f"{samples}/"), stranger=True)
    expect(other.locator(".aq-answer")).to_contain_text(IN_MAY)
    for each in (page, other):
        expect(pills(each)).to_have_text(["Until 20 May 2025"])


def test_what_a_link_cannot_mean_is_left_out_and_said(visit: Visit, samples: str) -> None:
    page = visit(samples, "?since=yesterday&source=%3Cb%3ENobody%3C/b%3E&until=2025-13-01&chat=../../etc")
    notes = page.locator(".aq-note")
    expect(notes).to_have_count(3)
    expect(notes.nth(2)).to_contain_text("<b>Nobody</b>")
    expect(page.locator(".aq-welcome")).to_be_visible()
    expect(pills(page)).to_have_count(0)
    expect_good_looks(page)


def test_limits_of_one_reader_do_not_limit_another(visit: Visit, samples: str) -> None:
    mine = visit(samples, "?until=2025-05-20")
    theirs = visit(samples, stranger=True)
    ask(theirs, REOPENS)
    expect(pills(theirs)).to_have_count(0)
    expect(theirs.locator(".aq-answer")).to_contain_text(IN_JUNE)
    expect(pills(mine)).to_have_text(["Until 20 May 2025"])
