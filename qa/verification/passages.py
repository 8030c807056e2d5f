"""The passage that a statement cites, with what its article tells beside it."""

from dataclasses import dataclass

from index_store.article import Article
from index_store.quotations import Quotation


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as it was numbered for the writer: `article.text[start:end]`."""

    number: int
    article: Article
    start: int
    end: int
    quotations: tuple[Quotation, ...] = ()  # of the whole article

    @property
    def text(self) -> str:
        """The passage's own characters."""
        return self.article.text[self.start : self.end]

    @property
    def heading(self) -> str:
        """What stands above the article: headline, outlet and author, a line each."""
        return "\n".join(part for part in (self.article.title, self.article.source, self.article.author) if part)
