import pytest

from index_store.article import Article
from index_store.errors import UnreadableInputError


@pytest.mark.parametrize("text", ["", " \n", "\u200b\ufeff\u2060\u3000"], ids=["empty", "blank", "nothing to be seen"])
def test_an_article_without_text_cannot_be_made(text: str) -> None:
    with pytest.raises(UnreadableInputError, match="no text"):
        Article("blank", text)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"id": ""}, "no id", id="no id"),
        pytest.param({"text": "a\0b"}, "its text holds a NUL character", id="NUL"),
        pytest.param({"title": "\ud800"}, "its title holds half a surrogate pair", id="half a surrogate pair"),
    ],
)
def test_what_cannot_be_stored_cannot_be_an_article(fields: dict[str, str], reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=reason):
        Article(**{"id": "a", "text": "words", **fields})
