"""Text on a terminal: an article must not be able to steer it."""

import sys
import unicodedata
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index_store.article import Article

_KEPT = "\n\t\u200c\u200d"  # the joiners shape Persian words and emoji


def printable(text: str) -> str:
    """`text` with control and direction-changing characters shown as escapes instead of obeyed."""
    return "".join(_shown(character) for character in text)


def one_line(text: str) -> str:
    """`text` on one line, printable."""
    return printable(" ".join(text.split()))


def show(text: str, *, err: bool = False) -> None:
    """Prints text that may come from an article; what the terminal cannot encode is shown as an escape."""
    stream = sys.stderr if err else sys.stdout
    encoding = stream.encoding or "utf-8"
    click.echo(printable(text).encode(encoding, "backslashreplace").decode(encoding), err=err)


def name(article: "Article") -> str:
    """What an article is called: its headline, else its id."""
    return article.title or article.id


def _shown(character: str) -> str:
    # Cc: controls, such as the escape that colours, moves the cursor or sets the title; Cf: directions and invisibles
    harmless = character in _KEPT or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    return character if harmless else ascii(character)[1:-1]
