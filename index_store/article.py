"""The article: a source document as it was given."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from index_store.errors import UnreadableInputError

_TELLS_ALONE = 200  # characters of a text that says without its headline what it is about


@dataclass(frozen=True, slots=True)
class Article:
    """A source document; every offset in the project counts characters of `text`.

    Raises:
        UnreadableInputError: it has no id or no text, or a field cannot be written as UTF-8 and read back the same.
    """

    id: str  # chosen by the input where it names one, else derived from its URL, path or headline
    text: str  # as given: never trimmed or normalised after loading, so that offsets hold
    title: str = ""
    source: str = ""  # the outlet
    author: str = ""
    published: date | None = None
    url: str = ""
    updated: date | None = None  # the day of its last change, where it names one
    language: str = ""  # a tag as in BCP 47, "en" or "de-AT"; empty when it does not say

    def __post_init__(self) -> None:
        if not any(map(_is_seen, self.text)):
            raise UnreadableInputError("no text")
        if not self.id:
            raise UnreadableInputError("no id")
        for name in ("id", "text", "title", "source", "author", "url", "language"):
            _check_storable(name, getattr(self, name))

    @property
    def content_hash(self) -> str:
        """Hex SHA-256 over text and metadata: equal hashes need no new index entry."""
        published, updated = (day.isoformat() if day else "" for day in (self.published, self.updated))
        fields = [self.text, self.title, self.source, self.author, published, self.url]
        if updated or self.language:  # articles without either keep the hash that older indexes hold
            fields += [updated, self.language]
        return _digest(fields)

    @property
    def text_key(self) -> str:
        """Equal for articles that are the same text in several places, whose offsets hold in each of them."""
        return text_key(self.text, self.title)


def text_key(text: str, title: str) -> str:
    """Hex SHA-256 over the text as far as passages reach; a short text is the same only under the same headline.

    "Quarterly dividend 12 cents" is another piece of news under another company's name.
    """
    told = text.rstrip()
    return _digest([told, "" if len(told) >= _TELLS_ALONE else " ".join(title.casefold().split())])


def _digest(fields: list[str]) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True).encode("ascii")).hexdigest()


def _is_seen(character: str) -> bool:
    """Whether there is something to see: no space, control or mark of width zero."""
    return character.isprintable() and character != " "


def _check_storable(name: str, value: str) -> None:
    if "\0" in value:
        raise UnreadableInputError(f"its {name} holds a NUL character (at {value.index(chr(0))})")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UnreadableInputError(f"its {name} holds half a surrogate pair (at {error.start})") from error
