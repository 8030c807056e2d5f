"""The shipped articles and questions, read as raw files with the standard library alone."""

import csv
import difflib
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLES_DIR = ROOT / "index_store" / "samples"
QUESTIONS_PATH = ROOT / "qa" / "evaluation" / "samples" / "questions.jsonl"

FIRST_DAY, LAST_DAY = date(2025, 5, 12), date(2025, 6, 3)
LEDGER_RALLY = "https://eveningledger.example/2025/05/17/ansgill-teachers-join-capital-rally"
COURIER_RALLY = "https://esterhawcourier.example/2025/05/17/nine-thousand-teachers-march"
COURIER_WIRE = "https://esterhawcourier.example/2025/05/14/waterworks-refuses-extra-release"
GAZETTE_WIRE = "https://irrowgazette.example/2025/05/14/no-extra-water-for-lower-valley"
CORRECTED = "https://harbourpost.example/2025/05/ferry-operator-to-cut-118-jobs"
REPEATS_ERROR = "https://vennayislander.example/2025/05/16/vennay-fears-for-its-winter-boat"
BRIDGE_CLOSED = "https://eveningledger.example/2025/05/12/tollister-bridge-shut-after-cracks-found"
BRIDGE_INQUIRY = "https://eveningledger.example/2025/05/30/bridge-to-stay-shut-until-september"
UNSAID = {"absent-topic", "missing-fact", "wrong-speaker", "false-premise", "after-the-last-article", "not-quoted"}
SAID = {"quotation", "who-said", "attribution", "list", "who", "what", "when", "where", "why", "how", "how-many"}
ACROSS = {"disagreement", "correction", "superseded", "wire-copy", "same-surname", "time-relative", "follow-up"}


@dataclass(frozen=True, slots=True)
class RawArticle:
    title: str
    source: str
    published: date
    author: str
    url: str
    text: str


def read_text_file(path: Path) -> RawArticle:
    header, text = path.read_text(encoding="utf-8").split("\n\n", 1)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return RawArticle(
        fields["Title"], fields["Source"], date.fromisoformat(fields["Date"]), fields["Author"], fields["URL"], text
    )


def read_page(path: Path) -> RawArticle:
    page = path.read_text(encoding="utf-8")
    metadata = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    body = page.partition('<div class="article-body">')[2].partition("</article>")[0]
    return RawArticle(
        metadata["headline"],
        metadata["publisher"]["name"],
        date.fromisoformat(metadata["datePublished"][:10]),
        metadata["author"][0]["name"],
        metadata["url"],
        "\n\n".join(re.findall(r"<(?:p|h2)>(.+)</(?:p|h2)>", body)),
    )


def read_row(row: dict[str, str], keys: str) -> RawArticle:
    title, source, published, author, url, text = (row[key] for key in keys.split())
    return RawArticle(title, source, date.fromisoformat(published), author, url, text)


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def read_articles() -> list[RawArticle]:
    return [
        *(read_text_file(path) for path in sorted(ARTICLES_DIR.iterdir()) if path.suffix in {".md", ".txt"}),
        *(read_page(path) for path in ARTICLES_DIR.glob("*.html")),
        *(read_row(row, "title source date author url text") for row in ARCHIVE_ROWS),
        *(read_row(row, "headline publisher published author url body") for row in DESK_ROWS),
    ]


ARCHIVE_ROWS = read_jsonl(ARTICLES_DIR / "press-archive.jsonl")
DESK_ROWS = read_csv(ARTICLES_DIR / "weekend-desk.csv")
ARTICLES = {article.url: article for article in read_articles()}
QUESTIONS = read_jsonl(QUESTIONS_PATH)
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
REFUSABLE = [question for question in QUESTIONS if not question["answerable"]]

by_url = pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.url.rsplit("/", 1)[-1])
by_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
by_answerable = pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])


def folded_words(text: str) -> list[str]:
    """Words without the house style of an outlet: quotation marks and the percent sign."""
    return re.sub(r"[“”\"]", "", text.replace("’", "'").replace(" per cent", "%")).split()


def test_sixteen_articles_have_sixteen_urls() -> None:
    assert len(read_articles()) == len(ARTICLES) == 16


def test_every_loader_has_something_to_load() -> None:
    suffixes = Counter(path.suffix for path in ARTICLES_DIR.iterdir())
    assert suffixes == {".md": 4, ".txt": 4, ".html": 1, ".jsonl": 1, ".csv": 1}
    assert (len(ARCHIVE_ROWS), len(DESK_ROWS)) == (5, 2)


def test_explicit_article_ids_are_unique() -> None:
    assert len({row["id"] for row in (*ARCHIVE_ROWS, *DESK_ROWS)}) == 7


@by_url
def test_article_is_complete_and_dated_inside_the_three_weeks(article: RawArticle) -> None:
    assert all((article.title, article.source, article.author))
    assert FIRST_DAY <= article.published <= LAST_DAY
    assert 250 <= len(article.text.split()) <= 500


