from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.article import Article
from qa.answer import Statement
from qa.citation import Citation
from qa.reading import Period
from qa.verification.problems import Problem, ProblemKind
from tests.ui.conftest import HOSTILE, PIER, Markup, cite
from ui.holdings import Holdings
from ui.markup import (
    Mark,
    article_html,
    card_html,
    heading_html,
    highlighted,
    original_html,
    question_html,
    refusal_html,
    statements_html,
    understood_html,
)
from ui.sources import Source

SAID = "“We will not close the north pier,” said Ida Holm"


def card(citation: Citation) -> Markup:
    return Markup(card_html(Source.cited(citation), "turn-0-1"))


def test_a_mark_holds_exactly_the_cited_characters() -> None:
    citation = cite(1, PIER, "“We will not close the north pier,” said Ida Holm, who chairs it.\n\nThe ministry")
    assert card(citation).marks == [citation.quote]


def test_a_card_names_its_source() -> None:
    text = card(cite(7, PIER, "Ida Holm")).text
    for fact in ("7", "Board keeps the north pier open", "The Coast Courier", "Jonas Lind", "4 March 2025"):
        assert fact in text


def test_the_answering_words_stand_out_in_the_quotation_and_in_its_mark() -> None:
    shown = card(cite(1, PIER, SAID, "Ida Holm"))
    assert shown.strong == ["Ida Holm", "Ida Holm"]
    assert shown.marks == [SAID]


@pytest.mark.parametrize(
    ("quote", "answer"),
    [
        pytest.param(SAID, "", id="untold"),
        pytest.param(SAID, SAID, id="all"),
        pytest.param("Ida Holm, who chairs it.", "Ida Holm, who chairs it", id="all-but-its-full-stop"),
    ],
)
def test_nothing_stands_out_where_it_would_be_the_whole_quotation(quote: str, answer: str) -> None:
    assert card(cite(1, PIER, quote, answer)).strong == []


def test_answering_words_stand_out_in_the_article_where_marks_overlap() -> None:
    marks = [Mark(0, 6, "a", answer=(2, 5)), Mark(4, 9, "b", answer=(7, 8))]
    shown = Markup(highlighted("abcdefghijk", marks, 0, 11))
    assert (shown.marks, shown.strong) == (["abcd", "ef", "ghi"], ["cd", "e", "h"])


def test_a_card_names_the_other_outlets_once() -> None:
    copies = (
        replace(PIER, id="b", source="The Sound Gazette"),
        replace(PIER, id="c", source="The Sound Gazette"),
        replace(PIER, id="d"),
        replace(PIER, id="e", source="", title="The pier stays"),
    )
    assert card(cite(1, PIER, SAID, also_in=copies)).text.endswith("Also in: The Sound Gazette, The pier stays")


def test_a_card_is_silent_about_copies_where_there_are_none() -> None:
    assert "Also in" not in card(cite(1, PIER, SAID)).text


def test_a_source_without_headline_or_date_says_so() -> None:
    assert Markup(heading_html(Article("a", "Text."))).text == "Without a headlineOutlet and date unknown"


def test_an_article_is_marked_wherever_it_is_cited() -> None:
    spans = [cite(1, PIER, "north pier"), cite(2, PIER, "landing fees")]
    marks = [Mark(span.start, span.end, f"m{span.number}", span.number == 2) for span in spans]
    article = Markup(article_html(PIER, marks))
    assert article.marks == ["north pier", "landing fees"]
    assert article.values("id") == ["m1", "m2"]
    assert "aq-chosen" in article.values("class")


def test_overlapping_marks_mark_every_character_once() -> None:
    overlapping = [Mark(0, 6, "a"), Mark(4, 9, "b")]
    markup = Markup(highlighted("abcdefghijk", overlapping, 0, 11))
    assert markup.marks == ["abcd", "ef", "ghi"]
    assert markup.text == "abcdefghijk"
    assert markup.values("id") == ["a", "b"]


