"""The robots.txt: what a site lets programs read, by RFC 9309."""

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from index_store.errors import UnreadableInputError
from index_store.fetching.exchange import PRODUCT, Reply
from index_store.fetching.url import WebURL, parse_url


@dataclass(frozen=True, slots=True)
class _Site:
    rules: Protego | None  # None: nothing may be read
    reason: str = ""


class Robots:
    """The rules of every site that was asked for, each fetched once.

    `fetch` gets a robots.txt with its redirects followed.
    """

    def __init__(self, fetch: Callable[[WebURL], Reply]) -> None:
        self._fetch = fetch
        self._sites: dict[str, _Site] = {}

    def check(self, url: WebURL) -> None:
        """Passes a URL that may be read.

        Raises:
            UnreadableInputError: The site does not want it, or cannot be asked whether it does.
        """
        site = self._site(url)
        if site.rules is None:
            raise UnreadableInputError(site.reason)
        if not site.rules.can_fetch(str(url), PRODUCT):
            raise UnreadableInputError(f"{url.origin}/robots.txt does not allow programs to read it")

    def delay_s(self, url: WebURL) -> float:
        """The pause that the site asks for between two requests; 0 where it asks for none or was not asked yet."""
        site = self._sites.get(url.origin)
        return float((site and site.rules and site.rules.crawl_delay(PRODUCT)) or 0)

    def _site(self, url: WebURL) -> _Site:
        if url.origin not in self._sites:
            self._sites[url.origin] = self._ask(parse_url(f"{url.origin}/robots.txt"))
        return self._sites[url.origin]

    def _ask(self, url: WebURL) -> _Site:
        try:
            reply = self._fetch(url)
        except UnreadableInputError as error:
            return _Site(None, f"{error} (when asked for its robots.txt)")
        if 400 <= reply.status < 500:
            return _Site(Protego.parse(""))
        if reply.status != 200:
            return _Site(None, f"{url} cannot be read, so nothing of its site is: status {reply.status}")
        return _Site(Protego.parse(reply.body.decode("utf-8-sig", "replace")))
