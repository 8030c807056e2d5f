"""The page as Streamlit runs it, over an engine that answers as told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from index_store.article import Article
from index_store.errors import (
    ArticleQAError,
    ChromaServerError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexNotFoundError,
    ModelSettingsError,
    ModelUnavailableError,
)
from index_store.layout import LOCK_FILE
from qa.answer import Answer, RetrievedPassage, Statement
from qa.reading import Turn
from qa.verification.problems import Problem, ProblemKind
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

OpenChat = Callable[..., AppTest]


@pytest.fixture
def open_chat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OpenChat:
    streamlit.cache_data.clear()

    def open_chat(engine: ScriptedEngine, reader: str = "", **address: str) -> AppTest:
        engine.store.data_dir = tmp_path
        monkeypatch.setattr(resources, "load_engine", lambda _data_dir: engine)
        page = AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S)
        if reader:
            page.session_state["reader"] = reader
        for name, value in address.items():
            page.query_params[name] = value
        return page.run()

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


def test_an_index_that_is_being_written_says_so_and_answers_all_the_same(open_chat: OpenChat, tmp_path: Path) -> None:
    page = open_chat(ScriptedEngine([ANSWER]))
    assert "being written" not in read(page)
    with FileLock(tmp_path / LOCK_FILE):
        assert "2 June 2025 · being written now" in read(page.run())
        assert "The pier stays." in read(ask(page, "What did Holm say?"))


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


@pytest.mark.parametrize(
    ("error", "headline", "command"),
    [
        pytest.param(
            IndexDamagedError("vectors are missing; run `article-qa repair`"), "damaged", "repair", id="damaged"
        ),
        pytest.param(IndexDamagedError("the catalog is no database"), "damaged", "", id="beyond repair"),
        pytest.param(IndexLockedError("process 7 writes it"), "The index is being written", "", id="locked"),
        pytest.param(IndexMismatchError("it was built with another"), "made otherwise", "", id="another model"),
        pytest.param(ModelUnavailableError("http://x.example is down"), "cannot be asked", "", id="model down"),
        pytest.param(ChromaServerError("nobody answers"), "keeps the vectors", "", id="vectors"),
        pytest.param(ModelSettingsError("OPENAI_BASE_URL is none"), "A setting cannot be used", "", id="setting"),
        pytest.param(ArticleQAError("a <b>new</b> fault"), "cannot be searched", "", id="any other"),
    ],
)
def test_an_index_that_cannot_be_asked_says_why_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, error: ArticleQAError, headline: str, command: str
) -> None:
    def fail(_data_dir: Path | None) -> ScriptedEngine:
        raise error

    monkeypatch.setattr(resources, "load_engine", fail)
    page = AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S).run()
    assert headline in read(page)
    assert str(error)[1:] in read(page)
    assert [code.value for code in page.code] == ([f"article-qa {command}"] if command else [])
    assert page.button(key="look-again")
    assert not page.exception


def test_no_word_of_an_article_reaches_markdown(open_chat: OpenChat) -> None:
    hostile = Article("h", f"{HOSTILE}\n\n{HOSTILE}", HOSTILE, HOSTILE, HOSTILE, url=f"https://ok.example/{HOSTILE}")
    answer = Answer(understood=HOSTILE, statements=(Statement(HOSTILE, (1,)),), citations=(cite(1, hostile, HOSTILE),))
    page = ask(open_chat(ScriptedEngine([answer])), HOSTILE)
    page.button(key="open-turn-0-1").click().run()
    assert not page.markdown
    ours = {"New chat", "Conversations", "Edit question", "Open article", "Good answer", "Wrong answer"}
    assert {button.label for button in page.button} == ours
    scripts = [each.body for each in page.get("html") if "script" in Markup(each.body).tags]
    begun = (
        "document.getElementById('",
        "document.cookie = '",
        "\n{\n  const focusing = ",
        "\nwindow.aqTypedDays",
        "// stay",
    )
    assert all(script.startswith(tuple(f"<script>{each}" for each in begun)) for script in scripts)
    assert not any("harmed" in script for script in scripts)


def test_an_address_asks_its_question_once_under_its_limits(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER])
    page = open_chat(engine, q="What did Holm say?", since="2025-03-01", source="the coast courier")
    assert not page.exception
    assert "The pier stays." in read(page)
    page.run()
    assert engine.asked == [("What did Holm say?", ())]
    assert engine.options == [{"since": date(2025, 3, 1), "sources": ("The Coast Courier",)}]
    assert "Limits: From 1 March 2025 · The Coast Courier" in read(page)


def test_the_address_links_to_the_last_question_as_it_was_understood(open_chat: OpenChat) -> None:
    answer = replace(ANSWER, question="And she?", understood="What did Ida Holm say?")
    page = ask(open_chat(ScriptedEngine([answer]), as_of="2025-03-09"), "And she?")
    assert page.query_params["q"] == "What did Ida Holm say?"
    assert page.query_params["as_of"] == "2025-03-09"
    page.button(key="new-chat").click().run()
    assert "q" not in page.query_params
    assert page.query_params["as_of"] == "2025-03-09"


def test_a_wrong_value_in_an_address_is_told_quietly(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine(), since="<b>soon</b>", source="The Moon Mirror")
    assert not page.exception
    assert "<b>soon</b>" in read(page)
    assert "The Moon Mirror" in read(page)
    assert "since" not in page.query_params
    assert "<b>soon</b>" not in read(page.run())


def test_a_limit_is_set_and_taken_away(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER, ANSWER])
    page = open_chat(engine)
    page.date_input(key="set-until").set_value(date(2025, 6, 2)).run()
    page.multiselect(key="set-sources").set_value(["The Coast Courier"]).run()
    assert page.query_params["source"] == "The Coast Courier"
    ask(page, "What did Holm say?")
    page.button(key="limit-0").click().run()
    ask(page, "What did Holm say?")
    sources = {"sources": ("The Coast Courier",)}
    assert engine.options == [{"until": date(2025, 6, 2), **sources}, sources]


def test_dates_that_exclude_each_other_keep_the_one_chosen_last(open_chat: OpenChat) -> None:
    page = open_chat(ScriptedEngine(), since="2025-03-01")
    page.date_input(key="set-until").set_value(date(2025, 2, 1)).run()
    assert "exclude every day" in read(page)
    assert [button.label for button in page.button] == ["Until 1 February 2025"]


def test_a_question_is_edited_in_the_form_it_was_understood_in(open_chat: OpenChat) -> None:
    answer = replace(ANSWER, question="And she?", understood="What did Ida Holm say?")
    page = ask(open_chat(ScriptedEngine([answer])), "And she?")
    page.date_input(key="set-since").set_value(date(2025, 3, 1)).run()
    page.button(key="edit-turn-0").click().run()
    assert not page.exception
    assert page.chat_input[0].proto.value == "What did Ida Holm say?"
    assert "since" not in page.query_params, "it was asked without limits"


def test_the_days_that_a_question_names_are_shown_as_they_were_read(open_chat: OpenChat) -> None:
    answer = replace(ANSWER, question="", understood="What did Ida Holm say last week?")
    shown = read(ask(open_chat(ScriptedEngine([answer]), as_of="2025-03-12"), "What did Ida Holm say last week?"))
    assert "“last week” is read as 3 March 2025 to 9 March 2025" in shown
    assert "Understood as" not in shown


def test_a_conversation_is_kept_and_goes_on_in_another_tab(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER, REFUSAL])
    first = ask(open_chat(engine), "What did Holm say?")
    address = {name: first.query_params[name] for name in ("q", "chat")}

    second = open_chat(engine, reader=first.session_state["reader"], **address)
    assert "The pier stays." in read(second)
    assert len(engine.asked) == 1
    ask(second, "How many ferries?")
    assert engine.asked[-1][1][0].question == "What did Holm say?"


def test_whoever_else_has_the_link_asks_anew(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER, REFUSAL])
    first = ask(open_chat(engine), "What did Holm say?")
    other = open_chat(engine, q="What did Holm say?", chat=first.query_params["chat"])
    assert len(engine.asked) == 2
    assert "The pier stays." not in read(other)


def test_a_lost_article_is_told_beside_what_was_cited(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([ANSWER])
    first = ask(open_chat(engine), "What did Holm say?")
    engine.store.held = []
    page = open_chat(engine, reader=first.session_state["reader"], chat=first.query_params["chat"])
    assert "The article is no longer in the index." in read(page)
    assert HOLM.quote in read(page)
    assert "Open article" not in [button.label for button in page.button]


def test_a_disk_that_cannot_be_written_is_told_and_the_chat_goes_on(open_chat: OpenChat, tmp_path: Path) -> None:
    page = open_chat(ScriptedEngine([ANSWER]))
    (tmp_path / "conversations").write_text("in the way")
    shown = read(ask(page, "What did Holm say?"))
    assert "The pier stays." in shown
    assert "It is not kept" in shown


def test_a_refusal_within_limits_can_be_asked_without_them(open_chat: OpenChat) -> None:
    engine = ScriptedEngine([REFUSAL, ANSWER])
    page = ask(open_chat(engine, since="2025-03-01"), "How many ferries?")
    assert "published 3 January 2023 to 2 June 2025, within the limits: From 1 March 2025." in read(page)
    page.button(key="widen-turn-0").click().run()
    assert [asked for asked, _ in engine.asked] == ["How many ferries?"] * 2
    assert engine.options[-1] == {}
    assert "The pier stays." in read(page)


def test_a_refusal_names_what_the_articles_answer_instead(open_chat: OpenChat) -> None:
    wider = "Who spoke about the ferries?"
    engine = ScriptedEngine([REFUSAL, ANSWER], known={wider: ANSWER})
    page = ask(open_chat(engine), "What did Holm say about the ferries?")
    (button,) = [button for button in page.button if button.label == r"Who spoke about the ferries?"]
    button.click().run()
    assert [asked for asked, _ in engine.asked][-1] == wider
    assert "The pier stays." in read(page)


def test_a_refusal_says_when_no_article_is_from_the_days_it_was_asked_about(open_chat: OpenChat) -> None:
    refusal = replace(REFUSAL, understood="How many ferries sailed in March 2021?")
    assert "“in March 2021” lies before the first article." in read(
        ask(open_chat(ScriptedEngine([refusal])), "How many ferries sailed in March 2021?")
    )


def test_articles_that_disagree_stand_side_by_side(open_chat: OpenChat) -> None:
    other = replace(PIER, id="other", source="The Sound Gazette", published=date(2025, 3, 5))
    sides = (cite(1, PIER, "The ministry has promised $1.5m."), cite(2, other, "landing fees."))
    told = (
        "The Coast Courier, 2025-03-04: The ministry has promised $1.5m.",
        "The Sound Gazette, 2025-03-05: landing fees.",
    )
    statements = tuple(Statement(text, (number,)) for number, text in enumerate(told, start=1))
    shown = read(ask(open_chat(ScriptedEngine([Answer(statements=statements, citations=sides)])), "How much?"))
    assert "The articles disagree" in shown
    assert "The Coast Courier4 March 2025The ministry has promised $1.5m." in shown
    assert "The Sound Gazette5 March 2025landing fees." in shown


def test_answers_of_one_article_are_no_dispute(open_chat: OpenChat) -> None:
    assert "The articles disagree" not in read(ask(open_chat(ScriptedEngine([ANSWER])), "What did Holm say?"))


@pytest.mark.parametrize(
    ("statement", "standing"),
    [
        pytest.param(Statement("The pier stays.", (1,)), "Verbatim", id="own-words"),
        pytest.param(Statement("The pier stays.", (1,), (), 0.8), "Supported", id="checked"),
        pytest.param(
            Statement("Nine piers.", (1,), (Problem(ProblemKind.NUMBER, "nine"),), 0.8), "Unverified", id="problem"
        ),
        pytest.param(Statement("The articles do not say when.", ()), "Remark", id="remark"),
    ],
)
def test_every_statement_says_how_far_it_is_proven(open_chat: OpenChat, statement: Statement, standing: str) -> None:
    shown = read(ask(open_chat(ScriptedEngine([replace(ANSWER, statements=(statement,))])), "What?"))
    assert [word for word in ("Verbatim", "Supported", "Unverified", "Remark") if word in shown] == [standing]
