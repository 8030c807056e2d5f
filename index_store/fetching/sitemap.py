"""The sitemap: the pages of a site, or its other sitemaps."""

from datetime import datetime, timezone

from dateutil.parser import isoparse

from index_store.fetching.document import Document
from index_store.fetching.entry import Entry, newest_first
from index_store.fetching.xml import read_elements

# Google's, in which a paper names headline and day; in others headlines belong to pictures and films
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def read_sitemap(document: Document) -> tuple[Entry, ...]:
    """The pages that a sitemap lists, newest first, with what a sitemap for news says of them."""
    return newest_first(_read_entry(texts) for texts in read_elements(document.body, "url", _NEWS))


def read_sitemap_index(document: Document) -> tuple[Entry, ...]:
    """The sitemaps that an index lists, newest first."""
    return newest_first(_read_entry(texts) for texts in read_elements(document.body, "sitemap", _NEWS))


def _read_entry(texts: dict[str, str]) -> Entry:
    published = texts.get("publication_date", "")
    return Entry(
        url=texts.get("loc", ""),
        title=texts.get("title", ""),
        source=texts.get("name", ""),
        published=published,
        language=texts.get("language", ""),
        changed=_moment(texts.get("lastmod", "")) or _moment(published),
    )


def _moment(written: str) -> datetime | None:
    try:
        moment = isoparse(written)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None
