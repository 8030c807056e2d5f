"""What is taken away of an answer: complete, and nothing of an article is markup."""

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from index_store.article import Article
from qa.answer import Answer, RetrievedPassage, Statement
from qa.citation import CitedSpan
from qa.verification.problems import Problem, ProblemKind
from tests.ui.conftest import HOSTILE, PIER, Markup, cite
from ui.export import Dossier, to_markdown, to_page
from ui.holdings import Holdings
from ui.limits import Limits
from ui.losses import Loss
from ui.notices import plain
from ui.state import Turn

HOLM = cite(1, PIER, "“We will not close the north pier,” said Ida Holm, who chairs it.\n\nThe ministry")
TURN = Turn(
    "And she?",
    Holdings(1204, 8330, (date(2023, 1, 3), date(2025, 6, 2))),
    Answer(
        question="And she?",
        understood="What did Ida Holm say?",
        statements=(
            Statement("The pier stays.", (1,)),
            Statement("Nine piers stay.", (1,), (Problem(ProblemKind.NUMBER, "nine"),), 0.4),
        ),
        citations=(HOLM,),
    ),
    limits=Limits(since=date(2025, 3, 1), sources=("The Coast Courier",)),
    asked_at=datetime(2025, 6, 3, 9, 30, tzinfo=timezone.utc),
)
FACTS = (
    "And she?",
    "What did Ida Holm say?",
    "2025-06-03 09:30+00:00",
    "From 1 March 2025 · The Coast Courier",
    "1,204 articles (8,330 passages), published 3 January 2023 to 2 June 2025",
    "The Coast Courier",
    "2025-03-04",
    "Jonas Lind",
    "https://courier.example/pier?a=1&b=2",
    f"{HOLM.start} to {HOLM.end}",
    PIER.content_hash,
    "The number “nine” is not in the cited passages.",
)


def test_a_page_holds_all_that_proves_an_answer() -> None:
    page = to_page(Dossier("Pier", (TURN,)))
    assert page.count(HOLM.quote) == 1
    shown = Markup(page)
    for fact in (*FACTS, "Verbatim", "Unverified"):
        assert fact in shown.text


def test_markdown_holds_all_that_proves_an_answer() -> None:
    text = to_markdown(Dossier("Pier", (TURN,)))
    for fact in FACTS:
        assert plain(fact).replace("=", r"\=") in text
    assert r"The pier stays\. \[1\] *(verbatim)*" in text
    assert r"Nine piers stay\. \[1\] *(unverified)*" in text
    assert "> “We will not close the north pier,” said Ida Holm, who chairs it\\.\n>\n> The ministry" in text


def test_a_refusal_is_taken_away_with_its_nearest_passages() -> None:
    refusal = Answer(refused=True, reason="No passage says.", retrieved=(RetrievedPassage(PIER, 0, 10, 0.1),))
    dossier = Dossier("Pier", (replace(TURN, answer=refusal),))
    shown = Markup(to_page(dossier)).text
    assert "No passage says." in shown
    assert "Nearest passages, none of which answers" in shown
    assert "Nearest passages" in to_markdown(dossier)


def test_a_fault_is_taken_away_as_its_line() -> None:
    dossier = Dossier("Pier", (replace(TURN, answer=None, error="the index is locked"),))
    assert "No answer: the index is locked" in Markup(to_page(dossier)).text
    assert "No answer: the index is locked" in to_markdown(dossier)


def test_a_lost_article_is_told_with_the_hash_and_place_it_had() -> None:
    loss = Loss(CitedSpan(1, "pier", 40, 58), "f00d", is_gone=True)
    shown = Markup(to_page(Dossier("Pier", (replace(TURN, losses=(loss,)),)))).text
    for fact in ("40 to 58", "f00d", "is no longer in the index"):
        assert fact in shown
    assert PIER.content_hash not in shown


def test_nothing_of_a_hostile_article_is_markup_and_nothing_is_fetched() -> None:
    hostile = Article("h", f"{HOSTILE}\n\n{HOSTILE}", HOSTILE, HOSTILE, HOSTILE, url="javascript:alert(1)")
    citation = cite(1, hostile, HOSTILE, also_in=(replace(hostile, source=f"{HOSTILE} too"),))
    answer = Answer(understood=HOSTILE, statements=(Statement(HOSTILE, (1,)),), citations=(citation,), note=HOSTILE)
    turn = replace(TURN, question=HOSTILE, answer=answer, limits=Limits(sources=(HOSTILE,)))
    page = to_page(Dossier(HOSTILE, (turn,)))
    shown = Markup(page)
    assert HOSTILE in shown.text
    assert not {"script", "img", "link", "iframe"} & set(shown.tags)
    assert not [name for name, _ in shown.attributes if name.startswith("on") or name == "src"]
    assert all(address.startswith("#") for address in shown.values("href"))
    assert "default-src 'none'" in shown.values("content")[0]
    assert page.index("Content-Security-Policy") < page.index("<title>")


@pytest.mark.parametrize("line", ["===", "# Head", "1. one", "- one", "| a | b |", "```", "<b>", "[a](b)"])
def test_no_line_of_an_article_is_markdown(line: str) -> None:
    article = replace(PIER, text=f"Above.\n{line}\nBelow.")
    answer = Answer(statements=(Statement("So.", (1,)),), citations=(cite(1, article, article.text),))
    quoted = [
        each for each in to_markdown(Dossier("Pier", (replace(TURN, answer=answer),))).splitlines() if each[:1] == ">"
    ]
    assert quoted[1][2] == "\\" or quoted[1].startswith("> 1\\.")


def test_a_file_is_named_in_plain_letters() -> None:
    assert Dossier("Wo wär’ Ida? ../x", ()).file_stem == "wo-war-ida-x"
    assert Dossier("誰", ()).file_stem == "answer"
