"""Provenance: where else what is cited was printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from index_store.store import ArticleStore
from qa.citation import Citation
from qa.copies import folded


@dataclass(frozen=True, slots=True)
class Provenance:
    """Looks up where cited sentences were printed, up to a day where one is given."""

    store: ArticleStore
    until: date | None

    def traced(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The citations with all articles that hold their sentence: the same text elsewhere first, then its copies."""
        return tuple(replace(citation, also_in=tuple(self._elsewhere(citation))) for citation in citations)

    def _elsewhere(self, citation: Citation) -> Iterator[Article]:
        seen = {citation.article.id}
        for article in (citation.article, *citation.also_in, *self._copies(citation)):
            for place in (article, *self._places(article)):
                if place.id not in seen and self._is_inside(place):
                    yield place
                seen.add(place.id)

    def _copies(self, citation: Citation) -> Iterator[Article]:
        told = folded(citation.quote)
        return (copy for copy in self.store.copies_of(citation.article.id) if told in folded(copy.text))

    def _places(self, article: Article) -> tuple[Article, ...]:
        try:
            return self.store.places(article.id)
        except ArticleNotFoundError:  # removed since it was found
            return ()

    def _is_inside(self, article: Article) -> bool:
        return self.until is None or (article.published is not None and article.published <= self.until)
