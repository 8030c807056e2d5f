from collections.abc import Callable, Iterator
from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.lexical import Lexical
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine

REPORT = Article(
    "report",
    "The mayor of Orrin Bay, Tilda Brask, closed the harbour bridge on Monday after a survey found rust in "
    "six cables.\n"
    "“There are so many wild stories about\nthis bridge,” Brask said, “and I will not add one.”\n"
    "Fishermen crossed the bay by boat. The ferry company, Norlind Lines, sent two extra ships.",
    "Harbour bridge closed",
    "The Orrin Post",
    "Ada Oake",
    date(2025, 5, 12),
    "https://orrinpost.example/bridge",
)
OLD = Article(
    "old",
    "The harbour bridge was painted green. It took painters a summer.",
    "Bridge painted",
    published=date(2020, 3, 1),
)
DAM = Article(
    "dam",
    "Engineers opened the Vell dam at dawn. No one was hurt.",
    "Dam opened",
    "Daily Ore",
    published=date(2025, 5, 20),
)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    """An engine over three articles, with the real embedder; read only."""
    with ArticleStore.create(tmp_path_factory.mktemp("index"), MiniLMEmbedding()) as store:
        store.add([REPORT, OLD, DAM])
        yield ArticleQueryEngine(store)


@pytest.fixture(scope="session")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[str, ...]]:
    """The stems of a text, as the lexical index makes them."""
    folder = tmp_path_factory.mktemp("lexical") / "index"
    Lexical.create(folder)
    return Lexical(folder).terms
