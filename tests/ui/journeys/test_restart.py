"""The chat ends and is started again: nothing is lost, and what is broken is said."""

from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import expect

from tests.ui.journeys.conftest import Visit
from tests.ui.journeys.steps import ANSWERS, list_conversations, questions
from tests.ui.served_chat import INPUT, ask, serve
from tests.ui.states import FOLLOW_UP, QUESTION, UNANSWERABLE

pytestmark = pytest.mark.browser


def test_a_conversation_goes_on_after_a_restart(visit: Visit, samples_dir: Path, tmp_path: Path) -> None:
    copytree(samples_dir, tmp_path / "index")
    with serve(tmp_path / "index") as address:
        page = visit(address)
        ask(page, QUESTION)
        ask(page, UNANSWERABLE)
        page.goto("about:blank")  # a page that is open looks in vain for a chat that has ended
    with serve(tmp_path / "index") as address:
        page = visit(address)
        list_conversations(page).get_by_role("button", name=QUESTION).click()
        expect(page.locator(ANSWERS)).to_have_count(2)
        expect(questions(page)).to_have_text([QUESTION, UNANSWERABLE])
        ask(page, FOLLOW_UP)
        expect(page.locator(".aq-answer").last).to_contain_text("Dorran Pellow")
        page.goto("about:blank")


def test_a_damaged_index_is_one_line_and_no_traceback(visit: Visit, samples_dir: Path, tmp_path: Path) -> None:
    copytree(samples_dir, tmp_path / "index")
    (tmp_path / "index" / "catalog.sqlite3").write_bytes(b"this is no database" * 400)
    with serve(tmp_path / "index") as address:
        page = visit(address)
        expect(page.get_by_role("alert")).to_contain_text("nothing can be rebuilt without it")
        expect(page.get_by_role("heading", name="The index is damaged")).to_be_visible()
        expect(page.get_by_placeholder(INPUT)).to_have_count(0)
        expect(page.get_by_text("Traceback")).to_have_count(0)
        page.goto("about:blank")
