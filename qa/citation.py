"""The citation: a marker and the span of an article that it stands for."""

from dataclasses import dataclass
from typing import Any

from index_store.article import Article


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """What a number stood for in a conversation."""

    number: int
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker `[number]` resolved to a span: `quote == article.text[start:end]`, always."""

    number: int  # from 1, in order of first use
    article: Article
    start: int
    end: int
    answer: tuple[int, int] | None = None  # the answering words inside the span, where they could be told
    also_in: tuple[Article, ...] = ()  # other articles that hold the same sentence: wire copies

    @property
    def article_id(self) -> str:
        """Id of the cited article."""
        return self.article.id

    @property
    def span(self) -> CitedSpan:
        """What the number stands for, without the article."""
        return CitedSpan(self.number, self.article_id, self.start, self.end)

    @property
    def quote(self) -> str:
        """The article's own characters."""
        return self.article.text[self.start : self.end]

    def to_json(self) -> dict[str, Any]:
        """The citation as `ask --json` prints it."""
        published = self.article.published
        return {
            "number": self.number,
            "article_id": self.article_id,
            "title": self.article.title,
            "source": self.article.source,
            "author": self.article.author,
            "published": published.isoformat() if published else None,
            "url": self.article.url,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "answer": list(self.answer) if self.answer else None,
            "also_in": [{"article_id": a.id, "title": a.title, "source": a.source} for a in self.also_in],
        }
