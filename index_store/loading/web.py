"""The web: the articles behind a URL, be it a page, a PDF, a feed or a sitemap."""

from collections.abc import Iterator, Sequence

from index_store.errors import UnreadableInputError
from index_store.fetching.document import Document
from index_store.fetching.entry import Entry, newest_first
from index_store.fetching.feed import read_feed
from index_store.fetching.fetcher import Fetcher
from index_store.fetching.kind import Kind, kind_of, unpacked
from index_store.fetching.sitemap import read_sitemap, read_sitemap_index
from index_store.fetching.url import WebURL, parse_url, without_user
from index_store.loading.candidate import Candidate
from index_store.loading.skipped import SkippedInput
from index_store.loading.web_article import read_article

_MAX_SITEMAPS = 20  # read of one list; those of a large paper go back for decades
_ARTICLES = {Kind.PAGE, Kind.PDF}

Found = Iterator[Candidate | SkippedInput]


class Web:
    """Reads URLs, each once, and of a feed or sitemap the newest `limit` pages."""

    def __init__(self, fetcher: Fetcher, limit: int) -> None:
        self._fetcher = fetcher
        self._limit = limit
        self._seen: set[WebURL] = set()

    def read(self, address: str) -> Found:
        """The articles behind an address, and whatever there gave none."""
        name = without_user(address)
        try:
            url = parse_url(address)
            if self._is_new(url):
                yield from self._read(url, name)
        except UnreadableInputError as error:
            yield SkippedInput(name, str(error))

    def _read(self, url: WebURL, name: str) -> Found:
        document, kind = self._fetch(url)
        match kind:
            case Kind.FEED:
                yield from self._read_entries(read_feed(document), document, name)
            case Kind.SITEMAP:
                yield from self._read_entries(read_sitemap(document), document, name)
            case Kind.SITEMAP_INDEX:
                yield from self._read_index(document, name)
            case _:
                yield from read_article(document, kind, name, Entry(name))

    def _fetch(self, url: WebURL) -> tuple[Document, Kind]:
        limits = self._fetcher.limits
        document = unpacked(self._fetcher.fetch(str(url)), limits.body_bytes)
        kind = kind_of(document)
        max_bytes = {Kind.PAGE: limits.page_bytes, Kind.FEED: limits.feed_bytes}.get(kind, limits.body_bytes)
        if len(document.body) > max_bytes:
            raise UnreadableInputError(f"{kind.value} larger than {max_bytes / 2**20:g} MB")
        return document, kind

    def _read_entries(self, entries: Sequence[Entry], document: Document, name: str) -> Found:
        if not entries:
            yield SkippedInput(name, "lists no pages")
        for entry in entries[: self._limit]:
            yield from self._read_entry(entry, document, name)

    def _read_entry(self, entry: Entry, document: Document, name: str) -> Found:
        shown = without_user(entry.url) or f"{name}: {entry.title!r}"
        try:
            if not entry.url:
                raise UnreadableInputError("the entry names no page")
            url = document.url.join(entry.url)
            shown = str(url)
            if self._is_new(url):
                page, kind = self._fetch(url)
                if kind not in _ARTICLES:
                    raise UnreadableInputError(f"{kind.value} inside another list is not read")
                yield from read_article(page, kind, shown, entry)
        except UnreadableInputError as error:
            yield SkippedInput(shown, str(error))

    def _read_index(self, document: Document, name: str) -> Found:
        """The pages of the sitemaps that an index lists, read newest first while they may hold a page to be taken."""
        listed = read_sitemap_index(document)
        entries: list[Entry] = []
        for sitemap in listed[:_MAX_SITEMAPS]:
            if self._has_newer(entries, sitemap):
                break
            shown = without_user(sitemap.url) or name
            try:
                url = document.url.join(sitemap.url)
                shown = str(url)
                entries += self._read_sitemap(url)
            except UnreadableInputError as error:
                yield SkippedInput(shown, str(error))
        else:
            if len(listed) > _MAX_SITEMAPS:
                yield SkippedInput(name, f"lists {len(listed)} sitemaps, of which the first {_MAX_SITEMAPS} were read")
        yield from self._read_entries(newest_first(entries), document, name)

    def _has_newer(self, entries: Sequence[Entry], sitemap: Entry) -> bool:
        """Whether there are enough pages newer than whatever the sitemap can hold."""
        moment = sitemap.changed
        if moment is None:
            return False
        return sum(entry.changed is not None and entry.changed >= moment for entry in entries) >= self._limit

    def _read_sitemap(self, url: WebURL) -> tuple[Entry, ...]:
        document, kind = self._fetch(url)
        if kind is not Kind.SITEMAP:
            raise UnreadableInputError(f"{kind.value} inside a list of sitemaps is not read")
        return read_sitemap(document)

    def _is_new(self, url: WebURL) -> bool:
        is_new = url not in self._seen
        self._seen.add(url)
        return is_new
