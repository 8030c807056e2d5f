"""Markup: the only place where a text becomes HTML, and none does unescaped."""

import re
import unicodedata
from html import escape
from urllib.parse import urlsplit

_KEPT = "\n\t\u200c\u200d"  # the joiners shape Persian words and emoji
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Html(str):
    """Markup that is safe as it is: only functions of this module make it."""

    __slots__ = ()


def text_html(text: str) -> Html:
    """`text` as text, with characters that turn the direction or cannot be seen shown as escapes."""
    return Html(escape("".join(map(_shown, text)), quote=True))


def tag(name: str, *children: str, **attributes: str | int | float | None) -> Html:
    """An element; children that are no `Html` are text. `class_` is `class`, an attribute that is None is left out."""
    opening = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    return Html(f"<{_checked(name)}{opening}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """The children one after the other; those that are no `Html` are text."""
    return Html("".join(child if isinstance(child, Html) else text_html(child) for child in children))


def quoted_html(text: str, name: str = "bdi", **attributes: str) -> Html:
    """Text of others, kept from turning the direction of what stands around it."""
    return tag(name, text, dir="auto", **attributes)


def link(url: str, label: str) -> Html:
    """A link to a page of the web, opened by a click only; the label alone for any other address."""
    try:
        is_page = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        is_page = False
    label_html = quoted_html(label)
    return tag("a", label_html, href=url, rel="noreferrer noopener") if is_page else label_html


def _attribute(key: str, value: str | int | float) -> str:
    return f' {_checked(key.rstrip("_").replace("_", "-"))}="{text_html(str(value))}"'


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name.lower()):
        raise ValueError(f"{name!r} is no name of an element or attribute")
    return name


def _shown(character: str) -> str:
    # Cc: controls; Cf: directions and invisibles; Cs: halves of pairs, which no file can hold
    harmless = character in _KEPT or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    return character if harmless else ascii(character)[1:-1]
