"""The saved web page: the article in it, without menus, advertisements and comments."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from htmldate import find_date
from trafilatura import bare_extraction
from trafilatura.settings import Document

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.fetching.url import without_user
from index_store.loading.byline import day_of_change, day_under, join_names, meta_authors
from index_store.loading.candidate import UNNAMED, Candidate
from index_store.loading.dates import read_day
from index_store.loading.decoding import declared_charset, decode
from index_store.loading.identity import file_id
from index_store.loading.input_file import InputFile
from index_store.loading.language import page_language
from index_store.loading.linked_data import LinkedArticle, find_linked_article, words
from index_store.loading.markup import Element, find_elements, meta_tags, plain

# Only dates that a page marks as its own: a search through its text takes the year of a copyright line for one.
_DATE_SEARCH: dict[str, Any] = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1500-01-01",
    "max_date": "2200-12-31",
}
# Browsers write where a page was saved from; the number is the length of the address.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_MAX_HEADINGS = 20  # looked at
_MUCH_LONGER = 1.2  # a description that is not this much longer adds nothing to the blocks of the page
_NEARLY_ALL = 0.95  # of the words: the page may have a caption or two besides
_KEPT_TOGETHER = ("- ", "|")  # how items of a list and rows of a table begin

# What it would log, a page without text, is reported to the caller instead.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_page(file: InputFile) -> Iterator[Candidate]:
    """The article of an HTML file, from the file alone: nothing is fetched.

    Paragraphs, headings, quotations, lists and tables are kept, one blank line between blocks.

    Raises:
        UnreadableInputError: The page has no readable text.
    """
    raw = file.read_bytes()
    html = decode(raw, declared=declared_charset(raw))
    saved_from = _SAVED_FROM.search(html)
    page = bare_extraction(
        html,
        url=without_user(saved_from[1]) if saved_from else None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=_DATE_SEARCH,
    )
    if not isinstance(page, Document) or not page.text or not page.text.strip():
        raise UnreadableInputError("no readable text in the page")
    article = _article(page, html)
    yield Candidate(replace(article, id=file_id(article, file)), file.name, id_is_given=False)


def _article(page: Document, html: str) -> Article:
    headings = tuple(find_elements(html, "h1", _MAX_HEADINGS))
    linked = find_linked_article(html, tuple(plain(heading.content) for heading in headings))
    source = page.sitename or (linked.publisher if linked else "")
    title = _choose_title(page, linked, headings, html)
    return Article(
        id=UNNAMED,  # until the address is known
        text=_choose_text(_set_apart(page.text or ""), linked.body if linked else ""),
        title=_strip_outlet(title, source),
        source=source,
        author=_choose_author(page, linked, html),
        published=(linked.published if linked else None) or _find_day(page, title, headings, html),
        url=without_user(page.url or (linked.url if linked else "")),
        updated=(linked.updated if linked else None) or day_of_change(meta_tags(html)),
        language=(linked.language if linked else "") or page_language(html),
    )


def _choose_title(page: Document, linked: LinkedArticle | None, headings: tuple[Element, ...], html: str) -> str:
    """The headline that readers see and the page describes; what is made for sharing may differ from it."""
    described = linked.headline if linked else ""
    if described and any(words(described) == words(plain(heading.content)) for heading in headings):
        return described
    title = page.title or ""
    whole = next(find_elements(html, "title", 1), None)
    steps = [part.strip() for part in plain(whole.content).split("»")] if whole else []
    # From the site down to the article, as old weblogs write it: what was taken for the title is the site.
    return steps[-1] if len(steps) > 1 and steps[-1] and words(steps[0]) == words(title) else title


def _choose_text(extracted: str, described: str) -> str:
    """What is described, where it is plainly the whole text, with nearly all that was extracted in it.

    That is, longer, or in paragraphs where none were found.
    """
    has_paragraphs = "\n" in described and "\n" not in extracted
    if len(described) < _MUCH_LONGER * len(extracted) and not has_paragraphs:
        return extracted
    found, whole = Counter(words(extracted)), Counter(words(described))
    is_inside = (found & whole).total() >= _NEARLY_ALL * found.total()
    return _set_apart(described) if is_inside else extracted


def _choose_author(page: Document, linked: LinkedArticle | None, html: str) -> str:
    described = join_names(linked.authors) if linked else ""
    return described or join_names(meta_authors(meta_tags(html))) or join_names([page.author or ""])


def _find_day(page: Document, title: str, headings: tuple[Element, ...], html: str) -> date | None:
    """The day that meta tags name, else the one under the headline, else what is marked as a date anywhere."""
    tags = "".join(meta_tags(html))
    if marked := find_date(f"<html><head>{tags}</head><body></body></html>", url=page.url, **_DATE_SEARCH):
        return read_day(marked)
    ends = [heading.end for heading in headings if words(plain(heading.content)) == words(title)]
    return (day_under(html, ends[0]) if ends else None) or read_day(page.date)


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
