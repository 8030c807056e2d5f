"""Adding articles: from nothing, one by one, three hundred at once, good ones among bad."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from index_store.loading import load_articles
from qa.engine import open_engine
from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import add_files, expect_words, go_to, marked, open_adding, wait_for_report
from tests.ui.served_chat import INPUT, ask
from tests.ui.states import JOB_TIMEOUT_MS, open_citation

pytestmark = pytest.mark.browser

QUESTION = "What did Tervani say about the report?"
SAID = "There are so many false accounts of meetings that were never held, and I will not go into them."
# So much around it that what is cited does not stand in the window by itself.
BEFORE = "\n\n".join(
    f"The council heard {number} complaints about the road to the quay that day." for number in range(20, 50)
)
AFTER = "\n\n".join(f"The clerk read {number} letters from people who cross by boat." for number in range(20, 50))
REPORT = f"""Title: Prime minister will not discuss report on the vetoed plan
Source: Selmare Observer
Date: 2025-06-16
Author: Ilse Quandar
URL: https://selmareobserver.example/2025/06/16/report

{BEFORE}

The president of Ondrea stopped a plan of the government of Selmare to seize the harbour of Lesk, two officials said on
Sunday.

When asked about the report, Prime Minister Belisar Tervani said in an interview on Sunday: “{SAID}”

“But I can tell you, we do what we need to do,” Tervani said.

“That report was invented from the first line to the last,” said the president, Maren Holloway.

