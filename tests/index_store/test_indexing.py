from datetime import date

import pytest

from index_store.article import Article
from index_store.embedding import token_starts
from index_store.indexing import embedded_text
from index_store.passage import Passage

PASSAGE = Passage("a#0", "a", 0, 5, "words")


def test_a_passage_is_embedded_with_headline_outlet_and_day() -> None:
    article = Article("a", "words", "Bridge shut", "The Post", published=date(2025, 5, 12))
    assert embedded_text(article, PASSAGE) == "Bridge shut. The Post. 12 May 2025\nwords"


@pytest.mark.parametrize("character", ["桥", "x ", "ﷺ "], ids=["no spaces", "letters", "many pieces a character"])
def test_a_passage_and_its_heading_fit_the_model(character: str) -> None:
    article = Article("a", "words", character * 200, character * 60, published=date(2025, 12, 31))
    heading = embedded_text(article, PASSAGE).removesuffix("\nwords")
    assert 30 < len(token_starts(heading)) <= 254 - 200  # both ends of a text are pieces too
