import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from index_store.article import Article
from qa.errors import RunFileError
from qa.evaluation import EvaluationRun, Question, RunCitation, RunRow, Span, compare_rows
from qa.evaluation.judgement import Judgement
from qa.evaluation.report import ComparisonReport, RunReport, no_articles, write_report
from qa.evaluation.report.markdown import plain
from qa.evaluation.report.markup import link, tag

HOSTILE = (
    '</title></style><script>window.harmed = 1</script><img src="http://pixel.example/p.png" '
    'onerror="window.harmed = 1"> [x](javascript:alert(1)) \u202egnp.exe " onmouseover="window.harmed = 1 <!-- $& |'
)
QUOTE = f"The pier stays open. {HOSTILE}"
ARTICLE = Article(HOSTILE, f"It rained. {QUOTE} It stopped.", HOSTILE, HOSTILE, url=f"javascript:alert('{HOSTILE}')")
QUESTIONS = (
    Question("right", "Is the pier open?", ("The pier stays open",), True, ("pier",), tags=(HOSTILE, "pier")),
    Question("guess", f"Who closed it? {HOSTILE}", answerable=False, history=(HOSTILE,)),
    Question("miss", "When did it rain?", (HOSTILE,), True, (HOSTILE,), speaker=HOSTILE, tags=("pier",)),
)
START = ARTICLE.text.index(QUOTE)
CITED = (RunCitation(ARTICLE.id, START, START + len(QUOTE), QUOTE, 1),)
ROWS = (
    RunRow(
        "right", answer=f"{QUOTE} [1]", citations=CITED, retrieved=(ARTICLE.id,), latency_ms=12.0, mode="extractive"
    ),
    RunRow(
        "guess",
        answer=HOSTILE,
        citations=CITED,
        passages=(Span(ARTICLE.id, START, len(ARTICLE.text)),),
        judged={"faithfulness": 0.0, "judge_errors": 0.0},
        judgement=Judgement("judge", {"faithfulness": HOSTILE}),
    ),
    RunRow("miss", answer="The articles do not say.", refused=True, retrieved=(ARTICLE.id,)),
)


def articles(article_id: str) -> Article | None:
    return ARTICLE if article_id == ARTICLE.id else None


def report(rows: tuple[RunRow, ...] = ROWS) -> RunReport:
    return RunReport(EvaluationRun(QUESTIONS, rows), HOSTILE, None, articles)


def comparison() -> ComparisonReport:
    after = (replace(ROWS[0], answer="no idea"), *ROWS[1:])
    return ComparisonReport(compare_rows(QUESTIONS, ROWS, after), (HOSTILE, "after"), HOSTILE, articles)


