"""The byline: who wrote an article, the day that stands under its headline, and that of its last change."""

import re
from collections.abc import Iterable
from datetime import date

from index_store.loading.dates import read_day
from index_store.loading.markup import plain

_LEAD = re.compile(
    r"^(?:(?:posted|written|reported|article|story|view all posts|more stories) )?by\b[:\s]*", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:;|\||,?\s+and\s+|\s+&\s+)\s*")
# What systems write where no author was entered, and what is no name.
_NO_AUTHOR = re.compile(
    r"(?:no |guest |site )?(?:author|username|user|admin|administrator|webmaster|editor|unknown|none|null|n/a)s?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"https?:|www\.|@|\d{3}|[<>{}\[\]]")
_MAX_NAME_CHARS = 80
_AUTHOR = re.compile(r"\bname\s*=\s*[\"']author[\"']", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:property|name|itemprop)\s*=\s*[\"'](?:article:modified_time|og:updated_time|datemodified|dcterms\.modified)"
    r"[\"']",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\bcontent\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(rf"\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}", re.I)
_CHANGED = re.compile(r"(?:updat|modif|correct|edit)\w*\W*(?:on\W*)?$", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|svg|noscript|nav|aside)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|section|header|article|table|tr|td|figure)\b[^>]*>", re.IGNORECASE)
_NEAR_CHARS = 12_000  # of markup after the headline
_NEAR_BLOCKS = 8
_MAX_BLOCK_CHARS = 120  # a longer block is a sentence, and a day in it belongs to what is told


def join_names(names: Iterable[str]) -> str:
    """The authors in one line, each once; without what is no name."""
    distinct: dict[str, str] = {}
    for written in names:
        for name in _SEPARATOR.split(" ".join(written.split())):
            name = _LEAD.sub("", name.strip(" ,")).strip(" ,")
            if name and len(name) <= _MAX_NAME_CHARS and not _NO_AUTHOR.fullmatch(name) and not _NO_NAME.search(name):
                distinct.setdefault(name.casefold(), name)
    return ", ".join(distinct.values())


def meta_authors(tags: Iterable[str]) -> list[str]:
    """What meta tags name as author, as it stands there."""
    named = [_CONTENT.search(tag) for tag in tags if _AUTHOR.search(tag)]
    return [plain(content[1][1:-1]) for content in named if content]


def day_of_change(tags: Iterable[str]) -> date | None:
    """The day of the last change that meta tags name."""
    named = [_CONTENT.search(tag) for tag in tags if _CHANGE.search(tag)]
    return next((day for content in named if content and (day := read_day(plain(content[1][1:-1])))), None)


def day_under(html: str, heading_end: int) -> date | None:
    """The first day that is written shortly after the headline, in a line of its own; not the one of an update."""
    near = _BLOCK.sub("\n", _UNSEEN.sub(" ", html[heading_end : heading_end + _NEAR_CHARS]))
    blocks = filter(None, map(plain, near.split("\n")))
    for block in list(blocks)[:_NEAR_BLOCKS]:
        for match in _DAY.finditer(block) if len(block) <= _MAX_BLOCK_CHARS else ():
            if not _CHANGED.search(block[: match.start()]) and (day := read_day(match[0])):
                return day
    return None
