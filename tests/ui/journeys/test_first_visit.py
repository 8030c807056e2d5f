"""A first visit to the sample articles: what there is, a question, and whether its answer holds."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from qa.engine import open_engine
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import export, marked, words_of
from tests.ui.served_chat import INPUT, ask, wait_until_drawn
from tests.ui.states import DISPUTED, QUESTION, UNANSWERABLE, WIRED, open_citation

pytestmark = pytest.mark.browser

# How many answers stood on the page at once, at any moment from now on.
COUNT_ANSWERS = """() => {
    window.most = 0;
    const count = () => { window.most = Math.max(window.most, document.querySelectorAll('.aq-answer').length); };
    new MutationObserver(count).observe(document.body, {childList: true, subtree: true});
}"""
TWICE_TOLD = "When will the Tollister Bridge reopen?"


def test_a_first_visit_says_what_there_is_and_waits_for_a_question(visit: Visit, samples: str) -> None:
    page = visit(samples)
    expect(page.locator(".aq-header")).to_contain_text("16 articles · 12 May 2025 to 3 June 2025")
    expect(page.get_by_role("heading", name="Ask about your articles")).to_be_visible()
    expect(page.get_by_placeholder(INPUT)).to_be_focused()
    expect(page.get_by_role("button", name="Conversations")).to_have_count(0)


def test_a_suggested_question_is_answered_from_its_article(visit: Visit, samples: str) -> None:
    page = visit(samples)
    suggestion = page.locator(".st-key-suggestions button").first
    question = suggestion.inner_text()
    suggestion.click()
    expect(page.locator(".aq-question")).to_have_text(question)
    expect(page.locator(".aq-answer .aq-chip").first).to_be_visible()
    expect(page.locator(".st-key-suggestions")).to_have_count(0)


@pytest.mark.parametrize("question", [QUESTION, WIRED, TWICE_TOLD, DISPUTED], ids=["said", "wire", "two", "disputed"])
def test_each_chip_opens_the_words_of_its_own_citation(
    visit: Visit, samples: str, samples_dir: Path, question: str
) -> None:
    citations = open_engine(samples_dir).query(question).citations
    page = visit(samples)
    ask(page, question)
    chips = page.locator(".aq-answer .aq-chip")
    expect(chips).to_have_count(len(citations))
    for number, citation in enumerate(citations):
        chips.nth(number).click()
        expect(marked(page)).to_have_count(number + 1)
        expect(marked(page).nth(number)).to_be_in_viewport()
        assert words_of(marked(page).nth(number)) == citation.quote


def test_an_answer_is_written_and_proven_in_one_place(visit: Visit, samples: str) -> None:
    """What was shown while it was written becomes the answer with its sources, and does not stand beside it."""
    page = visit(samples)
    wait_until_drawn(page)
    page.evaluate(COUNT_ANSWERS)
    ask(page, QUESTION)
    expect(page.locator(".aq-answer .aq-chip").first).to_be_visible()
    assert page.evaluate("window.most") == 1


def test_a_source_names_its_article_and_leads_to_the_original(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    card = page.locator(".aq-card").first
    expect(card).to_contain_text("Tollister Bridge shut after cracks found in hanger plates")
    expect(card).to_contain_text("Ansgill Evening Ledger · Fenella Griskell · 12 May 2025")
    original = page.get_by_role("link", name="eveningledger.example").first
    expect(original).to_have_attribute(
        "href", "https://eveningledger.example/2025/05/12/tollister-bridge-shut-after-cracks-found"
    )
    expect(original).to_have_attribute("rel", "noopener noreferrer")


def test_every_statement_says_how_far_it_is_proven(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, TWICE_TOLD)
    expect(page.locator(".aq-standing")).to_have_text(["Verbatim", "Verbatim"])


def test_the_whole_article_shows_every_cited_span(visit: Visit, samples: str, samples_dir: Path) -> None:
    question = "What is the Seafarers' Guild?"
    citations = open_engine(samples_dir).query(question).citations
    article = citations[0].article
    spans = [citation.quote for citation in citations if citation.article == article]
    page = visit(samples)
    ask(page, question)
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    assert words_of(page.locator(".aq-article .aq-passage")) == article.text
    assert sorted(page.locator(".aq-article mark").evaluate_all("all => all.map(each => each.textContent)")) == sorted(
        spans
    )


def test_a_wire_copy_is_cited_once_and_its_other_outlet_named(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, WIRED)
    expect(page.locator(".aq-card")).to_have_count(1)
    expect(page.locator(".aq-also")).to_have_text("Also in: Esterhaw Courier")


def test_articles_that_disagree_stand_side_by_side(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, DISPUTED)
    expect(page.get_by_role("region", name="The articles disagree")).to_be_visible()
    sides = page.locator(".aq-side")
    expect(sides).to_have_count(2)
    told = sorted(sides.all_inner_texts())
    assert told[0].startswith("Ansgill Harbour Post\n19 May 2025")
    assert "118 of its 640 jobs" in told[0]
    assert told[1].startswith("Vennay Islander\n16 May 2025")
    assert "180 jobs" in told[1]
    left, right = (sides.nth(number).bounding_box() for number in (0, 1))
    assert left is not None and right is not None
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]


def test_a_refusal_says_what_was_searched_and_shows_what_came_nearest(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, UNANSWERABLE)
    refusal = page.get_by_role("region", name="No answer")
    expect(refusal).to_contain_text("The articles do not answer this")
    expect(refusal).to_contain_text("Searched 16 articles")
    expect(refusal).to_contain_text("12 May 2025 to 3 June 2025")
    expect(page.locator(".aq-answer")).to_have_count(0)
    page.locator(".aq-card summary").first.click()
    expect(marked(page).first).to_be_visible()


def test_an_answer_is_taken_away_with_what_proves_it(visit: Visit, samples: str, samples_dir: Path) -> None:
    citation = open_engine(samples_dir).query(QUESTION).citations[0]
    page = visit(samples)
    ask(page, QUESTION)
    saved = export(page, "Web page")
    assert saved.suggested_filename == "what-did-hedda-ostrane-say-about-closing-the-bridge.html"
    text = saved.path().read_text(encoding="utf-8")
    for fact in (QUESTION, citation.article.content_hash, f"{citation.start} to {citation.end}", citation.article.url):
        assert fact in text


def test_the_page_is_whole_after_going_to_the_articles_and_back(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    page.get_by_role("link", name="Articles").click()
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    page.get_by_role("link", name="Chat").click()
    wait_until_drawn(page)
    expect(page.locator(".aq-question")).to_have_text(QUESTION)
    open_citation(page)
