"""The ids of articles."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.identity import IdRegistry, file_id, row_id
from index_store.loading.input_file import InputFile, on_disk

ARTICLE = Article(id="unnamed", text="The bridge is closed.", title="Bridge closed", source="Valley News")


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:8]


def file_at(path: Path) -> InputFile:
    path.touch()
    return on_disk(path)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("https://www.valley.example/2025/Bridge-closed.html", "valley-example-bridge-closed", id="tail"),
        pytest.param("http://valley.example/news/", "valley-example-news", id="slash at the end"),
        pytest.param("https://valley.example/?p=17", "valley-example", id="query alone"),
        pytest.param("https://valley.example/été", "valley-example-ete", id="accents"),
        pytest.param("https://valley.example/桥", "valley-example", id="no Latin letters"),
    ],
)
def test_a_url_makes_the_id_of_rows_and_files(tmp_path: Path, url: str, words: str) -> None:
    article = replace(ARTICLE, url=url)

    assert row_id(article) == file_id(article, file_at(tmp_path / "a.txt")) == f"{words}-{digest(url)}"


@pytest.mark.parametrize(
    "url", ["", "https://valley.example", "https://valley.example/", "n/a", "http://[", "mailto:a@valley.example"]
)
def test_what_names_no_single_article_makes_no_id(url: str) -> None:
    assert row_id(replace(ARTICLE, url=url)) == f"bridge-closed-{digest('Valley News||Bridge closed')}"


def test_a_row_with_neither_url_nor_title_goes_by_its_text() -> None:
    assert row_id(replace(ARTICLE, title="")) == f"the-bridge-is-closed-{digest(ARTICLE.text)}"


def test_without_latin_letters_a_longer_digest_stands_alone() -> None:
    article = replace(ARTICLE, title="桥")

    assert row_id(article) == sha256("Valley News||桥".encode()).hexdigest()[:16]


def test_a_file_without_url_goes_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "Bridge closed (2).txt"
    (tmp_path / "sub").mkdir()
    link = tmp_path / "sub" / ".." / path.name

    assert (
        file_id(ARTICLE, file_at(path))
        == f"bridge-closed-2-{digest(str(path.resolve()))}"
        == file_id(ARTICLE, file_at(link))
    )
    assert file_id(ARTICLE, file_at(path)) != file_id(ARTICLE, file_at(tmp_path / "sub" / path.name))


@pytest.mark.parametrize(
    "article",
    [
        replace(ARTICLE, url=f"https://{'host' * 50}.example/{'tail' * 50}"),
        replace(ARTICLE, title="title " * 100),
        replace(ARTICLE, title="", text="text " * 100),
    ],
    ids=["url", "title", "text"],
)
def test_derived_ids_stay_short(article: Article) -> None:
    assert len(row_id(article)) <= 90


def test_the_same_article_may_come_again() -> None:
    ids = IdRegistry()
    candidate = Candidate(replace(ARTICLE, id="a"), "row 1", id_is_given=True)

    assert [ids.settle(candidate) for _ in range(2)] == [candidate.article] * 2


def test_a_given_id_cannot_be_given_to_another_text() -> None:
    ids = IdRegistry()
    ids.settle(Candidate(replace(ARTICLE, id="a"), "row 1", id_is_given=True))

    with pytest.raises(UnreadableInputError, match=r"^id 'a' was already used by another row with different text"):
        ids.settle(Candidate(replace(ARTICLE, id="a", text="Other."), "row 2", id_is_given=True))


def test_a_headline_that_comes_again_makes_room_for_another_text() -> None:
    ids = IdRegistry()
    articles = [replace(ARTICLE, id="a", text=text) for text in ("One.", "Two.", "Three.", "Two.")]

    settled = [ids.settle(Candidate(article, "row", id_is_given=False)) for article in articles]

    assert [article.text for article in settled] == ["One.", "Two.", "Three.", "Two."]
    assert [article.id for article in settled] == ["a", *(f"a-{digest(text)}" for text in ("Two.", "Three.", "Two."))]


@pytest.mark.parametrize(
    ("url", "change", "reason"),
    [
        pytest.param(
            "https://valley.example/bridge",
            {"text": "Other."},
            "same URL as row 1 with different text",
            id="text under a URL",
        ),
        pytest.param(
            "https://valley.example/bridge",
            {"author": "Ada"},
            "same URL as row 1 with different details",
            id="details under a URL",
        ),
        pytest.param(
            "",
            {"author": "Ada"},
            "same headline and text as row 1 with different details",
            id="details under a headline",
        ),
    ],
)
def test_the_first_article_keeps_its_id_and_the_other_is_named(url: str, change: dict[str, str], reason: str) -> None:
    ids = IdRegistry()
    first = replace(ARTICLE, url=url)
    first = replace(first, id=row_id(first))
    second = replace(first, **change)

    assert ids.settle(Candidate(first, "row 1", id_is_given=False)) == first
    with pytest.raises(UnreadableInputError, match=reason):
        ids.settle(Candidate(second, "row 2", id_is_given=False))


def test_another_text_under_a_url_is_the_next_version_when_it_is_loaded_alone() -> None:
    first = replace(ARTICLE, url="https://valley.example/bridge")
    second = replace(first, text="The bridge is open.")

    assert row_id(first) == row_id(second)
    assert IdRegistry().settle(Candidate(second, "row 1", id_is_given=False)).id == second.id
