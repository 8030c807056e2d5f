"""PDF files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.input_file import on_disk
from index_store.loading.pdf import read_pdf
from index_store.loading.skipped import SkippedInput
from tests.index_store.loading.pdf_writer import SCAN, Print, lines, write_pdf

LEAD = (
    "The council of Port Ansgill voted on Tuesday to repair the",
    "Tollister bridge, after a long debate in which residents com-",
    "plained of lost customers and of empty shops by the harbour.",
)
SECOND = ("The difficulties of the first inspection are behind us, an", "engineer said on the way out of the hall.")
JOINED = (
    "The council of Port Ansgill voted on Tuesday to repair the Tollister bridge, after a long debate in which"
    " residents complained of lost customers and of empty shops by the harbour."
)
SECOND_JOINED = "The difficulties of the first inspection are behind us, an engineer said on the way out of the hall."


def read(path: Path) -> Article:
    (candidate,) = read_pdf(on_disk(path))
    assert not isinstance(candidate, SkippedInput)
    return candidate.article


def test_lines_become_paragraphs_and_divided_words_whole(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", lines(*LEAD, "", *SECOND))

    assert read(path).text == f"{JOINED}\n\n{SECOND_JOINED}"


def test_columns_and_pages_are_read_in_the_order_they_are_drawn(tmp_path: Path) -> None:
    left, right = lines(*LEAD[:2]), lines(LEAD[2], x=320)
    path = write_pdf(tmp_path / "a.pdf", left + right, lines(*SECOND))

    assert read(path).text == f"{JOINED}\n\n{SECOND_JOINED}"


def test_what_heads_and_foots_the_pages_is_no_part_of_the_text(tmp_path: Path) -> None:
    def page(number: int, *texts: str) -> list[Print]:
        head, foot = Print("Valley News, 15 June 2025", y=760), Print(f"Page {number} of 3", y=30)
        return [head, *lines(*texts), foot]

    path = write_pdf(tmp_path / "a.pdf", page(1, *LEAD[:2]), page(2, LEAD[2]), page(3, *SECOND))

    assert read(path).text == f"{JOINED}\n\n{SECOND_JOINED}"


@pytest.mark.parametrize(
    ("notes", "title", "author"),
    [
        pytest.param({"Title": "Bridge to reopen", "Author": "Jo Doe"}, "Bridge to reopen", "Jo Doe", id="plausible"),
        pytest.param({}, "Council votes for the bridge", "", id="none"),
        pytest.param({"Title": "Microsoft Word - x.doc"}, "Council votes for the bridge", "", id="the file's name"),
        pytest.param({"Title": "bridge final v2.indd"}, "Council votes for the bridge", "", id="a file's name"),
        pytest.param({"Title": "untitled", "Author": "admin"}, "Council votes for the bridge", "", id="placeholders"),
        pytest.param({"Author": "Microsoft Office User"}, "Council votes for the bridge", "", id="a program's user"),
    ],
)
def test_title_and_author_are_taken_where_they_are_plausible(
    tmp_path: Path, notes: dict[str, str], title: str, author: str
) -> None:
    headline = Print("Council votes for the bridge", y=740, size=22)

    article = read(write_pdf(tmp_path / "a.pdf", [headline, *lines(*LEAD)], notes=notes))

    assert (article.title, article.author) == (title, author)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Tuesday, June 17, 2025", date(2025, 6, 17), id="a line of its own"),
        pytest.param("Port Ansgill, 1 July 2025, by our correspondent", date(2025, 7, 1), id="names the day of making"),
        pytest.param("Printed July 2, 2025 9:14", None, id="when it was printed"),
        pytest.param("By Jo Doe", None, id="when it was made, and nothing else"),
    ],
)
def test_only_a_day_on_the_first_page_is_the_day_of_publication(
    tmp_path: Path, line: str, expected: date | None
) -> None:
    notes = {"CreationDate": "D:20250701120000Z"}

    assert read(write_pdf(tmp_path / "a.pdf", lines(line, "", *LEAD), notes=notes)).published == expected


def test_a_scan_is_reported_and_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"^no text layer \(a scan\?\)$"):
        read(write_pdf(tmp_path / "a.pdf", SCAN, SCAN))


def test_scanned_pages_among_others_are_reported(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", lines(*LEAD), SCAN, [], SCAN)

    article, skipped = read_pdf(on_disk(path))

    assert not isinstance(article, SkippedInput)
    assert article.article.text == JOINED
    assert skipped == SkippedInput(f"{path}: page 2, 4", "no text layer (a scan?)")


def test_a_text_layer_that_shows_no_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"^its text layer does not say which letters it shows$"):
        read(write_pdf(tmp_path / "a.pdf", lines("abcdefghijklmnop" + "\x02\x03\x04\x05" * 20)))


@pytest.mark.parametrize(
    ("user_password", "is_read"), [pytest.param("secret", False, id="to open"), pytest.param("", True, id="to change")]
)
def test_a_password_keeps_a_file_closed_only_if_it_is_asked_for(
    tmp_path: Path, user_password: str, is_read: bool
) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "plain.pdf", lines(*LEAD))))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")

    if is_read:
        assert read(tmp_path / "a.pdf").text == JOINED
    else:
        with pytest.raises(UnreadableInputError, match=r"^encrypted; save a copy without a password$"):
            read(tmp_path / "a.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"no PDF at all", b"\0" * 100], ids=["a head", "text", "zeros"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)

    with pytest.raises(UnreadableInputError, match=r"^broken PDF: "):
        read(tmp_path / "a.pdf")


@given(at=st.integers(0, 1500), replacement=st.binary(max_size=40))
def test_no_damage_does_more_than_refuse_the_file(
    tmp_path_factory: pytest.TempPathFactory, at: int, replacement: bytes
) -> None:
    path = write_pdf(tmp_path_factory.mktemp("pdf") / "a.pdf", lines(*LEAD), notes={"Title": "Bridge closed"})
    content = path.read_bytes()
    path.write_bytes(content[:at] + replacement + content[at + len(replacement) :])

    try:
        list(read_pdf(on_disk(path)))
    except UnreadableInputError as error:
        assert str(error)


def test_a_file_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"^2,001 pages, more than 2,000; split it$"):
        read(write_pdf(tmp_path / "a.pdf", *[[]] * 2001))