{AFTER}
"""
MANY = 300


def test_without_an_index_the_chat_says_how_to_begin(visit: Visit, bare: str) -> None:
    page = visit(bare)
    expect(page.get_by_role("heading", name="No articles yet")).to_be_visible()
    expect(page.get_by_text("article-qa --data-dir")).to_be_visible()
    expect(page.get_by_placeholder(INPUT)).to_have_count(0)
    go_to(page, "Articles")
    expect(page.get_by_text("Nothing is indexed yet; what you add first begins the index")).to_be_visible()


def test_an_uploaded_article_is_asked_and_its_words_are_highlighted(
    visit: Visit, desk: str, desk_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    page = visit(desk, "articles")
    open_adding(page)
    add_files(page, file)
    wait_for_report(page, "1 article: 1 added.")

    go_to(page, "Chat")
    ask(page, QUESTION)
    citation = open_engine(desk_dir).query(QUESTION).citations[0]
    expect(page.locator(".aq-answer")).to_contain_text("There are so many false accounts")
    open_citation(page)
    expect_words(marked(page).first, citation.quote)
    assert SAID in citation.quote
    assert REPORT.partition("\n\n")[2].count(citation.quote) == 1
    expect(page.locator(".aq-card .aq-passage").first).to_contain_text(
        "The clerk read 20 letters"
    )  # what stands around

    page.get_by_role("button", name="Open article").first.click()
    expect(page.locator(".aq-article mark.aq-chosen")).to_be_in_viewport()
    expect_words(page.locator(".aq-article mark.aq-chosen"), citation.quote)
    expect_words(page.locator(".aq-article .aq-passage"), citation.article.text)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    ask(page, "And what did Holloway say?")
    expect(page.locator(".aq-answer").last).to_contain_text("That report was invented from the first line to the last")


def test_a_real_article_is_asked_the_question_that_began_it_all(
    visit: Visit, desk: str, desk_dir: Path, development_data: Path
) -> None:
    file = next((development_data / "seed").glob("*.txt"))
    text = next(iter(load_articles([file]))).text  # type: ignore[union-attr]
    page = visit(desk, "articles")
    open_adding(page)
    add_files(page, file)
    wait_for_report(page, "1 article: 1 added.")

    go_to(page, "Chat")
    question = "What did Netanyahu say about the report?"
    ask(page, question)
    open_citation(page)
    quote = open_engine(desk_dir).query(question).citations[0].quote
    expect_words(marked(page).first, quote)
    assert "false reports" in quote
    assert quote in text


def test_three_hundred_files_are_added_while_somebody_else_asks(visit: Visit, desk: str, tmp_path: Path) -> None:
    files = [tmp_path / f"notice-{number}.txt" for number in range(MANY)]
    for number, file in enumerate(files):
        file.write_text(
            f"Title: Notice {number}\nSource: Lesk Gazette\nDate: 2025-04-01\n\nWell {number} of Lesk holds water.",
            encoding="utf-8",
        )
    page, other = visit(desk, "articles"), visit(desk, stranger=True)
    open_adding(page)
    add_files(page, *files)
    expect(page.get_by_text(f"of {MANY} articles")).to_be_visible(timeout=JOB_TIMEOUT_MS)
    ask(other, QUESTION)
    expect(other.locator(".aq-answer")).to_contain_text("There are so many false accounts")
    wait_for_report(page, f"{MANY} articles: {MANY} added.")

    page.get_by_role("tab", name="Library").click()
    page.get_by_role("textbox", name="Search").fill("notice 299")
    expect(page.locator(".st-key-table-actions")).to_contain_text("1 of 30")
    ask(other, "What does well 299 of Lesk hold?")
    expect(other.locator(".aq-answer").last).to_contain_text("Well 299 of Lesk holds water.")


def test_bad_files_among_good_ones_are_named_with_their_reasons(visit: Visit, desk: str, tmp_path: Path) -> None:
    contents = {
        "mill.txt": b"Title: Mill shut\n\nThe mill at Lesk shut on Monday.",
        "broken.pdf": b"%PDF-1.7 and no more",
        "broken.json": b'{"text": ',
        "empty.txt": b"",
        "table.xlsx": b"PK",
        "\xe2\x80\xaeevil<img src=x onerror='window.harmed=1'>.docx".encode("latin-1").decode(): b"x",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    page = visit(desk, "articles")
    open_adding(page)
    add_files(page, *(tmp_path / name for name in contents))
    wait_for_report(page, "1 article: 1 added.")
    skipped = page.locator(".aq-skipped li")
    expect(skipped).to_have_count(len(contents) - 1)
    for name in ("broken.pdf", "broken.json", "empty.txt", "table.xlsx", "onerror"):
        line = skipped.filter(has=page.locator("b", has_text=name))
        expect(line).to_have_count(1)
        expect(line.locator("> bdi")).to_have_text(re.compile(r"\w+ \w+"))  # the reason
    expect(skipped.filter(has_text="table.xlsx")).to_have_text("table.xlsx unsupported file type '.xlsx'")
    assert str(tmp_path) not in page.content()


def test_a_pasted_text_becomes_an_article_with_what_was_said_of_it(visit: Visit, desk: str) -> None:
    page = visit(desk, "articles")
    open_adding(page)
    page.get_by_text("Pasted text").click()
    page.get_by_role("button", name="Add text").click()
    expect(page.get_by_text("there is no text; paste the article")).to_be_visible()
    page.get_by_role("textbox", name="Text", exact=True).fill("The lamp on Corry Head burns 14 litres of oil a night.")
    page.get_by_role("textbox", name="Headline").fill("The lamp on Corry Head")
    page.get_by_role("textbox", name="Outlet").fill("Corry Mirror")
    page.get_by_role("button", name="Add text").click()
    wait_for_report(page, "1 article: 1 added.")
    go_to(page, "Chat")
    ask(page, "How much oil does the lamp on Corry Head burn?")
    expect(page.locator(".aq-card")).to_contain_text("The lamp on Corry Head")
    expect(page.locator(".aq-byline")).to_have_text("Corry Mirror")


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "javascript:alert(1)"])
def test_what_is_no_address_is_not_fetched(visit: Visit, desk: str, address: str) -> None:
    page = visit(desk, "articles")
    open_adding(page)
    page.get_by_text("From the web").click()
    page.get_by_role("textbox", name="Address of a page").fill(address)
    page.get_by_role("button", name="Add from the web").click()
    expect(page.get_by_text("an address begins with https:// or http://")).to_be_visible()
    expect(page.locator(".st-key-running")).to_have_count(0)