class Page(HTMLParser):
    """Tags, attributes, visible text, and the text inside each `<mark>` and `<summary>`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.inside: dict[str, list[str]] = {"mark": [], "summary": []}
        self._open: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(name)
        self.attributes += [(key, value or "") for key, value in attrs]
        if name in self.inside:
            self._open.add(name)
            self.inside[name].append("")

    def handle_endtag(self, name: str) -> None:
        self._open.discard(name)

    def handle_data(self, data: str) -> None:
        self.text += data
        for name in self._open:
            self.inside[name][-1] += data


def page(tmp_path: Path, of: RunReport | ComparisonReport) -> tuple[str, Page]:
    write_report(tmp_path / "report.html", of)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    return html, Page(html)


@pytest.mark.parametrize("of", [report(), comparison()], ids=["run", "comparison"])
def test_nothing_of_an_article_becomes_markup(tmp_path: Path, of: RunReport | ComparisonReport) -> None:
    html, found = page(tmp_path, of)

    assert not {"script", "img", "iframe", "link", "object", "form", "base"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "style")]
    assert not [value for name, value in found.attributes if name == "href"]  # its own is no page of the web
    assert "\u202e" not in html
    assert "window.harmed" in found.text  # shown, as the text that it is
    assert "\\u202egnp.exe" in found.text


def test_the_page_forbids_itself_to_load_anything(tmp_path: Path) -> None:
    _, found = page(tmp_path, report())
    policies = [value for name, value in found.attributes if name == "content" and "default-src" in value]

    assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_failures_come_first(tmp_path: Path) -> None:
    _, found = page(tmp_path, report())
    questions = [text for text in found.inside["summary"] if "·" in text]

    assert ["guessed ·" in questions[0], "missed ·" in questions[1], "correct ·" in questions[2]] == [True] * 3


def test_a_quote_is_marked_in_its_place(tmp_path: Path) -> None:
    _, found = page(tmp_path, report())

    assert all(mark.startswith("The pier stays open.") for mark in found.inside["mark"])
    assert len(found.inside["mark"]) == 2
    assert "It rained. " in found.text and " It stopped." in found.text


def test_a_quote_that_its_article_no_longer_holds_is_shown_alone(tmp_path: Path) -> None:
    row = replace(ROWS[0], citations=(replace(CITED[0], start=0, end=len(QUOTE)),))
    _, found = page(tmp_path, report((row, *ROWS[1:])))

    assert "the article no longer holds this here" in found.text


def test_what_was_expected_retrieved_and_judged_is_told(tmp_path: Path) -> None:
    _, found = page(tmp_path, report())

    for part in ("a refusal: the articles do not answer this", "The pier stays open", "faithfulness: no", "By tag"):
        assert part in found.text
    assert "0.500" in found.text  # one of the two answerable ones is right


def test_an_answer_that_was_guessed_names_what_it_came_from_by_its_headline(tmp_path: Path) -> None:
    pier = Article("b-5f2c", QUOTE, "Pier stays", "The Orrin Post", published=date(2025, 5, 2))
    row = replace(ROWS[1], citations=(replace(CITED[0], article_id=pier.id, start=0), RunCitation("gone", 0, 4, "It")))
    told = replace(report((ROWS[0], row, ROWS[2])), articles={pier.id: pier}.get)
    _, found = page(tmp_path, told)
    write_report(tmp_path / "report.md", told)

    assert "answered from “Pier stays”, The Orrin Post, 2025-05-02; gone" in found.text
    assert "answered from “Pier stays”, The Orrin Post" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_a_long_text_is_cut_in_markdown(tmp_path: Path) -> None:
    row = replace(ROWS[1], answer="x" * 100_000)
    write_report(tmp_path / "report.md", report((ROWS[0], row, ROWS[2])))
    assert len((tmp_path / "report.md").read_text(encoding="utf-8")) < 20_000


def test_a_report_needs_no_index(tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", replace(report(), articles=no_articles))
    assert "The pier stays open." in (tmp_path / "report.html").read_text()


def test_a_comparison_shows_both_answers_of_what_broke(tmp_path: Path) -> None:
    _, found = page(tmp_path, comparison())

    assert "Broken (1)" in found.text
    assert "no idea" in found.text
    assert "correct → wrong" in found.text


def test_an_answer_that_both_runs_give_is_shown_once(tmp_path: Path) -> None:
    _, found = page(tmp_path, comparison())

    assert found.text.count("in both") == 2  # the guess and the refusal, which did not change


@pytest.mark.parametrize("of", [report(), comparison()], ids=["run", "comparison"])
def test_markdown_holds_no_tag_and_no_link_of_an_article(tmp_path: Path, of: RunReport | ComparisonReport) -> None:
    write_report(tmp_path / "report.md", of)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")

    assert "<script" not in text.replace("\\<script", "")
    assert "](" not in text.replace("\\]\\(", "")
    assert "# Evaluation" in text or "against" in text


def test_markdown_escapes_what_would_be_markup() -> None:
    assert plain("a|b *c* http://x\n# d") == "a\\|b \\*c\\* http&#58;//x \\# d"
    assert plain("HTTPS://x www.evil.example") == "HTTPS&#58;//x www&#46;evil.example"
    assert plain("a\x1b[2Jb\u202ec") == "a\ufffd\\[2Jb\ufffdc"


def test_json_holds_figures_and_rows(tmp_path: Path) -> None:
    write_report(tmp_path / "report.json", report())
    written = json.loads((tmp_path / "report.json").read_text())

    assert written["schema"] == 1
    assert written["figures"]["correct"] == pytest.approx(1 / 3)
    assert [result["id"] for result in written["results"]] == ["guess", "miss", "right"]
    assert written["results"][0]["row"]["judgement"]["reasons"] == {"faithfulness": HOSTILE}


def test_an_unknown_ending_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match=r"\.html, \.md or \.json"):
        write_report(tmp_path / "report.pdf", report())
    with pytest.raises(RunFileError, match="cannot write the report"):
        write_report(tmp_path / "no" / "report.md", report())


def test_only_addresses_of_the_web_are_links() -> None:
    assert 'href="https://a.example/?b=1&amp;c=2"' in link("https://a.example/?b=1&c=2", "x")
    for other in ("javascript:alert(1)", "data:text/html,x", "//a.example", "http://[", ""):
        assert "href" not in link(other, "x")


def test_a_tag_takes_no_name_from_outside() -> None:
    with pytest.raises(ValueError, match="no name"):
        tag("p onclick=x")
