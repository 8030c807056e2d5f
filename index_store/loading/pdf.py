"""The PDF: its text layer as one article; the door to pypdf."""

import io
import logging
import re
import struct
import time
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import UNNAMED, Candidate
from index_store.loading.dates import read_day
from index_store.loading.identity import file_id
from index_store.loading.input_file import InputFile
from index_store.loading.skipped import SkippedInput
from index_store.loading.typesetting import Line, Page, headline, paragraphs, without_repeated

_MAX_PAGES = 2000
_MAX_SECONDS = 300.0  # for one file, looked at between pages; a page takes about a tenth of a second
_MIN_LETTERS = 10  # fewer on all pages are a stamp on a scan
_MAX_UNREADABLE_SHARE = 0.1  # of the characters: a font that does not say which letters it draws
_DAY_LINES = 15  # of the first page, looked at for a line that is a date
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}  # ﬀ to ﬆ
_CLOCK = re.compile(r"\d:\d")
# What programs write where the title of a document should stand.
_NO_TITLE = re.compile(r"microsoft |untitled|document\d*$|\(?anonymous|.*\.\w{2,5}$|https?:|[\W\d_]*$", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"\b(user|admin|administrator|owner|microsoft|office|scanner|unknown)\b|[\d@\\/_]", re.IGNORECASE
)
# pypdf lets these through from files that are not as they should be.
_FAULTS = (
    *(PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError),
    *(NotImplementedError, EOFError, struct.error, zlib.error),
)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would log is reported to the caller instead


def read_pdf(file: InputFile) -> Iterator[Candidate | SkippedInput]:
    """The article of a PDF: paragraphs in the order the file draws them, without what heads and foots its pages.

    Title and author are those the file names for itself where they are plausible; the title is else what is set in
    the largest type. The day is one that stands on the first page: when the file was made says nothing.

    Raises:
        UnreadableInputError: It is broken, encrypted, too long, or has no text layer.
    """
    try:
        reader = PdfReader(io.BytesIO(file.read_bytes()))
        _check_readable(reader)
        pages = tuple(_read_pages(reader))
        scans = [at + 1 for at, page in enumerate(reader.pages) if not pages[at] and _has_picture(page)]
        notes = {str(name): str(value) for name, value in (reader.metadata or {}).items()}
    except _FAULTS as error:
        raise UnreadableInputError(f"broken PDF: {ascii(str(error))[1:-1]:.200}") from error
    article = _article(pages, notes)
    yield Candidate(replace(article, id=file_id(article, file)), file.name, id_is_given=False)
    if scans:
        numbers = ", ".join(map(str, scans))
        yield SkippedInput(f"{file.name}: page {numbers}", "no text layer (a scan?)")


def _check_readable(reader: PdfReader) -> None:
    if reader.is_encrypted and not _opens_without_password(reader):
        raise UnreadableInputError("encrypted; save a copy without a password")
    if len(reader.pages) > _MAX_PAGES:
        raise UnreadableInputError(f"{len(reader.pages):,} pages, more than {_MAX_PAGES:,}; split it")


def _opens_without_password(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except (PyPdfError, NotImplementedError):  # a cipher that needs another library
        return False


def _read_pages(reader: PdfReader) -> Iterator[Page]:
    started = time.monotonic()
    for page in reader.pages:
        if time.monotonic() - started > _MAX_SECONDS:
            raise UnreadableInputError(f"takes longer than {_MAX_SECONDS:.0f} seconds; split it")
        yield _read_page(page)


def _read_page(page: PageObject) -> Page:
    lines: list[Line] = []
    is_open = False  # the last line may go on

    def take(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        nonlocal is_open
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        size *= abs(inner[3] * outer[3]) or abs(inner[1] * outer[1]) or 1.0  # the second of turned pages
        for number, part in enumerate(text.split("\n")):
            is_open = is_open and not number
            if is_open:
                lines[-1] = replace(lines[-1], text=lines[-1].text + part)
            elif part.strip():
                lines.append(Line(part, x, y, size or 1.0))
                is_open = True

    page.extract_text(visitor_text=take)
    return tuple(replace(line, text=line.text.translate(_LIGATURES).strip()) for line in lines)


def _article(pages: tuple[Page, ...], notes: dict[str, str]) -> Article:
    pages = tuple(page for page in without_repeated(pages) if page)
    text = "\n\n".join(paragraphs(pages))
    if sum(map(str.isalpha, text)) < _MIN_LETTERS:
        raise UnreadableInputError("no text layer (a scan?)")
    unreadable = sum(character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co") for character in text)
    if unreadable - text.count("\n") > _MAX_UNREADABLE_SHARE * len(text):
        raise UnreadableInputError("its text layer does not say which letters it shows")
    title, author = (" ".join(notes.get(name, "").replace("\0", "").split()) for name in ("/Title", "/Author"))
    return Article(
        id=UNNAMED,  # until the title is known
        text=text.replace("\0", ""),
        title=title if " " in title and not _NO_TITLE.match(title) else headline(pages[0]),
        author=author if " " in author and not _NO_AUTHOR.search(author) else "",
        published=_find_day(pages[0], notes.get("/CreationDate", "")),
    )


def _find_day(page: Page, created: str) -> date | None:
    """A line that is a day written in words, or the day the file was made if the first page names that day too."""
    for line in page[:_DAY_LINES]:
        is_words = any(map(str.isalpha, line.text)) and not _CLOCK.search(line.text)
        if is_words and (written := read_day(line.text)):
            return written
    day = read_day(created.removeprefix("D:")[:8])
    words = set(re.findall(r"\w+", " ".join(line.text for line in page).casefold()))
    is_named = day is not None and {str(day.day), _MONTHS[day.month - 1], str(day.year)} <= words
    return day if is_named else None


def _has_picture(page: PageObject) -> bool:
    drawn = _within(_within(page, "/Resources"), "/XObject")
    return any(_within(drawn, name).get("/Subtype") == "/Image" for name in drawn)


def _within(outer: DictionaryObject, name: str) -> DictionaryObject:
    """The dictionary under a name; empty if there is none."""
    value = outer.get(name)
    inner = value.get_object() if value is not None else None
    return inner if isinstance(inner, DictionaryObject) else DictionaryObject()
