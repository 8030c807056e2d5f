"""The page as Streamlit runs it, over an engine that answers as told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index_store.article import Article
from index_store.errors import ArticleQAError, IndexNotFoundError
from qa.answer import Answer, RetrievedPassage, Statement
from qa.reading import Turn
from tests.ui.conftest import HOSTILE, PIER, Markup, ScriptedEngine, ScriptedStore, cite
from ui import resources

APP = Path(resources.__file__).with_name("app.py")
START_TIMEOUT_S = 60  # the first page of a process imports LlamaIndex

HOLM = cite(1, PIER, "“We will not close the north pier,”", "not close", (replace(PIER, source="The Sound Gazette"),))
FEES = cite(2, PIER, "landing fees")
ANSWER = Answer(
    question="What did Holm say?",
    statements=(Statement("The pier stays.", (1,)), Statement("Fees will pay for it.", (2,))),
    citations=(HOLM, FEES),
)
REFUSAL = Answer(
    question="How many ferries?",
    refused=True,
    reason="No passage names a ferry.",
    retrieved=tuple(RetrievedPassage(PIER, span.start, span.end, 0.1) for span in (HOLM, FEES) * 3),
)

OpenChat = Callable[[ScriptedEngine], AppTest]


@pytest.fixture
def open_chat(monkeypatch: pytest.MonkeyPatch) -> OpenChat:
    def open_chat(engine: ScriptedEngine) -> AppTest:
        monkeypatch.setattr(resources, "load_engine", lambda _data_dir: engine)
        return AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S).run()

    return open_chat


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    return "\n".join(Markup(element.body).text for element in page.get("html"))


def test_an_empty_chat_says_what_there_is_and_how_to_ask(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine())
    assert "1,204 articles · 3 January 2023 to 2 June 2025" in read(page)
    assert "Ask in plain words" in read(page)
    assert not page.button


def test_an_answer_is_shown_with_its_citations(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER])
    shown = read(ask(open_chat(engine), "  What did Holm say? "))
    assert engine.asked == [("What did Holm say?", ())]
    for words in (
        "The pier stays.",
        "Fees will pay for it.",
        HOLM.quote,
        "Jonas Lind",
        "Also in: The Sound Gazette",
        "2 citations",
    ):
        assert words in shown
    assert "Ask in plain words" not in shown


def test_questions_stand_in_the_order_they_were_asked(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine([ANSWER, REFUSAL]))
    shown = read(ask(ask(page, "First?"), "Second?"))
    assert shown.index("First?") < shown.index("The pier stays.") < shown.index("Second?")


def test_a_follow_up_question_is_asked_after_what_was_answered_before(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER, ArticleQAError("the index is locked"), REFUSAL, ANSWER])
    page = open_chat(engine)
    for question in ("What did Holm say?", "Failed?", "How many ferries?", "And Lind?"):
        ask(page, question)
    told = Turn("What did Holm say?", "The pier stays. Fees will pay for it.", (HOLM.span, FEES.span))
    before = (told, Turn("How many ferries?"))
    assert engine.asked[-1] == ("And Lind?", before)


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL], ids=["answer", "refusal"])
def test_a_question_that_was_completed_says_how(open_chat: OpenChat, answer: Answer) -> None:
    answer = replace(answer, question="And she?", understood="What did Ida Holm say?")
    shown = read(ask(open_chat(ScriptedEngine([answer])), "And she?"))
    assert "Understood as: What did Ida Holm say?" in shown
    answered = answer.reason or answer.statements[0].text
    assert shown.index("And she?") < shown.index("Understood as") < shown.index(answered)


def test_a_question_understood_as_it_was_asked_is_not_repeated(open_chat: OpenChat) -> None:
    answer = replace(ANSWER, understood=ANSWER.question)
    assert "Understood as" not in read(ask(open_chat(ScriptedEngine([answer])), ANSWER.question))


def test_a_citation_opens_its_article_with_every_cited_span_marked(open_chat: OpenChat) -> None:
    page = ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?")
    page.button(key="open-turn-0-2").click().run()
    article = next(Markup(each.body) for each in page.get("html") if "<article" in each.body)
    assert article.marks == [HOLM.quote, FEES.quote]
    assert article.strong == ["not close"]
    assert PIER.text in article.text


def test_a_refusal_shows_the_three_nearest_passages(open_chat: OpenChat) -> None:
    page = ask(open_chat(ScriptedEngine([REFUSAL])), "How many ferries?")
    shown = read(page)
    assert "No passage names a ferry." in shown
    assert "Searched 1,204 articles (8,330 passages), published 3 January 2023 to 2 June 2025." in shown
    assert [button.label for button in page.button].count("Open article") == 3


def test_an_answer_that_broke_off_says_so(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine([replace(ANSWER, incomplete=True)]))
    assert "The answer broke off before its end." in read(ask(page, "What did Holm say?"))


def test_an_expected_fault_is_one_line_and_the_chat_goes_on(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine([ArticleQAError("the index costs $5 to\nread, or $6"), ANSWER]))
    ask(page, "What did Holm say?")
    assert [error.value for error in page.error] == [r"the index costs \$5 to read, or \$6"]
    assert "The pier stays." in read(ask(page, "Again?"))


def test_a_new_chat_forgets_the_old_one(open_chat: OpenChat) -> None:
    page = ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?")
    page.button(key="new-chat").click().run()
    assert "The pier stays." not in read(page)
    assert "Ask in plain words" in read(page)


@pytest.mark.parametrize("data_dir", [None, "my index"], ids=["own", "named"])
def test_a_missing_index_names_the_command(monkeypatch: pytest.MonkeyPatch, data_dir: str | None) -> None:
    def fail(_data_dir: Path | None) -> ScriptedEngine:
        raise IndexNotFoundError("no index")

    if data_dir:
        monkeypatch.setenv("ARTICLE_QA_DATA_DIR", data_dir)
    monkeypatch.setattr(resources, "load_engine", fail)
    page = AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S).run()
    place = f" --data-dir '{data_dir}'" if data_dir else ""
    assert [code.value for code in page.code] == [f"article-qa{place} index path/to/articles"]
    assert not page.chat_input
    assert not page.exception


def test_an_empty_index_names_the_command(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine(store=ScriptedStore(articles=0, dates=None)))
    assert page.code
    assert not page.chat_input


def test_an_index_that_cannot_be_read_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_data_dir: Path | None) -> ScriptedEngine:
        raise ArticleQAError("the index is locked")

    monkeypatch.setattr(resources, "load_engine", fail)
    page = AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S).run()
    assert [error.value for error in page.error] == ["the index is locked"]
    assert not page.exception


def test_no_word_of_an_article_reaches_markdown(open_chat: OpenChat) -> None:
    hostile = Article("h", f"{HOSTILE}\n\n{HOSTILE}", HOSTILE, HOSTILE, HOSTILE, url=f"https://ok.example/{HOSTILE}")
    answer = Answer(understood=HOSTILE, statements=(Statement(HOSTILE, (1,)),), citations=(cite(1, hostile, HOSTILE),))
    page = ask(open_chat(ScriptedEngine([answer])), HOSTILE)
    page.button(key="open-turn-0-1").click().run()
    assert not page.markdown
    assert {button.label for button in page.button} == {"New chat", "Open article"}
    scripts = [each.body for each in page.get("html") if "script" in Markup(each.body).tags]
    assert all(script.startswith("<script>document.getElementById('") for script in scripts)
    assert not any("harmed" in script for script in scripts)
