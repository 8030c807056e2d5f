"""Linked data: what a page says of its article in JSON-LD, the form that search engines read."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from index_store.loading.dates import read_day
from index_store.loading.language import read_language
from index_store.loading.markup import find_elements

_ARTICLE = re.compile(r"(?:\w+:)?\w*(?:Article|BlogPosting|Report)")
_TEASERS = {
    "itemListElement",
    "isPartOf",
    "mentions",
    "citation",
    "isBasedOn",
    "relatedLink",
    "video",
    "image",
    "review",
}
_MAX_SCRIPTS = 300  # looked at
_MAX_DEPTH = 8
_MARKUP = re.compile(r"</?\w+[^<>]*>")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article as it is described; what is not said is empty."""

    headline: str
    body: str
    authors: tuple[str, ...]
    publisher: str
    published: date | None
    updated: date | None
    url: str
    language: str


def find_linked_article(html: str, headings: tuple[str, ...]) -> LinkedArticle | None:
    """The description of the page's own article: the one whose headline is a heading, or the only one."""
    scripts = [script for script in find_elements(html, "script", _MAX_SCRIPTS) if "ld+json" in script.tag.lower()]
    found = [_describe(node) for script in scripts for node in _articles(_parse(script.content), 0)]
    shown = {tuple(words(heading)) for heading in headings}
    own = [article for article in found if tuple(words(article.headline)) in shown]
    if own:
        return own[0]
    return found[0] if len(found) == 1 else None


def words(text: str) -> list[str]:
    """Letters and digits in lower case: two headlines with the same words are the same."""
    return _WORD.findall(text.casefold())


def _parse(script: str) -> object:
    try:
        return json.loads(script, strict=False)  # with line ends inside strings, as many write them
    except (ValueError, RecursionError):
        return None


def _articles(node: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for item in node:
            yield from _articles(item, depth + 1)
    elif isinstance(node, Mapping):
        kinds = node.get("@type")
        if any(isinstance(kind, str) and _ARTICLE.fullmatch(kind) for kind in _listed(kinds)):
            yield node
        for name, value in node.items():
            if name not in _TEASERS:
                yield from _articles(value, depth + 1)


def _describe(node: Mapping[str, object]) -> LinkedArticle:
    page = node.get("mainEntityOfPage")
    return LinkedArticle(
        headline=_text(node.get("headline") or node.get("name")),
        body=_body(node.get("articleBody")),
        authors=tuple(filter(None, map(_name, _listed(node.get("author"))))),
        publisher=_name(node.get("publisher")),
        published=read_day(node.get("datePublished")),
        updated=read_day(node.get("dateModified")),
        url=_address(node.get("url")) or _address(page.get("@id") if isinstance(page, Mapping) else page),
        language=_language(node.get("inLanguage")),
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name(value: object) -> str:
    return _text(value.get("name") if isinstance(value, Mapping) else value)


def _language(value: object) -> str:
    """A tag, or an object that has one for its name or its other name."""
    if isinstance(value, Mapping):
        return _language(value.get("alternateName")) or _language(value.get("name"))
    return read_language(value)


def _text(value: object) -> str:
    return " ".join(_storable(value).split()) if isinstance(value, str) else ""


def _body(value: object) -> str:
    """With its line ends; with markup it is of no use."""
    text = _storable(value).strip() if isinstance(value, str) else ""
    return "" if _MARKUP.search(text) else text


def _storable(value: str) -> str:
    """Without references to characters and without those that JSON can name and no text can hold."""
    return unescape(value).replace("\0", "").encode("utf-8", "ignore").decode()


def _address(value: object) -> str:
    text = _text(value)
    return text if text.startswith(("http://", "https://")) else ""