@by_url
def test_article_lives_under_the_reserved_domain(article: RawArticle) -> None:
    assert re.fullmatch(rf"https://[a-z]+\.example/{article.published:%Y/%m}/[a-z0-9/-]+", article.url)


@by_url
def test_quotation_marks_are_of_one_kind_and_balanced(article: RawArticle) -> None:
    assert article.text.count("“") == article.text.count("”")
    assert article.text.count('"') % 2 == 0
    assert ("“" in article.text) != ('"' in article.text)


def test_both_kinds_of_quotation_marks_occur() -> None:
    curly = sum("“" in article.text for article in ARTICLES.values())
    assert 0 < curly < len(ARTICLES)


def test_at_least_five_outlets_speak() -> None:
    assert len({article.source for article in ARTICLES.values()}) >= 5


def test_two_outlets_print_nearly_the_same_wire_copy() -> None:
    courier, gazette = ARTICLES[COURIER_WIRE], ARTICLES[GAZETTE_WIRE]
    ratio = difflib.SequenceMatcher(
        None, folded_words(courier.text), folded_words(gazette.text), autojunk=False
    ).ratio()
    assert 0.95 < ratio < 1.0
    assert courier.author == gazette.author
    assert courier.title != gazette.title
    assert courier.source != gazette.source


def test_two_outlets_disagree_on_the_size_of_the_rally() -> None:
    courier, ledger = ARTICLES[COURIER_RALLY], ARTICLES[LEDGER_RALLY]
    assert courier.published == ledger.published
    assert "9,000" in courier.text
    assert "9,000" not in ledger.text
    assert "5,500" in ledger.text
    assert "5,500" not in courier.text


def test_corrected_figure_survives_in_an_older_article_of_another_outlet() -> None:
    corrected, repeated = ARTICLES[CORRECTED], ARTICLES[REPEATS_ERROR]
    body, notice = corrected.text.rsplit("\n\n", 1)
    assert notice.startswith("*Correction, 19 May 2025:")
    assert "180" in notice
    assert "180" not in body
    assert "will shed 180 jobs" in repeated.text
    assert repeated.published < corrected.published
    assert repeated.source != corrected.source


def test_inquiry_supersedes_the_first_reopening_date() -> None:
    closed, inquiry = ARTICLES[BRIDGE_CLOSED], ARTICLES[BRIDGE_INQUIRY]
    assert "before the end of June" in closed.text
    assert "before 15 September" in inquiry.text
    assert closed.published < inquiry.published


@pytest.mark.parametrize("name", ["Hester Quelland", "Cosima Reevely", "Leopold Tarrick"])
def test_silent_person_is_mentioned_without_a_quotation(name: str) -> None:
    texts = [article.text for article in ARTICLES.values() if name in article.text]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n") if name in paragraph]
    assert paragraphs
    assert not any(mark in paragraph for paragraph in paragraphs for mark in '“"')


def test_sixty_questions_have_unique_ids() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) == 60


def test_eighteen_questions_call_for_a_refusal() -> None:
    assert len(REFUSABLE) == 18
    assert not any(question["answers"] or question["gold"] for question in REFUSABLE)


@by_question
def test_question_has_a_date_tags_and_no_unknown_key(question: dict[str, Any]) -> None:
    required = {"id", "question", "answers", "answerable", "gold", "asked_on", "tags"}
    assert required <= question.keys() <= required | {"history"}
    assert date.fromisoformat(question["asked_on"]) >= FIRST_DAY
    assert question["tags"]
    assert all(isinstance(earlier, str) and earlier for earlier in question.get("history", ["-"]))


@by_answerable
def test_every_accepted_answer_stands_in_a_gold_article(question: dict[str, Any]) -> None:
    texts = [ARTICLES[url].text for url in question["gold"]]
    assert texts
    assert question["answers"]
    assert [answer for answer in question["answers"] if not any(answer in text for text in texts)] == []


@by_answerable
def test_every_gold_article_holds_an_accepted_answer(question: dict[str, Any]) -> None:
    for url in question["gold"]:
        assert any(answer in ARTICLES[url].text for answer in question["answers"]), url


@by_answerable
def test_no_question_is_asked_before_its_gold_was_published(question: dict[str, Any]) -> None:
    asked_on = date.fromisoformat(question["asked_on"])
    assert all(ARTICLES[url].published <= asked_on for url in question["gold"])


def test_every_wanted_kind_of_question_occurs() -> None:
    assert {tag for question in ANSWERABLE for tag in question["tags"]} >= SAID | ACROSS
    assert {tag for question in REFUSABLE for tag in question["tags"]} >= UNSAID


@by_question
def test_follow_up_and_history_come_together(question: dict[str, Any]) -> None:
    assert ("follow-up" in question["tags"]) == bool(question.get("history"))
