"""The candidate: an article that was read, before its id is settled."""

from dataclasses import dataclass

from index_store.article import Article

UNNAMED = "unnamed"  # the id of an article that was read until its own is derived from what was read


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that was read, and what the id it carries is worth."""

    article: Article
    input: str  # where it was read: the path, or "path: row 17"
    id_is_given: bool  # by the input; else derived, and free to change
