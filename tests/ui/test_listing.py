"""The list of articles, as far as it is no widget."""

from datetime import date

from index_store.catalog import ArticleHeader
from ui.articles.listing import Filter, columns, outlets

ELSEWHERE = ArticleHeader("reprint", "Rust shuts the bridge", "Valley Herald", "Jo Doe", date(2025, 5, 14), "")
BRIDGE = ArticleHeader("bridge", "Bridge closed", "The Post", "Ada Oake", date(2025, 5, 12), "", also_in=(ELSEWHERE,))
DAM = ArticleHeader("dam", "Dam opened", "The Post", "", date(2025, 5, 20), "")


def test_an_article_is_found_by_each_of_its_places() -> None:
    assert outlets([BRIDGE, DAM]) == ["The Post", "Valley Herald"]
    assert Filter(sources=("Valley Herald",), since=date(2025, 5, 13)).chosen([BRIDGE, DAM]) == [BRIDGE]
    assert Filter(sources=("Valley Herald",), until=date(2025, 5, 13)).chosen([BRIDGE, DAM]) == []
    assert Filter(words="rust").chosen([BRIDGE, DAM]) == [BRIDGE]
    assert columns([BRIDGE, DAM])["Outlet"] == ["The Post, Valley Herald", "The Post"]
