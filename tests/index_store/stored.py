"""Articles that the tests of the store share."""

from datetime import date

import pytest

from index_store.article import Article
from index_store.scope import Scope
from index_store.store import ArticleStore

# on tests about the files of vectors in a folder, which a server keeps to itself
kept_in_folder = pytest.mark.parametrize("chroma", ["folder"], indirect=True)
kept_on_server = pytest.mark.parametrize("chroma", ["server"], indirect=True)

BRIDGE = Article(
    "bridge", "The harbour bridge closed on Monday.", "Bridge shut", "The Post", published=date(2025, 5, 12)
)
DAM = Article("dam", "Engineers opened the dam at dawn.", "Dam opened", "Daily Ore", published=date(2025, 5, 20))


def found(store: ArticleStore, question: str, **options: Scope) -> list[str]:
    """Ids of the articles whose passages a search finds, best first."""
    return [hit.stored.passage.article_id for hit in store.search(question, **options)]
