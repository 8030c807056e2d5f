"""The citation: a marker and the span of an article that it stands for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from index_store.article import Article
from qa.corrections import corrections_in


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
    also_in: tuple[Article, ...] = ()  # where else the sentence stands: the same text elsewhere, then wire copies

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

    @property
    def corrections(self) -> tuple[str, ...]:
        """What the article says of its own mistakes, in its own characters; not where that is what is cited."""
        return tuple(notice for notice in corrections_in(self.article.text) if self.quote not in notice)

    def to_json(self) -> dict[str, Any]:
        """The citation as `ask --json` prints it."""
        return {
            "number": self.number,
            "article_id": self.article_id,
            "title": self.article.title,
            "source": self.article.source,
            "author": self.article.author,
            "published": _iso(self.article.published),
            "updated": _iso(self.article.updated),
            "language": self.article.language or None,
            "url": self.article.url,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "answer": list(self.answer) if self.answer else None,
            "also_in": [_elsewhere(article) for article in self.also_in],
            "corrections": list(self.corrections),
        }


def _elsewhere(article: Article) -> dict[str, Any]:
    names = {"article_id": article.id, "title": article.title, "source": article.source}
    return {**names, "published": _iso(article.published), "url": article.url}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
