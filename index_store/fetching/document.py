"""The document: what was found behind a URL."""

from dataclasses import dataclass

from index_store.fetching.url import WebURL


@dataclass(frozen=True, slots=True)
class Document:
    """The whole content of a URL, decompressed."""

    url: WebURL  # the last one, after redirects
    media_type: str  # in lower case; empty where the server named none
    charset: str  # likewise
    body: bytes
