"""LlamaIndex documents."""

from datetime import date, datetime
from pathlib import Path

import pytest
from llama_index.core import SimpleDirectoryReader
from llama_index.core.schema import Document

from index_store import Article, SkippedInput, load_documents


def article_of(document: Document) -> Article:
    (item,) = load_documents([document])
    assert isinstance(item, Article)
    return item


def test_metadata_go_by_the_names_that_rows_have() -> None:
    metadata = {
        "title": "Bridge closed",
        "author": "Jo Doe",
        "date": "2025-06-15",
        "url": "https://valley.example/b",
        "publisher": "Valley News",
        "dateModified": datetime(2025, 6, 17, 8),
        "language": "en",
    }

    article = article_of(Document(text=" The bridge.\n", metadata=metadata))

    assert article == Article(
        id=article.id,
        text=" The bridge.\n",
        title="Bridge closed",
        source="Valley News",
        author="Jo Doe",
        published=date(2025, 6, 15),
        url="https://valley.example/b",
        updated=date(2025, 6, 17),
        language="en",
    )


@pytest.mark.parametrize(
    ("metadata", "field", "expected"),
    [
        pytest.param({"source": "Valley News"}, "source", "Valley News", id="an outlet"),
        pytest.param({"source": "https://valley.example/b"}, "url", "https://valley.example/b", id="an address"),
        pytest.param({"source": "https://valley.example/b"}, "source", "", id="an address is no outlet"),
        pytest.param({"source": "/data/a.txt"}, "source", "", id="a path is no outlet"),
        pytest.param({"source": "a.txt", "file_name": "a.txt"}, "source", "", id="a file is no outlet"),
        pytest.param({"link": "https://valley.example/b"}, "url", "https://valley.example/b", id="a link"),
        pytest.param({"authors": ["Jo Doe", "Ann Lee"]}, "author", "Jo Doe, Ann Lee", id="authors"),
        pytest.param({"date": datetime(2025, 6, 15, 8)}, "published", date(2025, 6, 15), id="a moment"),
        pytest.param({"creation_date": "2026-01-01"}, "published", None, id="the day of the file"),
        pytest.param({"last_modified_date": "2026-01-01"}, "updated", None, id="the day the file was changed"),
        pytest.param({"lang": "de"}, "language", "de", id="a language"),
        pytest.param({"file_name": "bridge.docx"}, "title", "bridge", id="a file's name for want of a title"),
        pytest.param({"text": "no"}, "text", "The bridge.", id="the text is the document's"),
    ],
)
def test_what_readers_call_otherwise_is_understood(metadata: dict[str, object], field: str, expected: object) -> None:
    assert getattr(article_of(Document(text="The bridge.", metadata=metadata)), field) == expected


def test_an_id_that_was_given_is_kept_and_a_random_one_is_not() -> None:
    given = [article_of(Document(text="The bridge.", id_="bridge-1")).id for _ in range(2)]
    random = [article_of(Document(text="The bridge.")).id for _ in range(2)]

    assert given == ["bridge-1"] * 2
    assert random[0] == random[1]


def test_pages_of_one_file_are_one_article() -> None:
    def page(file: str, label: str, text: str) -> Document:
        return Document(text=text, metadata={"file_path": f"/data/{file}", "page_label": label})

    items = list(load_documents([page("a.pdf", "1", "One."), page("a.pdf", "2", "Two."), page("b.pdf", "1", "Three.")]))

    assert [item.text for item in items if isinstance(item, Article)] == ["One.\n\nTwo.", "Three."]


def test_documents_without_text_are_reported() -> None:
    items = list(load_documents([Document(text="One."), Document(text=" ")]))

    assert isinstance(items[0], Article)
    assert isinstance(items[1], SkippedInput)
    assert items[1].input == "document 2"
    assert items[1].reason.startswith("no text")


def test_two_documents_under_one_id_are_told_apart() -> None:
    items = list(load_documents([Document(text="One.", id_="a"), Document(text="Two.", id_="a")]))

    assert [type(item) for item in items] == [Article, SkippedInput]


def test_a_reader_of_llama_index_is_taken_as_it_is(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"The text of {name}.", encoding="utf-8")

    items = list(load_documents(SimpleDirectoryReader(str(tmp_path)).load_data()))

    assert [(item.title, item.text) for item in items if isinstance(item, Article)] == [
        ("a", "The text of a.txt."),
        ("b", "The text of b.txt."),
    ]