@given(
    st.text(alphabet="ab<>&\"'\n ", max_size=60),
    st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4).map(sorted), max_size=4),
)
def test_highlighting_never_changes_the_text(text: str, places: list[list[int]]) -> None:
    marks = [
        Mark(start, end, f"m{number}", answer=(first, last)) for number, (start, first, last, end) in enumerate(places)
    ]
    assert Markup(highlighted(text, marks, 0, len(text))).text == text


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param(" JavaScript:alert(1)", id="javascript-spaced"),
        pytest.param("data:text/html,<script>alert(1)</script>", id="data"),
        pytest.param("file:///articles/one.txt", id="file"),
        pytest.param("//courier.example/pier", id="no-scheme"),
        pytest.param("https://", id="no-host"),
        pytest.param("http://[", id="broken"),
        pytest.param("", id="none"),
    ],
)
def test_only_http_addresses_are_links(url: str) -> None:
    assert original_html(replace(PIER, url=url)) == ""


def test_a_link_shows_its_host_and_keeps_its_address() -> None:
    link = Markup(original_html(PIER))
    assert (link.text, link.values("href")) == ("courier.example", ["https://courier.example/pier?a=1&b=2"])


def test_an_unverified_statement_says_why() -> None:
    problems = (Problem(ProblemKind.NUMBER, "2.5m"), Problem(ProblemKind.NAME, "Lund"))
    statement = Statement("Lund paid $2.5m.", (1,), problems)
    assert "Unverified: The number “2.5m” is not in the cited passages. The name “Lund” is not in the cited" in (
        Markup(statements_html([statement], {1: "turn-0-1"})).text
    )


def test_every_statement_is_a_paragraph_with_its_chips() -> None:
    said = 'Ada Oake: “The wall is sound,” "I slept beside it."'
    paragraphs = statements_html([Statement(said, (1,)), Statement("Lind agreed.", (1,))], {1: "a"}).split("<p ")[1:]
    assert [Markup(f"<p {paragraph}").text for paragraph in paragraphs] == [
        f"{said}\u20601 Verbatim",
        "Lind agreed.\u20601 Verbatim",
    ]


def test_a_chip_leads_to_its_citation() -> None:
    markup = Markup(statements_html([Statement("Holm said so.", (2, 1))], {1: "turn-0-1", 2: "turn-0-2"}))
    assert markup.values("href") == ["#turn-0-2", "#turn-0-1"]


def test_a_marker_without_a_citation_gets_no_chip() -> None:
    assert Markup(statements_html([Statement("Holm said so.", (7,))], {1: "turn-0-1"})).values("href") == []


def test_a_refusal_says_why_and_what_was_searched() -> None:
    holdings = Holdings(1, 8330, (date(2025, 6, 2), date(2025, 6, 2)))
    text = Markup(refusal_html("No passage names a ferry.", holdings)).text
    assert text == "No passage names a ferry.Searched 1 article (8,330 passages), published 2 June 2025."


def test_nothing_of_a_hostile_article_is_markup() -> None:
    hostile = Article("h", f"{HOSTILE}\n\n{HOSTILE}", HOSTILE, HOSTILE, HOSTILE, url=f"https://ok.example/{HOSTILE}")
    citation = cite(1, hostile, HOSTILE, HOSTILE[:-3], also_in=(replace(hostile, source=f"{HOSTILE} too"),))
    pieces = [
        question_html(HOSTILE, "turn-0"),
        statements_html([Statement(HOSTILE, (1,), (Problem(ProblemKind.NAME, HOSTILE),))], {1: "turn-0-1"}),
        card_html(Source.cited(citation), "turn-0-1"),
        article_html(hostile, [Mark.of(Source.cited(citation), "m")]),
        refusal_html(HOSTILE, Holdings(1, 1)),
        understood_html(HOSTILE, Period(date(2025, 5, 5), date(2025, 5, 11), HOSTILE, explicit=True), HOSTILE),
    ]
    for piece in map(Markup, pieces):
        assert HOSTILE in piece.text
        assert not {"script", "img"} & set(piece.tags)
        assert not [name for name, _ in piece.attributes if name.startswith("on")]
        assert all(address.startswith(("#", "https://ok.example/")) for address in piece.values("href"))
