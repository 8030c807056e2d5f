"""What is kept of a conversation: enough to show it again and to see whether its articles are still as they were."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from index_store.store import ArticleStore
from qa.answer import Answer, RetrievedPassage, Statement
from qa.citation import Citation, CitedSpan
from qa.verification.problems import Problem, ProblemKind
from ui.holdings import Holdings
from ui.limits import Limits
from ui.losses import Loss
from ui.rating import Rating
from ui.state import Turn

_NEAREST = 3  # passages kept of a refusal: those that are shown


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeptArticle(_Kept):
    """An article as it was, without its text."""

    id: str
    title: str
    source: str
    author: str
    published: date | None
    url: str

    @classmethod
    def of(cls, article: Article) -> "KeptArticle":
        """What is kept of that article."""
        return cls(
            id=article.id,
            title=article.title,
            source=article.source,
            author=article.author,
            published=article.published,
            url=article.url,
        )

    def holding(self, text: str) -> Article:
        """An article in its place, of which only that text is known."""
        return Article(self.id, text, self.title, self.source, self.author, self.published, self.url)


class KeptSpan(_Kept):
    """A citation, or under the number 0 a passage that was only found."""

    number: int
    article: KeptArticle
    content_hash: str
    start: int
    end: int
    quote: Annotated[str, Field(min_length=1)]
    answer: tuple[int, int] | None = None
    also_in: tuple[KeptArticle, ...] = ()

    @classmethod
    def of(cls, citation: Citation, loss: Loss | None = None) -> "KeptSpan":
        """What is kept of that citation; of one that was lost, what was kept before."""
        span = loss.span if loss else citation.span
        moved = span.start - citation.start
        return cls(
            number=span.number,
            article=KeptArticle.of(citation.article),
            content_hash=loss.content_hash if loss else citation.article.content_hash,
            start=span.start,
            end=span.end,
            quote=citation.quote,
            answer=_moved(citation.answer, moved),
            also_in=tuple(map(KeptArticle.of, citation.also_in)),
        )

    @classmethod
    def found(cls, passage: RetrievedPassage) -> "KeptSpan":
        """What is kept of a passage that no statement cites."""
        return cls.of(Citation(0, passage.article, passage.start, passage.end))

    def resolved(self, store: ArticleStore) -> tuple[Citation, Loss | None]:
        """The citation in its article; where that is gone or has changed, in its own words alone, and the loss."""
        copies = tuple(copy.holding(self.quote) for copy in self.also_in)
        span = CitedSpan(self.number, self.article.id, self.start, self.end)
        try:
            article = store.article(self.article.id)
        except ArticleNotFoundError:
            loss = Loss(span, self.content_hash, is_gone=True)
        else:
            if article.content_hash == self.content_hash and article.text[self.start : self.end] == self.quote:
                return Citation(self.number, article, self.start, self.end, self.answer, copies), None
            loss = Loss(span, self.content_hash, is_gone=False)
        alone = self.article.holding(self.quote)
        return Citation(self.number, alone, 0, len(self.quote), _moved(self.answer, -self.start), copies), loss


class KeptStatement(_Kept):
    """A statement as it was given."""

    text: str
    citations: tuple[int, ...]
    problems: tuple[tuple[ProblemKind, str], ...]
    support: float | None

    @classmethod
    def of(cls, statement: Statement) -> "KeptStatement":
        """What is kept of that statement: all of it."""
        problems = tuple((problem.kind, problem.words) for problem in statement.problems)
        return cls(text=statement.text, citations=statement.citations, problems=problems, support=statement.support)

    @property
    def statement(self) -> Statement:
        """The statement."""
        problems = tuple(Problem(kind, words) for kind, words in self.problems)
        return Statement(self.text, self.citations, problems, self.support)


class KeptAnswer(_Kept):
    """An answer as it was given."""

    question: str
    understood: str
    statements: tuple[KeptStatement, ...]
    citations: tuple[KeptSpan, ...]
    nearest: tuple[KeptSpan, ...]
    refused: bool
    reason: str
    mode: Literal["extractive", "generative"]
    incomplete: bool
    note: str

    @classmethod
    def of(cls, answer: Answer, losses: tuple[Loss, ...]) -> "KeptAnswer":
        """What is kept of that answer."""
        lost = {loss.span.number: loss for loss in losses}
        return cls(
            question=answer.question,
            understood=answer.understood,
            statements=tuple(map(KeptStatement.of, answer.statements)),
            citations=tuple(KeptSpan.of(each, lost.get(each.number)) for each in answer.citations),
            nearest=() if answer.statements else tuple(map(KeptSpan.found, answer.retrieved[:_NEAREST])),
            refused=answer.refused,
            reason=answer.reason,
            mode=answer.mode,
            incomplete=answer.incomplete,
            note=answer.note,
        )

    def resolved(self, store: ArticleStore) -> tuple[Answer, tuple[Loss, ...]]:
        """The answer, and which of its citations were lost; a passage nearby that was lost is left out."""
        cited = [span.resolved(store) for span in self.citations]
        near = [citation for citation, loss in (span.resolved(store) for span in self.nearest) if loss is None]
        answer = Answer(
            question=self.question,
            understood=self.understood,
            statements=tuple(each.statement for each in self.statements),
            citations=tuple(citation for citation, _ in cited),
            retrieved=tuple(RetrievedPassage(each.article, each.start, each.end, 0.0) for each in near),
            refused=self.refused,
            reason=self.reason,
            mode=self.mode,
            incomplete=self.incomplete,
            note=self.note,
        )
        return answer, tuple(loss for _, loss in cited if loss)


class KeptTurn(_Kept):
    """A question and what came of it."""

    question: str
    asked_at: datetime | None
    limits: Limits
    holdings: Holdings
    answer: KeptAnswer | None
    error: str
    rating: Rating | None = None
    instead: tuple[str, ...] | None = None

    @classmethod
    def of(cls, turn: Turn) -> "KeptTurn":
        """What is kept of that turn."""
        return cls(
            question=turn.question,
            asked_at=turn.asked_at,
            limits=turn.limits,
            holdings=turn.holdings,
            answer=KeptAnswer.of(turn.answer, turn.losses) if turn.answer else None,
            error=turn.error,
            rating=turn.rating,
            instead=turn.instead,
        )

    def resolved(self, store: ArticleStore) -> Turn:
        """The turn, its citations looked up in the store as it is now."""
        answer, losses = self.answer.resolved(store) if self.answer else (None, ())
        asked = (self.question, self.holdings, answer, self.error, self.limits, self.asked_at)
        return Turn(*asked, losses, self.rating, self.instead)


class KeptConversation(_Kept):
    """A conversation, oldest turn first."""

    version: Literal[1] = 1  # of this form
    name: str
    turns: tuple[KeptTurn, ...]


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (span[0] + by, span[1] + by) if span else None
