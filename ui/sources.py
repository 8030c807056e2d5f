"""A source as the page shows it: a citation, or a passage that was only found."""

from collections.abc import Sequence
from dataclasses import dataclass

from index_store.article import Article
from qa.answer import RetrievedPassage
from qa.citation import Citation


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of an article to show in its place."""

    article: Article
    start: int
    end: int
    label: str = ""  # the citation's number
    answer: tuple[int, int] | None = None  # the answering words, where they are a part of the stretch
    also_in: tuple[str, ...] = ()  # who else printed it, each once
    corrections: tuple[str, ...] = ()  # what its article says of its own mistakes

    @classmethod
    def cited(cls, citation: Citation) -> "Source":
        """The citation under its number."""
        article, start, end = citation.article, citation.start, citation.end
        also_in = _outlets(citation.also_in, article)
        return cls(article, start, end, str(citation.number), _part(citation), also_in, citation.corrections)

    @classmethod
    def found(cls, passage: RetrievedPassage) -> "Source":
        """A passage that no statement cites."""
        return cls(passage.article, passage.start, passage.end)


def _part(citation: Citation) -> tuple[int, int] | None:
    """The answering words; None where nothing but punctuation would be left beside them."""
    if citation.answer is None:
        return None
    start, end = citation.answer
    text = citation.article.text
    rest = text[citation.start : start] + text[end : citation.end]
    return (start, end) if any(map(str.isalnum, rest)) else None


def _outlets(copies: Sequence[Article], cited: Article) -> tuple[str, ...]:
    names = dict.fromkeys(copy.source or copy.title or copy.id for copy in copies)
    return tuple(name for name in names if name != cited.source)
