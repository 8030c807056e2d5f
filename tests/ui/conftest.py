"""A hostile article, an engine that answers as told, and a reader of the page's HTML."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from index_store.article import Article
from index_store.catalog import ArticleHeader, StoreCounts, StoredQuotation
from index_store.errors import ArticleNotFoundError
from index_store.settings import StoreSettings
from qa.answer import Answer, Statement
from qa.citation import Citation
from qa.reading import Turn
from qa.stream import AnswerStream, Stopper
from tests.ui.sample_index import make_sample_index
from tests.ui.scripted_model import KEY
from tests.ui.served_chat import TIMEOUT_MS, new_reader, serve

HOSTILE = (
    "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'> "
    '![](http://pixel.example/p.png) $a$ and $b$ :red[x] [x](javascript:alert(1)) "quoted" & <b>'
)
PIER = Article(
    "pier",
    "The harbour board met on a wet Tuesday.\n\n“We will not close the north pier,” said Ida Holm, who chairs it.\n\n"
    "The ministry has promised $1.5m. Holm said the rest would come from landing fees.",
    "Board keeps the north pier open",
    "The Coast Courier",
    "Jonas Lind",
    date(2025, 3, 4),
    "https://courier.example/pier?a=1&b=2",
)


def cite(number: int, article: Article, quote: str, answer: str = "", also_in: tuple[Article, ...] = ()) -> Citation:
    start = article.text.index(quote)
    first = article.text.index(answer, start)
    words = (first, first + len(answer)) if answer else None
    return Citation(number, article, start, start + len(quote), words, also_in)


@dataclass
class ScriptedStore:
    """What the page reads of a store."""

    articles: int = 1204
    dates: tuple[date, date] | None = (date(2023, 1, 3), date(2025, 6, 2))
    data_dir: Path = Path()  # a folder of the test's own, where it is needed
    held: list[Article] = field(default_factory=lambda: [PIER])
    quotations: tuple[StoredQuotation, ...] = ()
    settings: StoreSettings = field(default_factory=StoreSettings)

    def counts(self) -> StoreCounts:
        return StoreCounts(self.articles, 8330)

    def date_range(self) -> tuple[date, date] | None:
        return self.dates

    def headers(self) -> Iterator[ArticleHeader]:
        for article in self.held:
            yield ArticleHeader(
                article.id, article.title, article.source, article.author, article.published, article.url
            )

    def article(self, article_id: str) -> Article:
        found = [article for article in self.held if article.id == article_id]
        if not found:
            raise ArticleNotFoundError(f"no article {article_id!r}")
        return found[0]

    def quotations_in(self, _article_ids: Iterable[str]) -> tuple[StoredQuotation, ...]:
        return self.quotations


@dataclass
class ScriptedEngine:
    """Gives its replies in order, whatever it is asked; one that is an error is raised."""

    replies: list[Answer | Exception] = field(default_factory=list)
    store: ScriptedStore = field(default_factory=ScriptedStore)
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)  # each question with the turns before

    options: list[dict[str, Any]] = field(default_factory=list)  # what each was limited to
    known: dict[str, Answer] = field(default_factory=dict)  # what `query` answers; it refuses everything else

    def stream(self, question: str, *, history: Iterable[Turn] = (), **options: Any) -> AnswerStream:
        self.asked.append((question, tuple(history)))
        self.options.append(options)
        return AnswerStream(told(self.replies.pop(0)), Stopper())

    def query(self, question: str, **_options: Any) -> Answer:
        return self.known.get(question, Answer(refused=True))


def told(reply: Answer | Exception) -> Generator[Statement, None, Answer]:
    if isinstance(reply, Exception):
        raise reply
    yield from reply.statements
    return reply


class Markup(HTMLParser):
    """The tags, attributes and text of a piece of HTML, and the text inside each `<mark>` and each `<strong>`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.inside: dict[str, list[str]] = {"mark": [], "strong": []}
        self._open: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag in self.inside:
            self._open.add(tag)
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.discard(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag in self._open:
            self.inside[tag][-1] += data

    @property
    def marks(self) -> list[str]:
        return self.inside["mark"]

    @property
    def strong(self) -> list[str]:
        return self.inside["strong"]

    def values(self, name: str) -> list[str]:
        return [value for attribute, value in self.attributes if attribute == name]


@pytest.fixture(scope="session")
def chromium(browser_path: Path) -> Iterator[Browser]:
    expect.set_options(timeout=TIMEOUT_MS)
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-quic", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has been here before: what one tab has fetched, the next need not."""
    context = new_reader(chromium)
    yield context
    context.close()


@pytest.fixture(scope="session")
def samples_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample articles, for reading alone."""
    folder = tmp_path_factory.mktemp("samples") / "index"
    make_sample_index(folder, questions=10)
    return folder


@pytest.fixture(scope="session")
def samples(samples_dir: Path) -> Iterator[str]:
    """Where the sample articles can be asked; what keys readers give there must not be told to anybody."""
    with serve(samples_dir, {"ARTICLE_QA_LOG": "debug"}) as address:
        yield address
    assert KEY not in (samples_dir.parent / "chat.log").read_text()
