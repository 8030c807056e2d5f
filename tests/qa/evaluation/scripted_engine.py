"""A small index and an engine that answers from a script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from qa.answer import Answer, RetrievedPassage, Statement
from qa.citation import Citation
from qa.settings import QASettings

HARBOUR = Article(
    id="harbour",
    title="Ferry strike ends",
    text="The ferry strike in Port Elm ended on Monday. Crews will get 4% more pay.",
    url="https://news.example/harbour",
)
BRIDGE = Article(
    id="bridge",
    title="Bridge closed",
    text="The old bridge was closed after the flood. Mayor Ana Ruiz said it would reopen in May.",
    url="https://news.example/bridge",
)


@dataclass(frozen=True)
class ScriptedStore:
    kept: tuple[Article, ...] = (HARBOUR, BRIDGE)

    def articles(self) -> tuple[Article, ...]:
        return self.kept

    def article(self, article_id: str) -> Article:
        for article in self.kept:
            if article.id == article_id:
                return article
        raise ArticleNotFoundError(f"no article {article_id!r}")

    def article_ids_for_url(self, url: str) -> tuple[str, ...]:
        return tuple(article.id for article in self.kept if article.url == url)


@dataclass
class ScriptedEngine:
    """Gives the scripted answer of a question, refuses any other, and keeps what it was asked."""

    script: Mapping[str, Answer]
    store: ScriptedStore = field(default_factory=ScriptedStore)
    asked: list[tuple[str, date | None, tuple[str, ...]]] = field(default_factory=list)
    settings: QASettings = field(default_factory=QASettings)
    fails_at: Mapping[str, BaseException] = field(default_factory=dict)

    def query(self, question: str, *, asked_on: date | None = None, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, asked_on, tuple(history)))
        if question in self.fails_at:
            raise self.fails_at[question]
        return self.script.get(question) or Answer(
            response=None, question=question, refused=True, reason="The articles do not say."
        )


def answer_from(article: Article, quote: str, *also_retrieved: Article) -> Answer:
    start = article.text.index(quote)
    return Answer(
        response=None,
        statements=(Statement(text=quote, citations=(1,)),),
        citations=(Citation(1, article, start, start + len(quote)),),
        retrieved=tuple(
            RetrievedPassage(found, 0, len(found.text), score=1 / rank)
            for rank, found in enumerate((*also_retrieved, article, article), start=1)
        ),
    )
