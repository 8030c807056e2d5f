"""The chat as a reader meets it: the real command, a real index, a real browser."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from qa.citation import Citation
from qa.engine import open_engine
from tests.ui.conftest import HOSTILE
from tests.ui.served_chat import ask, index, serve, watched

pytestmark = pytest.mark.browser

QUESTION = "What did Tilda Brask say about the bridge?"
HOSTILE_QUESTION = "What did Corin Maddow say about the lighthouse?"
COST_QUESTION = "How much did the new ferry cost?"
FOLLOW_UP = "What did she say about wild stories?"
UNANSWERABLE = "How many submarines did Vellmark send?"
TEXTS = ".stHtml :is(p, mark, strong, .aq-answer, .aq-question, .aq-chip, .aq-byline, .aq-title, .aq-original)"
MINIMUM_CONTRAST = 4.5  # WCAG 2, AA
ARTICLES = [
    {
        "id": "bridge",
        "title": "Harbour bridge closed",
        "source": "The Orrin Post",
        "author": "Ada Oake",
        "date": "2025-05-12",
        "url": "https://orrinpost.example/bridge",
        "text": "\n\n".join(
            [f"The council heard {number} reports about the road to the quay that day." for number in range(20, 60)]
            + ["“There are so many wild stories about this bridge,” Tilda Brask said, “and I will not add one.”"]
            + [f"The clerk read {number} letters from people who cross by boat." for number in range(20, 60)]
        ),
    },
    {
        "id": "lighthouse",
        "title": f"Lighthouse {HOSTILE}",
        "source": HOSTILE,
        "author": HOSTILE,
        "date": "2025-05-13",
        "url": f"https://orrinpost.example/{HOSTILE}",
        "text": f"{HOSTILE}\n\n“The lighthouse stays lit,” Corin Maddow said of the lighthouse. {HOSTILE}\n\n{HOSTILE}",
    },
    *(
        {
            "id": f"ferry-{outlet}",
            "title": "A new ferry for the sound",
            "source": outlet,
            "date": "2025-05-14",
            "text": f"{opening}\n\nThe new ferry cost 41 million crowns, the harbour office said on Wednesday.",
        }
        for outlet, opening in {
            "The Orrin Post": "People stood on the quay from early morning to see her come in.",
            "The Sound Gazette": "The first crossing of the summer left Orrin with a band on deck.",
        }.items()
    ),
]
# The least contrast of an element's text against all that is painted behind it.
CONTRAST = """element => {
    const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.unshift(getComputedStyle(each).backgroundColor);
    const paint = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); };
    const luminance = () => {
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    layers.forEach(paint);
    const behind = luminance();
    paint(getComputedStyle(element).color);
    const [dark, light] = [behind, luminance()].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}"""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chat")
    (folder / "articles.json").write_text(json.dumps(ARTICLES), encoding="utf-8")
    index(folder / "articles.json", folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def citation(data_dir: Path) -> Citation:
    """What the page is to show."""
    return open_engine(data_dir).query(QUESTION).citations[0]


@pytest.fixture(scope="module")
def address(data_dir: Path) -> Iterator[str]:
    with serve(data_dir) as address:
        yield address


@pytest.fixture
def page(request: pytest.FixtureRequest, tabs: BrowserContext, address: str) -> Iterator[Page]:
    """An open chat that fails the test if anything runs or leaves that should not."""
    with watched(tabs.new_page(), address) as page:
        page.emulate_media(color_scheme=getattr(request, "param", "light"))
        page.goto(address)
        yield page


def test_a_chip_opens_the_cited_passage_in_its_surroundings(page: Page, citation: Citation) -> None:
    ask(page, QUESTION)
    page.locator(".aq-chip").first.click()
    mark = page.locator(".aq-card mark").first
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("mark => mark.textContent") == citation.quote
    expect(page.locator(".aq-card .aq-passage").first).to_contain_text("The clerk read 20 letters")


def test_an_article_opens_at_the_cited_passage(page: Page, citation: Citation) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Open article").first.click()
    mark = page.locator(".aq-article mark.aq-chosen")
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("mark => mark.textContent") == citation.quote
    assert page.locator(".aq-article .aq-passage").evaluate("text => text.textContent") == citation.article.text


def test_the_answering_words_stand_out_and_other_outlets_are_named(page: Page, data_dir: Path) -> None:
    citation = open_engine(data_dir).query(COST_QUESTION).citations[0]
    ask(page, COST_QUESTION)
    quote = page.locator(".aq-quote").first
    expect(quote).to_have_text(citation.quote)
    expect(quote.locator("strong")).to_have_text("41 million crowns")
    expect(page.locator(".aq-also")).to_have_text(f"Also in: {citation.also_in[0].source}")
    page.locator(".aq-chip").first.click()
    mark = page.locator(".aq-card mark").first
    expect(mark.locator("strong")).to_have_text("41 million crowns")
    assert mark.evaluate("mark => mark.textContent") == citation.quote


def test_a_hostile_article_is_only_text(page: Page) -> None:
    ask(page, HOSTILE_QUESTION)
    page.locator(".aq-chip").first.click()
    expect(page.locator(".aq-card mark").first).to_be_visible()
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article")).to_contain_text(HOSTILE)
    assert page.locator(".stHtml img").count() == 0


def test_a_refusal_shows_the_nearest_passages(page: Page) -> None:
    ask(page, UNANSWERABLE)
    expect(page.locator(".aq-refusal")).to_contain_text("Searched 4 articles")
    page.locator(".aq-card summary").first.click()
    expect(page.locator(".aq-card mark").first).to_be_visible()


def test_a_new_question_stands_at_the_top(page: Page) -> None:
    for number, question in enumerate([QUESTION, UNANSWERABLE]):
        ask(page, question)
        expect(page.locator(f"#turn-{number}")).to_be_in_viewport(ratio=1)


def test_a_follow_up_question_says_how_it_was_understood(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    note = page.get_by_role("note", name="How the question was understood")
    expect(note).to_have_text("Understood as: What did Tilda Brask say about wild stories?")


@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE], ids=["answer", "refusal"])
def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, question: str) -> None:
    page.set_viewport_size({"width": 380, "height": 780})
    ask(page, question)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    page.wait_for_function("document.querySelector('.aq-article').getBoundingClientRect().right <= 380")  # slides in


@pytest.mark.parametrize("page", ["light", "dark"], indirect=True)
def test_text_stands_out_from_its_background(page: Page) -> None:
    ask(page, UNANSWERABLE)
    ask(page, COST_QUESTION)
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    page.locator(".aq-card summary").last.click()
    page.get_by_role("button", name="Open article").last.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    contrasts = page.locator(TEXTS).evaluate_all(f"elements => elements.map({CONTRAST})")
    assert min(contrasts) >= MINIMUM_CONTRAST


def test_streamlits_own_controls_are_out_of_sight(page: Page) -> None:
    expect(page.get_by_placeholder("Ask about the articles")).to_be_visible()
    expect(page.get_by_text(re.compile("Deploy|Made with Streamlit"))).to_have_count(0)
