"""Plain text and Markdown."""

from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.input_file import on_disk
from index_store.loading.text import read_markdown, read_text

BODY = "The bridge is closed.\n  It will open in May.  \n"


def read(path: Path, content: str | bytes) -> Article:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (candidate,) = (read_markdown if path.suffix == ".md" else read_text)(on_disk(path))
    return candidate.article


def test_a_header_names_the_fields_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    header = "Title: Bridge closed\nSource: Valley News\nDate: June 15, 2025\nAuthor: Jo Doe\nURL: https://jo:pw@valley.example/b\n"

    article = read(tmp_path / "a.txt", f"{header}\n{BODY}")

    assert article == Article(
        id=article.id,
        text=BODY,
        title="Bridge closed",
        source="Valley News",
        author="Jo Doe",
        published=date(2025, 6, 15),
        url="https://valley.example/b",
    )


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        pytest.param(f"URL:\nTITLE:   Closed  \n\n{BODY}", "Closed", BODY, id="any order and case, empty values"),
        pytest.param(f"Title: Closed\n \t\n{BODY}", "Closed", BODY, id="a line of spaces is blank"),
        pytest.param(f"Title: Closed\n\n\n\n{BODY}", "Closed", f"\n\n{BODY}", id="only one blank line goes"),
        pytest.param(f"Title: One\nTitle: Two\n\n{BODY}", "One", BODY, id="the first of two"),
        pytest.param(f"Date: unknown\n\nClosed\n\n{BODY}", "Closed", f"Closed\n\n{BODY}", id="no title in the header"),
        pytest.param(f"Title: Closed\n{BODY}", "", f"Title: Closed\n{BODY}", id="no blank line, no header"),
        pytest.param(f"Title: C\nMood: sad\n\n{BODY}", "", f"Title: C\nMood: sad\n\n{BODY}", id="an unknown key"),
        pytest.param(f"\nTitle: C\nSource: D\n\n{BODY}", "", f"\nTitle: C\nSource: D\n\n{BODY}", id="not at the top"),
    ],
)
def test_only_a_whole_block_at_the_top_is_a_header(tmp_path: Path, content: str, title: str, text: str) -> None:
    article = read(tmp_path / "a.txt", content)

    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        pytest.param(f"Bridge closed \n\n{BODY}", "Bridge closed", id="short and set apart"),
        pytest.param(f"\n\nBridge closed\n \n{BODY}", "Bridge closed", id="after blank lines"),
        pytest.param("x" * 120 + "\n\n" + BODY, "x" * 120, id="as long as it may be"),
        pytest.param("x" * 121 + "\n\n" + BODY, "", id="too long"),
        pytest.param(BODY, "", id="not set apart"),
        pytest.param("One line.\n", "", id="the only line"),
    ],
)
def test_a_short_first_line_set_apart_is_the_title_of_plain_text(tmp_path: Path, content: str, title: str) -> None:
    article = read(tmp_path / "a.txt", content)

    assert (article.title, article.text) == (title, content)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        pytest.param(f"# Bridge closed\n\n{BODY}", "Bridge closed", id="heading"),
        pytest.param(f"\n## Bridge #4 closed ##  \n{BODY}", "Bridge #4 closed", id="closed heading"),
        pytest.param(f"# The rise of C#\n{BODY}", "The rise of C#", id="a mark that closes nothing"),
        pytest.param(f"#bridge is a tag\n\n{BODY}", "", id="tag"),
        pytest.param(f"{BODY}\n# Later\n", "", id="not leading"),
        pytest.param(f"Bridge closed\n\n{BODY}", "", id="a line is no heading"),
    ],
)
def test_a_leading_heading_is_the_title_of_markdown(tmp_path: Path, content: str, title: str) -> None:
    article = read(tmp_path / "a.md", content)

    assert (article.title, article.text) == (title, content)


def test_a_header_goes_before_a_heading(tmp_path: Path) -> None:
    article = read(tmp_path / "a.md", f"Title: From the header\n\n# From the text\n{BODY}")

    assert (article.title, article.text) == ("From the header", f"# From the text\n{BODY}")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
def test_line_ends_become_one_kind(tmp_path: Path, line_end: str) -> None:
    article = read(tmp_path / "a.txt", f"Title: T\n\n{BODY}".replace("\n", line_end).encode("utf-8-sig"))

    assert (article.title, article.text) == ("T", BODY)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(" \n\t\n", "no text", id="blank"),
        pytest.param("Title: T\n", "no text after the header", id="header alone"),
        pytest.param("Title: T", "no text after the header", id="header alone, no line end"),
        pytest.param("Title: T\n\n \n", "no text after the header", id="blank after the header"),
        pytest.param("a\0b", "looks like a binary file", id="binary"),
    ],
)
def test_a_file_without_text_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"^{reason}$"):
        read(tmp_path / "a.txt", content)


def test_front_matter_is_a_header_too(tmp_path: Path) -> None:
    front = '---\nlayout: post\ntitle: "Bridge closed"\ntags:\n  - news\ndate: 2025-06-15\n---\n\n'
    article = read(tmp_path / "a.md", front + BODY)
    assert (article.title, article.published, article.text) == ("Bridge closed", date(2025, 6, 15), BODY)


def test_a_rule_between_paragraphs_is_no_front_matter(tmp_path: Path) -> None:
    text = f"---\n\nNothing here.\n\n---\n{BODY}"
    assert read(tmp_path / "a.md", text).text == text


def test_a_headline_that_quotes_keeps_its_marks(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", f'Title: "We stay," says mayor\n\n{BODY}').title == '"We stay," says mayor'


@pytest.mark.parametrize("begun", ["---\n" + "    x\n" * 60, "Title:   x\n" * 60 + "-"], ids=["front matter", "header"])
def test_a_header_that_does_not_end_takes_no_time_out_of_hand(tmp_path: Path, begun: str) -> None:
    assert read(tmp_path / "a.md", begun + BODY).text == begun + BODY
