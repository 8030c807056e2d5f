"""Links and markup in a statement: an obedient model may repeat what an article planted."""

import re
from collections.abc import Iterator, Sequence

from qa.verification.passages import CitedPassage

_SCHEMES = "https?|ftps?|data|javascript|vbscript|mailto|file|tel|sms|blob|about|view-source|intent|magnet|wss?|ssh|git"
_LABELS = r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]\.){1,8}"
_LINK = re.compile(
    # A reference is "[words][name]"; "[2024] [sic]" are a writer's own words in brackets
    r"(?P<markdown>!?\[[^\[\]]*\](?:\s?\([^()\s]*(?:\([^()]*\))?[^()]*\)|\[[^\[\]]*[^\d\s\[\],][^\[\]]*\]))"
    r"|(?P<html></?[A-Za-z!][^<>]*>)"
    rf"|(?P<address>\b(?:{_SCHEMES}):[^\s<>\"“”]+|\b[a-z][a-z0-9+.-]{{0,20}}://[^\s<>\"“”]+|\bwww\.[^\s<>\"“”]+"
    r"|(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/[^\s<>\"“”]*)"
    rf"|(?P<domain>(?-i:(?<![\w.@/-])(?:[\w.+-]{{1,64}}@)?(?=[\w-]*[A-Za-z]){_LABELS}(?:[a-z]{{2,24}}|[A-Z]{{2,24}})(?![\w@-])))",
    re.IGNORECASE,
)
_IN_MARKDOWN = re.compile(r"^\[[^\[\]]*\]\s?\((?P<address>\S+?)\)$")
_AROUND = ".,;:!?)]}'’”\""
_SCHEME = re.compile(r"^https?://(?:www\.)?|^www\.", re.IGNORECASE)
_HTTP = re.compile(r"https?://", re.IGNORECASE)


def foreign_links(text: str, cited: Sequence[CitedPassage]) -> Iterator[str]:
    """Links, images and HTML tags of a statement, but for plain addresses of the cited articles.

    A bare domain or a mail address may also stand in a cited passage. No address but http(s) is ever one of an article.
    """
    known = {_bare(passage.article.url) for passage in cited if _HTTP.match(passage.article.url)}
    domains = {address.partition("/")[0] for address in known}
    for match in _LINK.finditer(text):
        inside = _IN_MARKDOWN.match(match[0])
        address = inside["address"] if inside else match["address"]
        if match["domain"]:
            domain = match["domain"].casefold()
            if domain in domains or any(_holds(passage, domain) for passage in cited):
                continue
        elif address and _bare(address) in known:
            continue
        yield match[0].rstrip(".,;")


def without_links(text: str) -> str:
    """The text with its links blanked out, every other character in its place."""
    return _LINK.sub(lambda match: match[0] if match["domain"] else " " * len(match[0]), text)


def _holds(passage: CitedPassage, domain: str) -> bool:
    held = f"{passage.text}\n{passage.heading}".casefold()
    return re.search(rf"(?<![\w@.-]){re.escape(domain)}(?![\w-])", held) is not None


def _bare(address: str) -> str:
    return _SCHEME.sub("", address.strip().rstrip(_AROUND)).rstrip("/").casefold()
