"""Links and markup in a statement: an obedient model may repeat what an article planted."""

import re
from collections.abc import Iterable, Iterator

_LINK = re.compile(
    r"(?P<markdown>!?\[[^\[\]]*\]\s?(?:\([^()\s]*(?:\([^()]*\))?[^()]*\)|\[[^\[\]]*[^\d\s\[\],][^\[\]]*\]))"
    r"|(?P<html></?[A-Za-z!][^<>]*>)"
    r"|(?P<address>\b(?:https?|ftp|data|javascript|mailto):[^\s<>\"“”]+|\bwww\.[^\s<>\"“”]+"
    r"|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”]*)",
    re.IGNORECASE,
)
_IN_MARKDOWN = re.compile(r"^\[[^\[\]]*\]\s?\((?P<address>\S+?)\)$")
_AROUND = ".,;:!?)]}'’”\""
_SCHEME = re.compile(r"^https?://(?:www\.)?|^www\.", re.IGNORECASE)


def foreign_links(text: str, cited: Iterable[str]) -> Iterator[str]:
    """Links, images and HTML tags of a statement, but for plain addresses of the cited articles."""
    known = {_bare(address) for address in cited if address}
    for match in _LINK.finditer(text):
        inside = _IN_MARKDOWN.match(match[0])
        address = inside["address"] if inside else match["address"]
        if not address or _bare(address) not in known:
            yield match[0].rstrip(".,;")


def without_links(text: str) -> str:
    """The text with its links blanked out, every other character in its place."""
    return _LINK.sub(lambda match: " " * len(match[0]), text)


def _bare(address: str) -> str:
    return _SCHEME.sub("", address.strip().rstrip(_AROUND)).rstrip("/").casefold()
