"""A hostile article: on every page, in every file, it is text. `visit` fails whoever runs it or asks elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from tests.ui.conftest import HOSTILE
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import begin_anew, choose_first, expect_words, export, list_conversations, marked, rename
from tests.ui.served_chat import ask, index, serve, wait_until_drawn
from tests.ui.states import open_citation

pytestmark = pytest.mark.browser

QUESTION = "What did Corin Maddow say about the lighthouse?"
SAID = f"“The lighthouse stays lit,” Corin Maddow said of the lighthouse. {HOSTILE}"
ARTICLE = {
    "id": "lighthouse",
    "title": f"Lighthouse {HOSTILE}",
    "source": HOSTILE,
    "author": HOSTILE,
    "date": "2025-05-13",
    "url": f"javascript:window.harmed=1//{HOSTILE}",
    "text": f"{HOSTILE}\n\n{SAID}\n\n{HOSTILE}",
}
HARMFUL = ":is(img, script, iframe, object, embed, link, [onerror], [href^='javascript:'], .katex)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "article.json").write_text(json.dumps(ARTICLE), encoding="utf-8")
    index(folder / "article.json", folder / "index")
    with serve(folder / "index") as address:
        yield address


def expect_no_harm(page: Page) -> None:
    """No article has brought anything into what the page shows; Streamlit's own parts are outside of it."""
    wait_until_drawn(page)
    inside = page.locator(f":is([data-testid=stMain], [data-testid=stBottom], [role=dialog]) {HARMFUL}")
    ours = "all => all.filter(each => !each.closest('.stHtml > script:only-child')).map(each => each.outerHTML)"
    assert inside.evaluate_all(ours) == []


def test_in_the_chat(visit: Visit, hostile: str) -> None:
    page = visit(hostile)
    ask(page, QUESTION)
    open_citation(page)
    expect(marked(page).first).to_contain_text("The lighthouse stays lit")
    expect(page.locator(".aq-title")).to_contain_text(HOSTILE)
    expect(page.locator(".aq-byline")).to_contain_text(HOSTILE)
    expect(page.locator("a.aq-original")).to_have_count(0)
    expect_no_harm(page)


def test_in_the_whole_article(visit: Visit, hostile: str) -> None:
    page = visit(hostile)
    ask(page, QUESTION)
    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    expect_words(page.locator(".aq-article .aq-passage"), ARTICLE["text"])
    expect_words(page.locator(".aq-article .aq-title"), ARTICLE["title"])
    expect_no_harm(page)


def test_on_the_articles_page(visit: Visit, hostile: str) -> None:
    page = visit(hostile, "articles")
    choose_first(page)
    page.get_by_role("button", name="Open article").click()
    expect(page.locator(".aq-article")).to_contain_text(HOSTILE)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"Lighthouse {HOSTILE}")
    expect_no_harm(page)


def test_in_an_exported_page(visit: Visit, hostile: str, tmp_path: Path) -> None:
    page = visit(hostile)
    ask(page, QUESTION)
    export(page, "Web page").save_as(tmp_path / "answer.html")
    opened = visit(tmp_path.as_uri(), "answer.html")
    expect(opened.locator("main")).to_contain_text(HOSTILE)
    expect(opened.locator(HARMFUL)).to_have_count(0)


def test_in_exported_markdown(visit: Visit, hostile: str, tmp_path: Path) -> None:
    """Shown by a renderer that lets HTML through, as the careless ones do."""
    page = visit(hostile)
    ask(page, QUESTION)
    text = export(page, "Markdown").path().read_text(encoding="utf-8")
    shown = MarkdownIt("commonmark", {"html": True}).render(text)
    (tmp_path / "answer.html").write_text(f"<meta charset=utf-8>{shown}", encoding="utf-8")
    opened = visit(tmp_path.as_uri(), "answer.html")
    expect(opened.locator("body")).to_contain_text(HOSTILE)
    expect(opened.locator(HARMFUL)).to_have_count(0)


def test_in_a_question_a_name_and_a_link(visit: Visit, hostile: str) -> None:
    page = visit(hostile)
    ask(page, HOSTILE)
    expect_words(page.locator(".aq-question"), HOSTILE)
    begin_anew(page)
    listed = list_conversations(page)
    expect(listed.get_by_role("button", name=HOSTILE)).to_have_count(1)
    rename(page, f"Named {HOSTILE}"[:120])
    expect(list_conversations(page)).to_contain_text(f"Named {HOSTILE}"[:120].strip())
    expect_no_harm(page)

    page.goto(f"{hostile}/?q=%3Cimg%20src%3Dx%20onerror%3D%22window.harmed%3D1%22%3E&source=%3Cscript%3E")
    expect(page.locator(".aq-question")).to_have_text('<img src=x onerror="window.harmed=1">')
    expect_no_harm(page)
