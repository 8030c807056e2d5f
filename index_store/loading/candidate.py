"""The candidate: an article that was read, before its id is settled."""

from dataclasses import dataclass, fields

from index_store.article import Article
from index_store.errors import UnreadableInputError


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that was read, and what the id it carries is worth."""

    article: Article
    input: str  # where it was read: the path, or "path: row 17"
    id_is_given: bool  # by the input; else derived, and free to change


def check_storable(article: Article) -> None:
    """Let pass what can be written as UTF-8 and read back the same everywhere.

    Raises:
        UnreadableInputError: A field holds a NUL character or half a surrogate pair.
    """
    for field in fields(article):
        value = getattr(article, field.name)
        if not isinstance(value, str):
            continue
        if "\0" in value:
            raise UnreadableInputError(f"its {field.name} holds a NUL character (at {value.index(chr(0))})")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise UnreadableInputError(f"its {field.name} holds half a surrogate pair (at {error.start})") from error
