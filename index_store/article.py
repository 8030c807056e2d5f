"""The article: a source document as it was given."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from index_store.errors import UnreadableInputError


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

    def __post_init__(self) -> None:
        if not any(map(_is_seen, self.text)):
            raise UnreadableInputError("no text")
        if not self.id:
            raise UnreadableInputError("no id")
        for name in ("id", "text", "title", "source", "author", "url"):
            _check_storable(name, getattr(self, name))

    @property
    def content_hash(self) -> str:
        """Hex SHA-256 over text and metadata: equal hashes need no new index entry."""
        published = self.published.isoformat() if self.published else ""
        fields = [self.text, self.title, self.source, self.author, published, self.url]
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
