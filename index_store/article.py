"""The article: a source document as it was given."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from index_store.errors import UnreadableInputError


@dataclass(frozen=True, slots=True)
class Article:
    """A source document; every offset in the project counts characters of `text`."""

    id: str  # chosen by the input where it names one, else derived from its URL, path or headline
    text: str  # as given: never trimmed or normalised after loading, so that offsets hold
    title: str = ""
    source: str = ""  # the outlet
    author: str = ""
    published: date | None = None
    url: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise UnreadableInputError("no text")

    @property
    def content_hash(self) -> str:
        """Hex SHA-256 over text and metadata: equal hashes need no new index entry."""
        published = self.published.isoformat() if self.published else ""
        fields = [self.text, self.title, self.source, self.author, published, self.url]
        return hashlib.sha256(json.dumps(fields, ensure_ascii=True).encode("ascii")).hexdigest()
