"""The entry: what a feed or a sitemap says of one of its pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is listed; what is not said of it is empty."""

    url: str  # as given; empty where the list names none
    title: str = ""
    author: str = ""
    source: str = ""  # the outlet
    published: str = ""  # as written
    changed: datetime | None = None  # in UTC; the newest moment that is given
    updated: str = ""  # as written, where it names a day of publication too
    language: str = ""  # as written


_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without those of an address that came before; without a moment last, else in the order given."""
    distinct: dict[str, Entry] = {}
    for place, entry in enumerate(entries):
        distinct.setdefault(entry.url or str(place), entry)
    return tuple(sorted(distinct.values(), key=lambda entry: entry.changed or _LONG_AGO, reverse=True))
