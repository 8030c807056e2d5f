"""The passage: a span of an article."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an article, the unit of retrieval and citation.

    `text == article.text[start:end]`; offsets count characters.
    """

    id: str  # "<article id>#<position>": stable, so indexing twice changes nothing
    article_id: str
    start: int
    end: int
    text: str
