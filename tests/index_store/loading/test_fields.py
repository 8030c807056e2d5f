"""From a row to an article."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.errors import UnreadableInputError
from index_store.loading.fields import read_row

BODY = {"text": "The bridge is closed."}
DAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        *(
            pytest.param({name: " x\r\n"}, "text", " x\r\n", id=name)
            for name in ("text", "articleBody", "body", "content")
        ),
        *(pytest.param(BODY | {name: "T"}, "title", "T", id=name) for name in ("title", "headline")),
        *(
            pytest.param(BODY | {name: "2025-06-15"}, "published", DAY, id=name)
            for name in ("date", "published", "datePublished", "dateModified", "pubDate")
        ),
        *(pytest.param(BODY | {name: "S"}, "source", "S", id=name) for name in ("source", "publisher")),
        pytest.param(BODY | {"author": "Jo Doe"}, "author", "Jo Doe", id="author"),
        pytest.param(BODY | {"url": " https://a.example/b "}, "url", "https://a.example/b", id="url"),
        pytest.param(BODY | {"url": "https://jo:pw@a.example/b"}, "url", "https://a.example/b", id="url, password"),
        pytest.param(BODY | {"id": "a/1 ?"}, "id", "a/1 ?", id="id"),
        pytest.param(BODY | {"id": 17}, "id", "17", id="id, a number"),
        pytest.param(
            BODY | {"publisher": {"@type": "Organization", "name": "S"}}, "source", "S", id="publisher object"
        ),
        pytest.param(BODY | {"author": ["A", {"name": "B"}, None]}, "author", "A, B", id="authors"),
        pytest.param(BODY | {"author": {"name": ["A", "B"]}}, "author", "A, B", id="an object of authors"),
        pytest.param(BODY | {"title": 1984}, "title", "1984", id="title, a number"),
        pytest.param({" Text ": "x", "DATE": "2025-06-15"}, "published", DAY, id="columns in another spelling"),
        pytest.param({"Text": "no", "text": "yes"}, "text", "yes", id="the exact spelling first"),
        pytest.param({"text": "yes", "Text": "no"}, "text", "yes", id="the exact spelling first, in any order"),
        pytest.param({"text": " ", "title": None, "body": "x"}, "text", "x", id="blank is not there"),
        pytest.param(
            BODY | {"dateModified": "2025-06-20", "datePublished": "2025-06-15"}, "published", DAY, id="not modified"
        ),
    ],
)
def test_a_field_goes_by_many_names(row: dict[str, object], field: str, expected: object) -> None:
    assert getattr(read_row(row, "row").article, field) == expected


@pytest.mark.parametrize(
    ("row", "field", "empty"),
    [
        pytest.param(BODY | {"date": "next week"}, "published", None, id="date"),
        pytest.param(BODY | {"scrapedDate": "2025-07-01"}, "published", None, id="the day of the crawl"),
        pytest.param(BODY | {"date": {"day": 15}}, "published", None, id="date object"),
        pytest.param(BODY | {"title": {"de": "T"}}, "title", "", id="title object"),
        pytest.param(BODY | {"author": True}, "author", "", id="author"),
        pytest.param(BODY | {"source": {"url": "x"}}, "source", "", id="source without a name"),
    ],
)
def test_metadata_that_cannot_be_read_does_not_lose_the_article(
    row: dict[str, object], field: str, empty: object
) -> None:
    article = read_row(row, "row").article

    assert (article.text, getattr(article, field)) == (BODY["text"], empty)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("text", "the row is a string, not an object", id="string"),
        pytest.param(["text"], "the row is a list, not an object", id="list"),
        pytest.param(None, "the row is empty, not an object", id="null"),
        pytest.param({"title": "T"}, "no text: none of text, articleBody, body, content is there", id="no text"),
        pytest.param({"text": " \n", "body": ""}, "no text: none of", id="blank text"),
        pytest.param({"text": 5}, "its text is a number, not a string", id="number"),
        pytest.param({"text": ["p", "q"]}, "its text is a list, not a string", id="paragraphs"),
        pytest.param(BODY | {"id": True}, "its id is a boolean, not a string or a whole number", id="id, a boolean"),
        pytest.param(BODY | {"id": 1.5}, "its id is a number, not a string or a whole number", id="id, a fraction"),
        pytest.param(BODY | {"id": {"$oid": "1"}}, "its id is an object, not", id="id, an object"),
    ],
)
def test_a_row_without_usable_text_or_id_is_refused(row: object, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"^{reason}"):
        read_row(row, "row")


def test_only_an_id_in_the_row_counts_as_given() -> None:
    assert read_row(BODY | {"id": "a"}, "row").id_is_given
    assert not read_row(BODY | {"id": "  "}, "row").id_is_given


@pytest.mark.parametrize(
    ("row", "published", "updated"),
    [
        pytest.param({"dateModified": "2025-06-20", "datePublished": "2025-06-15"}, DAY, date(2025, 6, 20), id="both"),
        pytest.param({"dateModified": "2025-06-20", "pubDate": "2025-06-15"}, DAY, date(2025, 6, 20), id="of a feed"),
        pytest.param({"updated": "2025-06-20", "date": "2025-06-15"}, DAY, date(2025, 6, 20), id="under our name"),
        pytest.param({"dateModified": "2025-06-15"}, DAY, None, id="a change alone is its day"),
        pytest.param({"date": "2025-06-15", "scrapedDate": "2025-06-20"}, DAY, None, id="the day of crawling is none"),
        pytest.param({"date": "in June", "dateModified": "2025-06-20"}, None, date(2025, 6, 20), id="no day beside it"),
    ],
)
def test_the_day_of_a_change_stands_beside_that_of_publication(
    row: dict[str, object], published: date | None, updated: date | None
) -> None:
    article = read_row(BODY | row, "row").article

    assert (article.published, article.updated) == (published, updated)


@pytest.mark.parametrize("name", ["language", "inLanguage", "Language"])
def test_the_language_of_a_row_is_taken(name: str) -> None:
    assert read_row(BODY | {name: "en_US"}, "row").article.language == "en-US"


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).map(lambda text: f"{text}."))
def test_text_comes_through_json_unchanged(text: str) -> None:
    row = json.loads(json.dumps({"text": text}))

    assert read_row(row, "row").article.text == text
