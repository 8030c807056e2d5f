from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.catalog import Cut
from index_store.scope import Scope
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.stored import BRIDGE, DAM, found


def test_search_finds_the_article_that_speaks_of_it(store: ArticleStore) -> None:
    assert found(store, "when did the bridge close?")[0] == "bridge"


def test_the_headline_is_searched_too(store: ArticleStore) -> None:
    assert found(store, "shut")[0] == "bridge"


def test_passages_are_cut_from_the_text_without_the_headline(store: ArticleStore) -> None:
    assert [passage.text for passage in store.passages("bridge")] == [BRIDGE.text]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        pytest.param(Scope(since=date(2025, 5, 15)), ["dam"], id="since"),
        pytest.param(Scope(until=date(2025, 5, 15)), ["bridge"], id="until"),
        pytest.param(Scope(sources=("daily ore",)), ["dam"], id="outlet"),
        pytest.param(Scope(sources=("Nobody",)), [], id="none"),
    ],
)
def test_search_keeps_to_the_scope(store: ArticleStore, scope: Scope, expected: list[str]) -> None:
    assert found(store, "bridge dam", scope=scope) == expected


def test_a_narrow_scope_is_searched_behind_many_better_hits(tmp_path: Path, settings: StoreSettings) -> None:
    crowd = [Article(f"crowd-{n}", f"The bridge, the bridge number {n}.", source="Crowd") for n in range(60)]
    with ArticleStore.create(tmp_path, FakeEmbedder(), replace(settings, candidates=5)) as store:
        store.add(
            [*crowd, Article("one", "A ferry beside something long and quite different, a bridge.", source="One")]
        )
        assert found(store, "bridge", scope=Scope(sources=("One",))) == ["one"]


@pytest.mark.parametrize("share", [2, 8, 40], ids=["half", "an eighth", "a fortieth"])
def test_however_little_a_scope_keeps_as_many_are_found_and_the_best_first(tmp_path: Path, share: int) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder(), StoreSettings(candidates=5)) as store:
        store.add(
            Article(f"a{n}", f"The bridge of town {n} was shut {n} times by a council.", source=f"Outlet {n % share}")
            for n in range(320)
        )
        scope = Scope(sources=("Outlet 0",))

        ids = found(store, "the bridge of town 240 was shut 240 times", scope=scope)

    assert ids[0] == "a240"
    assert len(ids) >= 5
    assert all(int(article_id[1:]) % share == 0 for article_id in ids)


def test_quotations_are_found_by_speaker(store: ArticleStore) -> None:
    text = "“We will rebuild,” said Tilda Brask, the mayor. “It takes a year,” she added."
    store.add([Article("mayor", text, published=date(2025, 5, 21))])
    quotations = store.quotations_by("Brask")
    assert [text[q.quotation.start : q.quotation.end] for q in quotations] == [
        "“We will rebuild,”",
        "“It takes a year,”",
    ]
    assert {q.quotation.speaker for q in quotations} == {"Tilda Brask"}
    assert store.quotations_by("Brask", Scope(until=date(2025, 5, 1))) == ()
    assert store.quotations_in(["mayor"]) == quotations


def test_quotations_of_a_replaced_version_are_gone(store: ArticleStore) -> None:
    store.add([Article("mayor", "“We will rebuild,” said Tilda Brask.")])
    store.add([Article("mayor", "“We will not rebuild,” said Ada Oake.")])
    assert store.quotations_by("Brask") == ()
    assert len(store.quotations_by("Oake")) == 1


def test_what_was_found_leads_to_the_version_it_was_found_in(store: ArticleStore) -> None:
    (hit, *_) = store.search("when did the bridge close?")
    store._catalog.publish(store._catalog.begin([Cut(Article("bridge", "CORRECTION. It is open."), (), ())])[0])
    passage = hit.stored.passage
    old = store.articles_of([hit.stored.version])[hit.stored.version]
    assert old.text[passage.start : passage.end] == passage.text
    assert store.article("bridge").text == "CORRECTION. It is open."


def test_a_version_that_was_swept_is_missing_rather_than_another(store: ArticleStore) -> None:
    (hit, *_) = store.search("when did the bridge close?")
    store.add([Article("bridge", "CORRECTION. It is open.")])
    assert store.articles_of([hit.stored.version]) == {}


def test_a_quotation_leads_to_the_version_it_was_found_in(store: ArticleStore) -> None:
    mayor = Article("mayor", "“We will rebuild,” said Tilda Brask.")
    store.add([mayor])
    (quotation,) = store.quotations_by("Brask")
    assert store.articles_of([quotation.version]) == {quotation.version: mayor}


def test_headers_are_the_articles_without_their_texts(store: ArticleStore) -> None:
    assert [(h.id, h.title, h.source, h.published) for h in store.headers()] == [
        (a.id, a.title, a.source, a.published) for a in (DAM, BRIDGE)
    ]
    assert [header.id for header in store.headers(Scope(sources=("the post",)))] == ["bridge"]


def test_articles_are_read_while_others_are_written(store: ArticleStore) -> None:
    listed = store.articles()
    first = next(listed)
    store.add([Article("ferry", "The ferry sails.")])
    store.remove(["bridge"])
    assert [first.id, *(article.id for article in listed)] in (["dam"], ["dam", "bridge"])


def test_a_headline_counts_among_the_passages_that_hold_a_word(store: ArticleStore) -> None:
    assert store.document_frequency("shut") == 1
