import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.care import examine, repair
from index_store.catalog import StoreCounts
from index_store.errors import ArticleNotFoundError
from index_store.scope import Scope
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.index_store.damage import unfound
from tests.index_store.stored import BRIDGE, DAM, found

ELSEWHERE = replace(
    BRIDGE, id="valley-bridge", source="Valley Herald", published=date(2025, 5, 14), url="https://valley.example/bridge"
)
THIRD = replace(BRIDGE, id="third-bridge", source="Coast Radio", published=date(2025, 5, 16))
DIVIDEND = "Qtly div 12 cts vs 12 cts prior. Pay April 10. Record March 20."


def ids(store: ArticleStore, article_id: str) -> list[str]:
    return [article.id for article in store.places(article_id)]


def is_healthy(store: ArticleStore) -> bool:
    return examine(store.data_dir, FakeEmbedder(), store.settings).is_healthy and unfound(store) == []


def test_the_same_text_from_two_places_is_one_article_with_two_sources(
    store: ArticleStore, embedder: FakeEmbedder
) -> None:
    embedder.asked.clear()
    report = store.add([ELSEWHERE])
    assert (report.added, report.duplicates, report.passages, embedder.asked) == (0, 1, 0, [])
    assert store.counts() == StoreCounts(2, 2)
    assert store.places("bridge") == store.places("valley-bridge") == (BRIDGE, ELSEWHERE)
    assert found(store, "bridge closed").count("bridge") == 1
    listed = {header.id: [place.source for place in header.also_in] for header in store.headers()}
    assert listed == {"dam": [], "bridge": ["Valley Herald"]}
    assert is_healthy(store)


def test_places_in_one_run_are_found_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        report = store.add([BRIDGE, ELSEWHERE, THIRD])
        assert (report.added, report.duplicates, report.passages) == (1, 2, 1)
        assert ids(store, "third-bridge") == ["bridge", "valley-bridge", "third-bridge"]
        report = store.add([THIRD, ELSEWHERE, BRIDGE])
        assert (report.added, report.updated, report.unchanged, report.duplicates) == (0, 0, 3, 0)


def test_a_limit_finds_the_article_in_the_place_that_lies_inside(store: ArticleStore) -> None:
    store.add([ELSEWHERE])
    inside = Scope(sources=("valley herald",), since=date(2025, 5, 13))
    (hit,) = store.search("bridge closed", scope=inside)
    assert (hit.stored.passage.article_id, hit.stored.source) == ("valley-bridge", "Valley Herald")
    assert store.articles_of([hit.stored.version]) == {hit.stored.version: ELSEWHERE}
    assert [header.id for header in store.headers(inside)] == ["valley-bridge"]
    assert [place.id for header in store.headers(inside) for place in header.also_in] == ["bridge"]
    # each condition holds of one place or the other, both of neither
    assert store.search("bridge", scope=Scope(sources=("Valley Herald",), until=date(2025, 5, 13))) == ()


def test_each_place_is_read_by_its_own_id(store: ArticleStore) -> None:
    store.add([ELSEWHERE])
    assert store.article("valley-bridge") == ELSEWHERE
    assert [passage.article_id for passage in store.passages("valley-bridge")] == ["valley-bridge"]
    assert store.article_ids_for_url("https://valley.example/bridge") == ("bridge", "valley-bridge")
    with pytest.raises(ArticleNotFoundError, match="'nowhere'"):
        store.places("nowhere")


def test_quotations_are_those_of_the_place_that_is_asked(tmp_path: Path) -> None:
    told = Article("one", 'The span is unsafe. "It will stay closed," Hedda Ostrane said on Monday.', source="The Post")
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add([told, replace(told, id="two", source="Valley Herald")])
        assert [said.article_id for said in store.quotations_by("Hedda Ostrane")] == ["one"]
        (said,) = store.quotations_by("Hedda Ostrane", Scope(sources=("Valley Herald",)))
        assert (said.article_id, said.source) == ("two", "Valley Herald")
        assert store.quotations_in(["two"]) == (said,)


def test_another_end_of_the_file_is_the_same_text(store: ArticleStore) -> None:
    store.add([replace(ELSEWHERE, text=BRIDGE.text + "\n\n")])
    assert ids(store, "bridge") == ["bridge", "valley-bridge"]


def test_a_short_text_under_another_headline_is_another_article(store: ArticleStore) -> None:
    store.add([Article("orrin", DIVIDEND, "Orrin Mills"), Article("vale", DIVIDEND, "Vale Bank")])
    assert store.counts().articles == 4
    store.add([Article("vale", DIVIDEND, "Orrin Mills")])
    assert ids(store, "vale") == ["orrin", "vale"]


