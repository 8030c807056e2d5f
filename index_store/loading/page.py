"""The saved web page: the article in it, without menus, advertisements and comments."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from trafilatura import bare_extraction
from trafilatura.settings import Document

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import UNNAMED, Candidate
from index_store.loading.dates import read_day
from index_store.loading.decoding import declared_charset, decode
from index_store.loading.identity import file_id
from index_store.loading.skipped import name_of

# Only dates that a page marks as its own: a search through its text takes the year of a copyright line for one.
_DATE_SEARCH = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1500-01-01",
    "max_date": "2200-12-31",
}
# Browsers write where a page was saved from; the number is the length of the address.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_KEPT_TOGETHER = ("- ", "|")  # how items of a list and rows of a table begin

# What it would log, a page without text, is reported to the caller instead.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_page(path: Path) -> Iterator[Candidate]:
    """The article of an HTML file, from the file alone: nothing is fetched.

    Paragraphs, headings, quotations, lists and tables are kept, one blank line between blocks.

    Raises:
        UnreadableInputError: The page has no readable text.
    """
    raw = path.read_bytes()
    html = decode(raw, declared=declared_charset(raw))
    saved_from = _SAVED_FROM.search(html)
    page = bare_extraction(
        html,
        url=saved_from[1] if saved_from else None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=_DATE_SEARCH,
    )
    if not isinstance(page, Document) or not page.text or not page.text.strip():
        raise UnreadableInputError("no readable text in the page")
    article = _article(page, _set_apart(page.text))
    yield Candidate(replace(article, id=file_id(article, path)), name_of(path), id_is_given=False)


def _article(page: Document, text: str) -> Article:
    source = page.sitename or ""
    return Article(
        id=UNNAMED,  # until the address is known
        text=text,
        title=_strip_outlet(page.title or "", source),
        source=source,
        author=(page.author or "").replace("; ", ", "),
        published=read_day(page.date),
        url=page.url or "",
    )


def _set_apart(text: str) -> str:
    """The blocks of a page, each on a line of its own, with blank lines between them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    apart = lines[:1]
    for before, line in pairwise(lines):
        together = any(before.startswith(mark) and line.startswith(mark) for mark in _KEPT_TOGETHER)
        apart += [line] if together else ["", line]
    return "\n".join(apart)


def _strip_outlet(title: str, source: str) -> str:
    """The headline alone: pages end their title with the name of the site."""
    return re.sub(rf"\s+(?:\||--|[-–—:])\s+{re.escape(source)}$", "", title, flags=re.IGNORECASE) if source else title
