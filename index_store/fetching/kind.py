"""The kind of a document: page, PDF, feed or sitemap."""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from index_store.errors import UnreadableInputError
from index_store.fetching.decoder import GZIP_MARK, decoded
from index_store.fetching.document import Document
from index_store.fetching.xml import root_name


class Kind(Enum):
    """What a document is read as."""

    PAGE = "a web page"
    PDF = "a PDF"
    FEED = "a feed"
    SITEMAP = "a sitemap"
    SITEMAP_INDEX = "a list of sitemaps"


_ROOTS = {
    "rss": Kind.FEED,
    "RDF": Kind.FEED,
    "feed": Kind.FEED,
    "urlset": Kind.SITEMAP,
    "sitemapindex": Kind.SITEMAP_INDEX,
}
_PAGE_TYPES = {"text/html", "application/xhtml+xml"}
_UNSURE_TYPES = {"", "application/xml", "text/xml", "application/octet-stream"}
_PDF_MARK = b"%PDF-"


def kind_of(document: Document) -> Kind:
    """What a document is, by its content where that is plain and else by the type that its server named.

    Raises:
        UnreadableInputError: It is nothing that holds articles.
    """
    if document.body.startswith(_PDF_MARK):
        return Kind.PDF
    root = root_name(document.body)
    if root in _ROOTS:
        return _ROOTS[root]
    if document.media_type in _PAGE_TYPES or (document.media_type in _UNSURE_TYPES and root.lower() == "html"):
        return Kind.PAGE
    shown = document.media_type or "of no named type"
    raise UnreadableInputError(f"the answer is {shown}, no web page, PDF, feed or sitemap")


def unpacked(document: Document, max_bytes: int) -> Document:
    """The document that a gzip file holds, as sitemaps are often sent; any other document as it is.

    Raises:
        UnreadableInputError: It is broken, or unpacks to more than `max_bytes`.
    """
    if not document.body.startswith(GZIP_MARK):
        return document
    body = b"".join(_limited(decoded([document.body], "gzip"), max_bytes))
    return replace(document, body=body, media_type="")


def _limited(pieces: Iterator[bytes], max_bytes: int) -> Iterator[bytes]:
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > max_bytes:
            raise UnreadableInputError(f"unpacks to more than {max_bytes / 2**20:g} MB")
        yield piece
