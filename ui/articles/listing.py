"""The listing: which articles the table shows, in which order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index_store.catalog import ArticleHeader

_UNDATED = date.min


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown; all that is left empty limits nothing."""

    words: str = ""  # each must stand in the headline, the outlet or the author, in any case
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def chosen(self, headers: Iterable[ArticleHeader]) -> list[ArticleHeader]:
        """Those that fit, in their order."""
        words = self.words.casefold().split()
        return [header for header in headers if any(map(self._fits, header.places)) and _holds(header, words)]

    def _fits(self, header: ArticleHeader) -> bool:
        if self.sources and header.source not in self.sources:
            return False
        if not (self.since or self.until):
            return True
        published = header.published
        return published is not None and (self.since or published) <= published <= (self.until or published)


def _holds(header: ArticleHeader, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = "\n".join(f"{place.title}\n{place.source}\n{place.author}" for place in header.places).casefold()
    return all(word in text for word in words)


def _by_outlet(header: ArticleHeader) -> tuple[str, str]:
    return header.source.casefold(), header.title.casefold()


def _by_title(header: ArticleHeader) -> str:
    return header.title.casefold()


def _by_day(header: ArticleHeader) -> tuple[bool, date]:
    return header.published is None, header.published or _UNDATED  # undated last


ORDERS: dict[str, Callable[[list[ArticleHeader]], list[ArticleHeader]]] = {
    "Newest first": list,  # as the catalog gives them
    "Oldest first": lambda headers: sorted(headers, key=_by_day),
    "Headline": lambda headers: sorted(headers, key=_by_title),
    "Outlet": lambda headers: sorted(headers, key=_by_outlet),
}


def outlets(headers: Iterable[ArticleHeader]) -> list[str]:
    """The outlets there are, by name."""
    return sorted({outlet for header in headers for outlet in header.outlets}, key=str.casefold)


def columns(headers: Sequence[ArticleHeader]) -> dict[str, list[str | date | None]]:
    """The table's columns; an article without a headline goes by its id."""
    return {
        "Date": [header.published for header in headers],
        "Headline": [header.title or header.id for header in headers],
        "Outlet": [", ".join(header.outlets) for header in headers],
        "Author": [header.author for header in headers],
    }
