"""The rule writer: drafts questions from an article's own sentences, without a model."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from index_store.article import Article
from index_store.catalog import StoredQuotation
from qa.evaluation.drafting.clause import clauses_of
from qa.evaluation.drafting.counting import counted_subjects
from qa.evaluation.drafting.draft import Draft
from qa.evaluation.drafting.forms import forms_of
from qa.evaluation.drafting.named import Named
from qa.evaluation.drafting.spoken import spoken_in
from qa.evaluation.spans import Span


class QuotationStore(Protocol):
    """Whatever knows who is quoted in an article; the index does."""

    def quotations_in(self, article_ids: Sequence[str], /) -> tuple[StoredQuotation, ...]:
        """Return the quotations of these articles."""


class RuleWriter:
    """Turns quotations, numbers, dates, places and deeds into questions by rules of grammar."""

    def __init__(self, store: QuotationStore) -> None:
        self._store = store

    def write(self, article: Article) -> tuple[Draft, ...]:
        """Every draft of an article, in the order of the text, kind by kind."""
        quotations = self._store.quotations_in((article.id,))
        named = Named(article, tuple(dict.fromkeys(stored.quotation.speaker for stored in quotations)))
        return tuple(self._write(named, quotations))

    def _write(self, named: Named, quotations: Sequence[StoredQuotation]) -> Iterator[Draft]:
        for spoken in spoken_in(named, quotations):
            span = self._span(named, spoken.start, spoken.end)
            yield Draft(spoken.kind, spoken.question, spoken.answers, span, spoken.speaker, named.article.published)
        for counted in counted_subjects(named):
            span = self._span(named, counted.start, counted.end)
            yield Draft("how-many", counted.question, (counted.answer,), span, "", named.article.published)
        for clause in clauses_of(named):
            span = self._span(named, clause.start, clause.end)
            for asked in forms_of(clause, named):
                yield Draft(asked.kind, asked.question, (asked.answer,), span, "", named.article.published)

    def _span(self, named: Named, start: int, end: int) -> Span:
        return Span(named.article.id, start, end)
