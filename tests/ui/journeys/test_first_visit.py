"""A first visit to the sample articles: what there is, a question, and whether its answer holds."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from qa.engine import open_engine
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import expect_words, export, go_to, marked
from tests.ui.served_chat import INPUT, ask
from tests.ui.states import DISPUTED, QUESTION, UNANSWERABLE, WHY, WIRED, open_citation

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
    expect(page.get_by_text(re.compile("Deploy|Made with Streamlit"))).to_have_count(0)  # are out of sight


def test_a_suggested_question_is_answered_from_its_article(visit: Visit, samples: str) -> None:
    page = visit(samples)
    suggestion = page.locator(".st-key-suggestions button").first
    expect(suggestion).to_have_text("What did Wilhelmina Rookley say about the chart?")
    suggestion.click()
    expect(page.locator(".aq-question")).to_have_text("What did Wilhelmina Rookley say about the chart?")
    expect(page.locator(".aq-answer .aq-chip").first).to_be_visible()
    expect(page.locator(".aq-card").first).to_contain_text("Wilhelmina Rookley")
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
        expect_words(marked(page).nth(number), citation.quote)


def test_an_answer_is_written_and_proven_in_one_place(visit: Visit, samples: str) -> None:
    """What was shown while it was written becomes the answer with its sources, and does not stand beside it."""
    page = visit(samples)
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


def test_every_statement_says_how_far_it_is_proven_and_which_words_answer(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, TWICE_TOLD)
    expect(page.locator(".aq-standing")).to_have_text(["Verbatim", "Verbatim"])
    expect(page.locator(".aq-quote strong")).to_have_text(["June", "15 September"])
    page.locator(".aq-chip").first.click()
    expect(marked(page).locator("strong")).to_have_text("June")


def test_the_whole_article_shows_every_cited_span(visit: Visit, samples: str, samples_dir: Path) -> None:
    citations = open_engine(samples_dir).query(WHY).citations
    article = citations[0].article
    spans = sorted((citation.start, citation.quote) for citation in citations if citation.article == article)
    assert len(spans) > 1
    page = visit(samples)
    ask(page, WHY)
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    expect_words(page.locator(".aq-article mark.aq-chosen"), citations[0].quote)
    expect_words(page.locator(".aq-article .aq-passage"), article.text)
    expect(page.locator(".aq-article mark")).to_have_count(len(spans))
    for number, (_, quote) in enumerate(spans):
        expect_words(page.locator(".aq-article mark").nth(number), quote)


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
    for told in (
        r"^\s*Ansgill Harbour Post\s*19 May 2025.*118 of its 640 jobs",
        r"^\s*Vennay Islander\s*16 May 2025.*180 jobs",
    ):
        expect(sides.filter(has_text=re.compile(told, re.DOTALL))).to_have_count(1)
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


def test_an_answer_is_taken_away_with_what_proves_it(
    visit: Visit, samples: str, samples_dir: Path, tmp_path: Path
) -> None:
    citation = open_engine(samples_dir).query(QUESTION).citations[0]
    page = visit(samples)
    ask(page, QUESTION)
    saved = export(page, "Web page")
    assert saved.suggested_filename == "what-did-hedda-ostrane-say-about-closing-the-bridge.html"
    saved.save_as(tmp_path / "answer.html")
    text = (tmp_path / "answer.html").read_text(encoding="utf-8")
    for fact in (QUESTION, citation.article.content_hash, f"{citation.start} to {citation.end}", citation.article.url):
        assert fact in text
    opened = visit(tmp_path.as_uri(), "answer.html")  # which fails where it asks anybody for anything
    expect(opened.locator("blockquote").first).to_contain_text("We closed it because we could no longer rule out")
    expect(opened.locator("blockquote").first).to_have_css("white-space", "pre-wrap")


def test_the_page_is_whole_after_going_to_the_articles_and_back(visit: Visit, samples: str) -> None:
    page = visit(samples)
    ask(page, QUESTION)
    go_to(page, "Articles")
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    go_to(page, "Chat")
    expect(page.locator(".aq-question")).to_have_text(QUESTION)
    open_citation(page)