def test_a_place_whose_text_changes_becomes_an_article_of_its_own(store: ArticleStore) -> None:
    store.add([ELSEWHERE])
    report = store.add([replace(ELSEWHERE, text="The viaduct reopened.")])
    assert (report.added, report.updated) == (0, 1)
    assert ids(store, "bridge") == ["bridge"]
    assert found(store, "viaduct reopened")[0] == "valley-bridge"
    assert is_healthy(store)


def test_a_place_whose_details_change_stays(store: ArticleStore, embedder: FakeEmbedder) -> None:
    store.add([ELSEWHERE])
    embedder.asked.clear()
    assert store.add([replace(ELSEWHERE, author="Ada Oake")]).updated == 1
    assert store.places("bridge")[1].author == "Ada Oake"
    assert embedder.asked == []


def test_the_text_stays_found_where_it_was_left_when_the_first_place_changes(store: ArticleStore) -> None:
    store.add([ELSEWHERE, THIRD])
    report = store.add([replace(BRIDGE, text="The viaduct reopened.")])
    assert (report.added, report.updated, report.passages) == (0, 1, 2)
    assert found(store, "harbour bridge closed")[0] == "valley-bridge"
    assert found(store, "viaduct reopened")[0] == "bridge"
    assert ids(store, "third-bridge") == ["valley-bridge", "third-bridge"]
    assert is_healthy(store)


def test_removing_a_place_leaves_the_others(store: ArticleStore) -> None:
    store.add([ELSEWHERE, THIRD])
    assert store.remove(["valley-bridge"]) == 1
    assert ids(store, "bridge") == ["bridge", "third-bridge"]
    assert store.remove(["bridge"]) == 1
    assert found(store, "harbour bridge closed")[0] == "third-bridge"
    assert ids(store, "third-bridge") == ["third-bridge"]
    with pytest.raises(ArticleNotFoundError):
        store.article("bridge")
    assert is_healthy(store)


def test_removing_every_place_removes_the_text(store: ArticleStore) -> None:
    store.add([ELSEWHERE])
    assert store.remove(["valley-bridge", "bridge"]) == 2
    assert found(store, "bridge closed") == ["dam"]
    assert is_healthy(store)


def test_a_model_that_fails_while_a_place_is_removed_loses_nothing(store: ArticleStore, embedder: FakeEmbedder) -> None:
    store.add([ELSEWHERE])
    embedder.fails_on = "harbour"
    with pytest.raises(ConnectionError):
        store.remove(["bridge"])
    embedder.fails_on = ""
    assert ids(store, "bridge") == ["bridge", "valley-bridge"]
    assert is_healthy(store)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_and_goes_each_text_is_there_once_in_all_its_places(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    texts = [f"The {word} of the valley opened at dawn." for word in ("dam", "bridge", "mill", "ferry")]
    held: dict[str, Article] = {}
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        for _ in range(12):
            names = chance.sample("abcdefgh", chance.randint(1, 5))
            if chance.random() < 0.3 and (leaving := [name for name in names if name in held]):
                store.remove(leaving)
                held = {name: article for name, article in held.items() if name not in leaving}
            else:
                coming = [Article(name, chance.choice(texts), source=chance.choice(("X", "Y"))) for name in names]
                store.add(coming)
                held |= {article.id: article for article in coming}
            assert store.counts().articles == len({article.text for article in held.values()})
            for article in held.values():
                same = {other.id for other in held.values() if other.text == article.text}
                assert {place.id for place in store.places(article.id)} == same
                assert store.article(article.id) == article
        assert is_healthy(store)


def test_an_index_that_holds_a_text_twice_is_mended_by_the_next_write(store: ArticleStore) -> None:
    store.add([replace(ELSEWHERE, text="The bridge is as it was.")])
    with store._catalog._database.transaction() as connection:  # as a version stored it that knew of no places
        connection.execute(
            "UPDATE versions SET text_key = ?, text = ? WHERE article_id = 'valley-bridge'",
            (BRIDGE.text_key, BRIDGE.text),
        )
        connection.execute(
            "UPDATE versions SET content_hash = ? WHERE article_id = 'valley-bridge'", (ELSEWHERE.content_hash,)
        )
    assert not examine(store.data_dir, FakeEmbedder(), store.settings).is_healthy
    store.add([DAM])
    assert ids(store, "bridge") == ["bridge", "valley-bridge"]
    assert is_healthy(store)


def test_a_rebuild_keeps_places_and_embeds_each_text_once(store: ArticleStore) -> None:
    store.add([ELSEWHERE])
    store.close()
    other, settings = FakeEmbedder(model_name="other"), StoreSettings(passage_tokens=50)
    assert repair(store.data_dir, other, settings).is_healthy
    assert len([text for text in other.asked if BRIDGE.text in text]) == 1
    with ArticleStore(store.data_dir, other, settings) as rebuilt:
        assert rebuilt.places("valley-bridge") == (BRIDGE, ELSEWHERE)
        assert found(rebuilt, "bridge closed")[0] == "bridge"
