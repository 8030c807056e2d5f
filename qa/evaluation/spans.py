"""The span: a stretch of an article, as question sets and run files name it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`article.text[start:end]` of one article; offsets count characters."""

    article_id: str
    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Whether the two share at least half of the shorter one."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        shorter = min(self.end - self.start, other.end - other.start)
        return self.article_id == other.article_id and shorter > 0 and 2 * shared >= shorter
