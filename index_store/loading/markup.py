"""The markup: elements of a page found in its text, in time that does not grow out of hand on hostile pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_MAX_TAG_CHARS = 4000  # of a start tag; a page that saves its pictures in one is not looked for headlines there
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Element:
    """An element by its place in the page."""

    tag: str  # the start tag
    content: str  # markup
    end: int  # where the end tag begins


def find_elements(html: str, name: str, limit: int) -> Iterator[Element]:
    """The elements of that name in order, of the first `limit` start tags; unclosed ones are left out."""
    start_tag, end_tag = _tags(name)
    for number, match in enumerate(start_tag.finditer(html)):
        if number == limit:
            return
        tag_end = html.find(">", match.end(), match.end() + _MAX_TAG_CHARS) + 1
        if tag_end and (end := end_tag.search(html, tag_end)):
            yield Element(html[match.start() : tag_end], html[tag_end : end.start()], end.start())


def meta_tags(html: str) -> list[str]:
    """The meta tags, whole."""
    return _META.findall(html)


def plain(markup: str) -> str:
    """The characters that are shown, on one line."""
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


@lru_cache(maxsize=8)
def _tags(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\b", re.IGNORECASE)
