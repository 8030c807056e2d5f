"""The web article: from a fetched page or PDF to a candidate, with its address and what a feed said of it."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.fetching.document import Document
from index_store.fetching.entry import Entry
from index_store.fetching.kind import Kind
from index_store.fetching.url import WebURL, parse_url
from index_store.loading.candidate import Candidate
from index_store.loading.dates import read_day
from index_store.loading.decoding import declared_charset, decode
from index_store.loading.file_types import read_file
from index_store.loading.identity import file_id
from index_store.loading.input_file import InputFile
from index_store.loading.language import read_language
from index_store.loading.skipped import SkippedInput

_SAME_SITE_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|msclkid|igshid|mc_[ce]id)(?:=|$)", re.IGNORECASE)


def read_article(document: Document, kind: Kind, name: str, entry: Entry) -> Iterator[Candidate | SkippedInput]:
    """The article of a page or PDF, named `name`, under its own address; `entry` fills what it does not say of itself.

    Raises:
        UnreadableInputError: There is no text in it.
    """
    file = _as_file(document, kind, name)
    for found in read_file(file):
        if isinstance(found, SkippedInput):
            yield found
            continue
        article = _filled(replace(found.article, url=_address(found.article.url, document.url)), entry, document.url)
        yield replace(found, article=replace(article, id=file_id(article, file)))


def _as_file(document: Document, kind: Kind, name: str) -> InputFile:
    body, ending = (_saved_page(document), ".html") if kind is Kind.PAGE else (document.body, ".pdf")
    stem = PurePosixPath(unquote(urlsplit(document.url.target).path)).stem or document.url.host
    key = str(document.url).encode()
    return InputFile(name, PurePosixPath(stem + ending), key, len(body), len(body), lambda: io.BytesIO(body))


def _saved_page(document: Document) -> bytes:
    """The page as a browser saves it: with its address, and in an encoding that cannot be mistaken."""
    named = declared_charset(b'<meta charset="%s">' % document.charset.encode("ascii", "replace"))
    html = decode(document.body, declared=named or declared_charset(document.body))
    address = str(document.url)
    # the declaration is for the parser, which does not find its way when a comment comes first
    saved = f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04d}){address} -->\n{html}"
    return saved.encode("utf-8-sig", "replace")


def _address(said: str, fetched: WebURL) -> str:
    """The address that the page names as its own, if that is on its site and not its front page; else the fetched."""
    try:
        canonical = parse_url(said)
    except UnreadableInputError:
        canonical = fetched
    is_front = canonical.target == "/" != fetched.target
    return _untracked(canonical if _site(canonical) == _site(fetched) and not is_front else fetched)


def _site(url: WebURL) -> str:
    return _SAME_SITE_PREFIX.sub("", url.host)


def _untracked(url: WebURL) -> str:
    """The address without what only tells where a reader came from."""
    path, _, query = url.target.partition("?")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    return str(replace(url, target=f"{path}?{kept}" if kept else path))


def _filled(article: Article, entry: Entry, fetched: WebURL) -> Article:
    source = "" if article.source.casefold() in _host_names(fetched) else article.source
    return replace(
        article,
        title=article.title or entry.title,
        author=article.author or entry.author,
        source=source or entry.source or article.source,
        published=article.published or read_day(entry.published),  # no day of a change is one of publication
        updated=article.updated or read_day(entry.updated),
        language=article.language or read_language(entry.language),
    )


def _host_names(url: WebURL) -> set[str]:
    """What stands for the outlet of a page that names none."""
    return {name.removeprefix(prefix) for name in (url.host, url.authority) for prefix in ("", "www.")}
