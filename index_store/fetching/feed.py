"""The feed: RSS 0.9x, 1.0 and 2.0 and Atom."""

import html
import io
import re
from calendar import timegm
from datetime import datetime, timezone
from time import struct_time
from typing import Any

import feedparser

from index_store.fetching.document import Document
from index_store.fetching.entry import Entry, newest_first

_TAG = re.compile(r"<[^<>]*>")
_MAIL = re.compile(r"[(<]?\S+@[^\s)>]+[)>]?")


def read_feed(document: Document) -> tuple[Entry, ...]:
    """What a feed lists, newest first; nothing is fetched, and no entity of its own is looked at."""
    headers = {"content-location": str(document.url)}  # what relative links are relative to
    if document.charset:
        headers["content-type"] = f"application/xml; charset={document.charset}"
    # a stream: a string might be taken for the address of something to be fetched, or for a path
    parsed: Any = feedparser.parse(
        io.BytesIO(document.body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    source = _plain(parsed.feed.get("title"))
    language = str(parsed.feed.get("language") or "")
    return newest_first(_read_entry(entry, source, language) for entry in parsed.entries)


def _read_entry(entry: Any, source: str, language: str) -> Entry:
    fields = dict(entry)  # its own `get` takes the one day for the other, with a warning
    moment = _moment(entry.get("published_parsed")) or _moment(fields.get("updated_parsed"))
    return Entry(
        url=str(entry.get("link") or ""),
        title=_plain(entry.get("title")),
        author=_author(entry),
        source=source,
        published=str(entry.get("published") or fields.get("updated") or ""),
        updated=str(fields.get("updated") or "") if entry.get("published") else "",
        language=language,
        changed=moment,
    )


def _author(entry: Any) -> str:
    """The names of its authors, without their mail addresses, which is what RSS 2.0 asks for in their place."""
    written = str(entry.get("author") or "")
    if "@" in written:  # cut in the wrong places by the library
        return _plain(_MAIL.sub(" ", html.unescape(written))).strip("() ")
    names = [_plain(author.get("name")) for author in entry.get("authors") or ()]
    return ", ".join(filter(None, names)) or _plain(written)


def _moment(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), timezone.utc) if parsed else None
    except (ValueError, OverflowError, OSError):  # a year that is none
        return None


def _plain(text: object) -> str:
    """A text without markup, on one line."""
    return " ".join(html.unescape(_TAG.sub("", str(text or ""))).split())
