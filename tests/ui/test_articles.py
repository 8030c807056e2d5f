"""The Articles page as Streamlit runs it, over a real index."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from index_store.catalog import ArticleHeader
from index_store.errors import ArticleQAError
from index_store.layout import LOCK_FILE
from qa.engine import open_engine
from tests.ui.conftest import HOSTILE, PIER, Markup, ScriptedEngine, ScriptedStore
from tests.ui.served_chat import index
from ui import resources
from ui.articles.health import facts
from ui.holdings import Holdings

VIEW = Path(resources.__file__).parent / "views" / "articles.py"
START_TIMEOUT_S = 60  # the first page of a process imports LlamaIndex
JOB_TIMEOUT_S = 90  # a process of its own imports it again
KEY = "sk-sentinel-77a0c2"
ROWS = [
    {"id": "pier", "title": PIER.title, "source": PIER.source, "date": "2025-03-04", "text": PIER.text},
    {"id": "bridge", "title": "Bridge shut", "source": "The Orrin Post", "date": "2025-05-12", "text": "It is shut."},
    {"id": "hostile", "title": HOSTILE, "source": HOSTILE, "text": HOSTILE},
]

OpenArticles = Callable[[Path], AppTest]


@pytest.fixture
def open_articles(monkeypatch: pytest.MonkeyPatch) -> OpenArticles:
    def open_articles(data_dir: Path) -> AppTest:
        st.cache_resource.clear()
        st.cache_data.clear()
        monkeypatch.setenv("ARTICLE_QA_DATA_DIR", str(data_dir))
        return run(AppTest.from_file(str(VIEW), default_timeout=START_TIMEOUT_S))

    return open_articles


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / "rows.json").write_text(json.dumps(ROWS), encoding="utf-8")
    index(tmp_path / "rows.json", tmp_path / "index")
    return tmp_path / "index"


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def finish(page: AppTest) -> AppTest:
    """Look until the job is over."""
    deadline = time.monotonic() + JOB_TIMEOUT_S
    while run(page).session_state["articles"].job.outcome is None:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return run(page)


def read(page: AppTest) -> str:
    return "\n".join(Markup(element.body).text for element in page.get("html"))


def paste(page: AppTest, text: str, **fields: str) -> AppTest:
    page.radio(key="way").set_value("Pasted text")
    run(page)
    page.text_area[0].set_value(text)
    for field in page.text_input:
        if field.label in fields:
            field.set_value(fields[field.label])
    next(button for button in page.button if button.label == "Add text").click()
    return run(page)


def test_an_index_is_shown_with_its_articles_and_its_health(open_articles: OpenArticles, data_dir: Path) -> None:
    page = open_articles(data_dir)
    assert list(page.dataframe[0].value["Headline"]) == ["Bridge shut", PIER.title, HOSTILE]
    for words in ("3 articles · 4 March 2025 to 12 May 2025", "On disk", "Last change", "just now", "nobody"):
        assert words in read(page)
    assert page.button(key="remove").disabled


def test_the_table_is_searched_limited_and_ordered(open_articles: OpenArticles, data_dir: Path) -> None:
    page = open_articles(data_dir)
    page.text_input(key="words").set_value("PIER courier")
    assert list(run(page).dataframe[0].value["Headline"]) == [PIER.title]
    page.text_input(key="words").set_value("")
    page.multiselect(key="outlets").set_value(["The Orrin Post", PIER.source])
    page.selectbox(key="order").set_value("Oldest first")
    assert list(run(page).dataframe[0].value["Headline"]) == [PIER.title, "Bridge shut"]
    page.date_input(key="since").set_value(date(2025, 5, 1))
    assert list(run(page).dataframe[0].value["Headline"]) == ["Bridge shut"]
    page.text_input(key="words").set_value("submarine")
    assert "No article fits." in read(run(page))


def test_the_first_article_makes_the_index(open_articles: OpenArticles, tmp_path: Path) -> None:
    page = open_articles(tmp_path / "new")
    assert "what you add first begins the index" in read(page)
    assert not page.dataframe
    paste(page, "The mill burned on Monday.", Headline="Mill fire", Outlet="The Orrin Post")
    finish(page)
    assert [success.value for success in page.success] == ["1 article\\: 1 added\\."]
    assert list(page.dataframe[0].value["Headline"]) == ["Mill fire"]
    assert not page.text_area[0].value, "what was taken is not to be added twice"
    stored = next(iter(open_engine(tmp_path / "new").store.articles()))
    assert (stored.text, stored.source) == ("The mill burned on Monday.", "The Orrin Post")
    assert not (tmp_path / "new" / ".uploads").exists()


def test_an_empty_text_is_refused_before_anything_starts(open_articles: OpenArticles, data_dir: Path) -> None:
    page = paste(open_articles(data_dir), "  ")
    assert "there is no text" in page.error[0].value
    assert page.session_state["articles"].job is None


@pytest.mark.parametrize(
    "address", ["", "/etc/hostname", "file:///etc/hostname", "ftp://a.example/x"], ids=["none", "path", "file", "ftp"]
)
def test_only_addresses_of_the_web_are_taken(open_articles: OpenArticles, data_dir: Path, address: str) -> None:
    page = open_articles(data_dir)
    page.radio(key="way").set_value("From the web")
    next(field for field in run(page).text_input if field.label.startswith("Address")).set_value(address)
    next(button for button in page.button if button.label == "Add from the web").click()
    assert len(run(page).error) == 1
    assert page.session_state["articles"].job is None


def test_an_index_that_another_process_writes_says_so(open_articles: OpenArticles, data_dir: Path) -> None:
    page = open_articles(data_dir)
    with FileLock(data_dir / LOCK_FILE):
        assert "another process" in read(run(page))
        finish(paste(page, "The mill burned on Monday."))
    assert "the index is being written by another process" in page.error[0].value.replace("\\", "")
    assert page.text_area[0].value == "The mill burned on Monday.", "what was refused can be handed in again"


def test_a_damaged_index_is_one_line_and_can_be_checked(open_articles: OpenArticles, data_dir: Path) -> None:
    (data_dir / "catalog.sqlite3").write_bytes(b"no database " * 1000)
    page = open_articles(data_dir)
    assert len(page.error) == 1
    assert "damaged" in page.error[0].value
    page.button(key="check").click()
    finish(run(page))
    assert [warning.value for warning in page.warning] == ["Something is wrong with the index."]
    assert "✗ catalog" in read(page)


def test_a_whole_index_is_found_whole(open_articles: OpenArticles, data_dir: Path) -> None:
    page = open_articles(data_dir)
    page.button(key="check").click()
    finish(run(page))
    assert [success.value for success in page.success] == ["The index is whole."]
    assert "✓ vectors" in read(page)


def test_another_embedding_is_one_line_without_a_key(
    open_articles: OpenArticles, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ARTICLE_QA_EMBEDDING_MODEL", "other")
    monkeypatch.setenv("ARTICLE_QA_EMBEDDING_DIMENSION", "8")
    page = open_articles(data_dir)
    assert len(page.error) == 1
    assert "was built with" in page.error[0].value
    assert KEY not in repr(page)


def test_a_fault_of_the_engine_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(_data_dir: Path | None) -> ScriptedEngine:
        raise ArticleQAError("the disk costs $5 to\nread, or $6")

    monkeypatch.setenv("ARTICLE_QA_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(resources, "load_engine", fail)
    page = run(AppTest.from_file(str(VIEW), default_timeout=START_TIMEOUT_S))
    assert [error.value for error in page.error] == [r"the disk costs \$5 to read, or \$6"]


class FilledStore(ScriptedStore):
    """A store of very many articles."""

    def headers(self) -> list[ArticleHeader]:
        first = ArticleHeader("a", "Headline", "The Orrin Post", "Ada Oake", date(2000, 1, 1), "")
        return [
            replace(first, id=f"a{number}", title=f"Headline {number}", published=date(2000, 1, 1) + timedelta(number))
            for number in range(20_000)
        ]


def test_twenty_thousand_articles_are_searched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("ARTICLE_QA_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(resources, "load_engine", lambda _data_dir: ScriptedEngine(store=FilledStore(20_000)))
    page = run(AppTest.from_file(str(VIEW), default_timeout=START_TIMEOUT_S))
    assert len(page.dataframe[0].value) == 20_000
    page.text_input(key="words").set_value("headline 1999")
    assert len(run(page).dataframe[0].value) == 12  # 1999, 11999, and 19990 to 19999


def test_a_server_that_keeps_the_vectors_is_told(tmp_path: Path) -> None:
    told = dict(facts(tmp_path, Holdings(3, 5), datetime(2025, 6, 2), "the Chroma server http://127.0.0.1:8000"))
    assert told["Vectors"] == "on the Chroma server http://127.0.0.1:8000"
    assert "Vectors" not in dict(facts(tmp_path, Holdings(3, 5), datetime(2025, 6, 2)))
