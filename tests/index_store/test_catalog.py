import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.catalog import Catalog, Cut, PassageCounts, StoreCounts
from index_store.catalog.places import holders_inside, scope_values
from index_store.errors import ArticleNotFoundError, DataDirError, IndexDamagedError, IndexMismatchError
from index_store.passage import Passage
from index_store.scope import Scope


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "catalog.sqlite3")


def keep(catalog: Catalog, article: Article) -> tuple[int, ...]:
    passage = Passage(f"{article.id}#0", article.id, 0, len(article.text), article.text)
    versions, keys = catalog.begin([Cut(article, (passage,), ())])
    catalog.publish(versions)
    return keys


def test_an_article_comes_back_as_it_was_given(catalog: Catalog) -> None:
    article = Article("a", "Text\r\n with ends ", "T", "The Post", "Ada", date(2025, 5, 1), "https://post.example/a")
    keep(catalog, article)
    assert catalog.article("a") == article


def test_a_version_that_is_only_begun_is_not_seen(catalog: Catalog) -> None:
    _, keys = catalog.begin([Cut(Article("a", "new"), (Passage("a#0", "a", 0, 3, "new"),), ())])
    assert catalog.counts() == StoreCounts(0, 0)
    assert catalog.passages(keys) == {}
    assert catalog.leftovers() == keys


def test_publishing_retires_the_version_it_replaces(catalog: Catalog) -> None:
    old = keep(catalog, Article("a", "old"))
    new = keep(catalog, Article("a", "new"))
    assert catalog.article("a").text == "new"
    assert catalog.leftovers() == old
    catalog.sweep()
    assert catalog.leftovers() == ()
    assert catalog.passages([*old, *new]).keys() == set(new)


def test_keys_are_never_used_twice(catalog: Catalog) -> None:
    old = keep(catalog, Article("a", "old"))
    catalog.publish([], retired=["a"])
    catalog.sweep()
    assert keep(catalog, Article("b", "b")) > old


def test_every_change_of_what_is_current_moves_the_generation(catalog: Catalog) -> None:
    generations = [catalog.generation]
    keep(catalog, Article("a", "a"))
    generations.append(catalog.generation)
    catalog.publish([], retired=["a"])
    generations.append(catalog.generation)
    assert generations == sorted(set(generations))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        pytest.param(Scope(), ["late", "early", "undated"], id="all, newest first, undated last"),
        pytest.param(Scope(since=date(2025, 5, 2)), ["late"], id="since"),
        pytest.param(Scope(until=date(2025, 5, 1)), ["early"], id="until is inclusive"),
        pytest.param(Scope(sources=("the post",)), ["late", "undated"], id="outlet without case"),
        pytest.param(Scope(sources=("Élan",)), ["early"], id="outlet with accent"),
    ],
)
def test_scope_limits_articles(catalog: Catalog, scope: Scope, expected: list[str]) -> None:
    keep(catalog, Article("early", "x", source="élan", published=date(2025, 5, 1)))
    keep(catalog, Article("late", "x", source="The Post", published=date(2025, 5, 3)))
    keep(catalog, Article("undated", "x", source="The Post"))
    assert [article.id for article in catalog.articles(scope)] == expected
    assert len(catalog.keys_in(scope)) == len(expected)


def test_articles_of_a_period_are_looked_up_and_not_searched_for(catalog: Catalog) -> None:
    scope = Scope(since=date(2025, 5, 2), sources=("The Post",))
    steps = catalog._database.rows(f"EXPLAIN QUERY PLAN {holders_inside(scope)}", *scope_values(scope))
    assert [step for *_, step in steps if step.startswith("SCAN versions")] == []


def test_an_unknown_article_is_an_error_that_names_it(catalog: Catalog) -> None:
    with pytest.raises(ArticleNotFoundError, match="'nope'"):
        catalog.article("nope")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexMismatchError, match="newer"):
        Catalog(path)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    path.write_bytes(b"not a database, but long enough to be read as one" * 50)
    with pytest.raises(IndexDamagedError, match=r"catalog\.sqlite3.*put a copy"):
        Catalog(path)


def test_a_commit_that_fails_leaves_the_catalog_usable(catalog: Catalog) -> None:
    orphan = 'INSERT INTO passages (version, position, "start", "end", text) VALUES (99, 0, 0, 1, \'x\')'
    with pytest.raises(DataDirError, match="FOREIGN KEY"), catalog._database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")  # it fails in COMMIT, not before
        connection.execute(orphan)
    keep(catalog, Article("a", "a"))
    assert catalog.counts() == StoreCounts(1, 1)


def test_passages_are_counted_with_and_without_leftovers(catalog: Catalog) -> None:
    keep(catalog, Article("a", "old"))
    (key,) = keep(catalog, Article("a", "new"))
    catalog.begin([Cut(Article("b", "b"), (Passage("b#0", "b", 0, 1, "b"),), ())])
    assert catalog.passage_counts() == PassageCounts(current=1, all=3)
    assert catalog.oldest_key() == key


def test_a_version_can_be_read_until_it_is_swept_but_not_before_it_is_published(catalog: Catalog) -> None:
    old, new = Article("a", "old"), Article("a", "new")
    keep(catalog, old)
    (pending,), _ = catalog.begin([Cut(new, (), ())])
    assert catalog.articles_of([1, pending]) == {1: old}
    catalog.publish([pending])
    assert catalog.articles_of([1, pending]) == {1: old, pending: new}
    catalog.sweep()
    assert catalog.articles_of([1, pending]) == {pending: new}


def test_a_catalog_without_one_of_its_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    Catalog(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE quotations")
    with pytest.raises(IndexMismatchError, match="another version"):
        Catalog(path)


def test_of_what_thousands_have_in_common_the_last_that_came_are_compared(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index_store.catalog.likeness._LATEST", 3)
    versions, _ = catalog.begin([Cut(Article(f"a{number}", f"Form {number}.")) for number in range(6)])
    catalog.publish(versions)
    with catalog.likeness.recording() as record:
        for version in versions:
            record(version, [7], [])
    assert catalog.likeness.candidates(versions[-1], [7]) == versions[2:5]
