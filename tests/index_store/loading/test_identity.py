"""The ids of articles."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.identity import IdRegistry, file_id, row_id

ARTICLE = Article(id="", text="The bridge is closed.", title="Bridge closed", source="Valley News")


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:8]


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
def test_a_url_makes_the_id_of_rows_and_files(url: str, words: str) -> None:
    article = replace(ARTICLE, url=url)

    assert row_id(article) == file_id(article, Path("a.txt")) == f"{words}-{digest(url)}"


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
    link = tmp_path / "sub" / ".." / path.name

    assert file_id(ARTICLE, path) == f"bridge-closed-2-{digest(str(path.resolve()))}" == file_id(ARTICLE, link)
    assert file_id(ARTICLE, path) != file_id(ARTICLE, tmp_path / "sub" / path.name)


@pytest.mark.parametrize(
    "article",
    [
        replace(ARTICLE, url=f"https://{'host' * 50}.example/{'tail' * 50}"),
        replace(ARTICLE, title="title " * 100),
        replace(ARTICLE, title="", text="text " * 100),
    ],
    ids=["url", "title", "text"],
)
def test_derived_ids_stay_short_even_after_a_clash(article: Article) -> None:
    ids = IdRegistry()
    first, second = (
        ids.settle(Candidate(replace(article, id=row_id(article), author=author), "row", id_is_given=False))
        for author in ("A", "B")
    )

    assert first.id != second.id
    assert max(len(first.id), len(second.id)) <= 100


def test_the_same_article_may_come_again() -> None:
    ids = IdRegistry()
    candidate = Candidate(replace(ARTICLE, id="a"), "row 1", id_is_given=True)

    assert [ids.settle(candidate) for _ in range(2)] == [candidate.article] * 2


def test_a_given_id_cannot_be_given_to_another_text() -> None:
    ids = IdRegistry()
    ids.settle(Candidate(replace(ARTICLE, id="a"), "row 1", id_is_given=True))

    with pytest.raises(UnreadableInputError, match=r"^id 'a' was already used by another row with different text"):
        ids.settle(Candidate(replace(ARTICLE, id="a", text="Other."), "row 2", id_is_given=True))


def test_a_derived_id_makes_room_for_another_text() -> None:
    ids = IdRegistry()
    articles = [replace(ARTICLE, id="a", text=text) for text in ("One.", "Two.", "Three.", "Two.")]

    settled = [ids.settle(Candidate(article, "row", id_is_given=False)) for article in articles]

    assert [article.text for article in settled] == ["One.", "Two.", "Three.", "Two."]
    assert [article.id for article in settled[:2]] == ["a", f"a-{articles[1].content_hash[:8]}"]
    assert settled[1] == settled[3]
    assert len({article.id for article in settled}) == 3
