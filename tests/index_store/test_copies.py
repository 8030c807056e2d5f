"""Which articles are copies of each other, by their words and in a store."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index_store import copies
from index_store.article import Article
from index_store.care import examine, repair
from index_store.copies import Wording
from index_store.layout import CATALOG_FILE
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder

STORY = (
    "The council of Vell agreed on Tuesday to repair the old bridge over the river, after a debate of five hours.\n\n"
    "The work will cost 4.2 million crowns and take until March, said Hedda Ostrane, who heads the office of roads.\n\n"
    "Drivers will have to take the road along the valley until then, which costs them half an hour a day.\n\n"
    "The bridge was built in 1898 and carried slate from the quarries, until the last of them was closed."
)
PARAGRAPHS = STORY.split("\n\n")
FORM = (
    "Norlind Lines said that it earned 3.1 million crowns in the quarter that ended in June, against 2.9 million in the"
    " same quarter of last year. Revenue rose to 41.2 million crowns from 39.8 million, the company said in a statement"
    " to the exchange, and it expects the year to end as it began. The shares closed at 18.2 crowns on Friday."
)


def article(name: str, text: str, source: str = "") -> Article:
    return Article(name, text, f"Headline of {name}", source or name)


def told(store: ArticleStore, name: str) -> set[str]:
    return {copy.id for copy in store.copies_of(name)}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(STORY.replace("\n\n", "\n"), id="set otherwise"),
        pytest.param("\n\n".join(PARAGRAPHS[:-1]), id="without its end"),
        pytest.param(STORY.replace(PARAGRAPHS[2], "Ferries cross the river twice a day."), id="one paragraph changed"),
        pytest.param(f"From our desk.\n\n{STORY}\n\nWrite to us, and read the paper tomorrow.", id="framed"),
        pytest.param(STORY.replace("agreed", "decided"), id="one word changed"),
        pytest.param(f"{STORY}\n\nThe mayor, Tilda Brask, was not there.", id="with a sentence of its own"),
    ],
)
def test_what_an_outlet_makes_of_a_wire_story_is_a_copy(other: str) -> None:
    assert Wording(STORY).is_copy_of(Wording(other))
    assert Wording(other).is_copy_of(Wording(STORY))
    assert set(Wording(STORY).bands()) & set(Wording(other).bands())


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param(STORY, STORY.replace("4.2", "4.8"), id="another figure"),
        pytest.param(STORY, STORY.replace("five", "six"), id="another number in words"),
        pytest.param(STORY, STORY.replace("Tuesday", "Friday"), id="another day"),
        pytest.param(STORY, STORY.replace("Hedda Ostrane", "Iven Sarr"), id="another name"),
        pytest.param(FORM, FORM.replace("3.1", "3.4").replace("41.2", "44.0"), id="the report of another quarter"),
        pytest.param(FORM, FORM.replace("Norlind Lines", "Vale Bank"), id="the report of another company"),
        pytest.param(STORY, FORM, id="another story"),
        pytest.param("Qtly div 12 cts. Pay April 10.", "Qtly div 12 cts. Pay April 10!", id="too short to tell"),
    ],
)
def test_the_same_form_with_another_figure_day_or_name_is_no_copy(text: str, other: str) -> None:
    assert not Wording(text).is_copy_of(Wording(other))
    assert not Wording(other).is_copy_of(Wording(text))


def test_outlets_may_name_themselves_and_their_writers() -> None:
    one = article("one", f"By Ada Oake\n\n{STORY}\n\nTell the Valley Herald what you think.", "Valley Herald")
    other = article("other", f"By Jo Doe\n\n{STORY}\n\nTell the Coast Post what you think.", "Coast Post")
    assert Wording.of(one).is_copy_of(Wording.of(other))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)], ids=str)
def test_copies_are_known_in_whatever_order_they_come(tmp_path: Path, order: tuple[int, ...]) -> None:
    texts = (STORY, f"{STORY}\n\nMore follows from our own writers.", STORY.replace("4.2", "4.8"))
    articles = [article(f"a{number}", texts[number]) for number in order]
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        for each in articles:
            store.add([each])
        assert [told(store, f"a{number}") for number in range(3)] == [{"a1"}, {"a0"}, set()]
        groups = store.copy_groups(store.search("bridge of Vell", limit=20))
        assert len(groups) >= 2
        assert len(set(groups.values())) == 1


def test_what_is_changed_or_removed_is_no_copy_any_more(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add(
            [article("a", STORY), article("b", f"{STORY}\n\nMore follows."), article("c", f"{STORY}\n\nRead on.")]
        )
        assert told(store, "a") == {"b", "c"}
        store.add([replace(store.article("b"), text=FORM)])
        assert told(store, "a") == {"c"}
        store.add([replace(store.article("c"), title="Another headline")])
        assert told(store, "a") == {"c"}
        store.remove(["c"])
        assert told(store, "a") == set()


def test_the_same_text_elsewhere_is_no_copy_but_has_the_copies_of_its_article(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add([article("a", STORY), article("twin", STORY), article("b", f"{STORY}\n\nMore follows.")])
        assert told(store, "twin") == told(store, "a") == {"b"}
        store.remove(["a"])
        assert told(store, "twin") == {"b"}


def test_articles_that_were_not_compared_are_found_by_the_doctor_and_mended(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add([article("a", STORY), article("b", f"{STORY}\n\nMore follows.")])
    with closing(sqlite3.connect(tmp_path / CATALOG_FILE)) as connection, connection:  # as a kill leaves it
        connection.execute("DELETE FROM copies")
        connection.execute("UPDATE versions SET compared = 0")
    (problem,) = [finding for finding in examine(tmp_path, FakeEmbedder()).findings if not finding.is_ok]
    assert (problem.check, problem.detail) == ("copies", "2 articles have not been compared with the others")
    assert repair(tmp_path, FakeEmbedder()).is_healthy
    with ArticleStore(tmp_path, FakeEmbedder()) as store:
        assert told(store, "a") == {"b"}


def test_sketches_of_another_make_are_made_anew_by_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add([article("a", STORY)])
        monkeypatch.setattr("index_store.comparing.SKETCH", "another")
        monkeypatch.setattr(copies, "_SEED", 2)
        store.add([article("b", f"{STORY}\n\nMore follows.")])
        assert told(store, "a") == {"b"}


def test_a_text_that_hundreds_print_is_compared_with_the_most_alike(tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, FakeEmbedder()) as store:
        store.add(article(f"a{number:03d}", f"{STORY}\n\n{'Read on. ' * number}") for number in range(70))
        assert all(len(told(store, f"a{number:03d}")) >= 50 for number in range(70))
        assert examine(tmp_path, FakeEmbedder()).is_healthy


def test_pages_of_dashes_are_compared_quickly() -> None:
    assert Wording.of(article("a", "-\n" * 200_000 + STORY)).is_copy_of(Wording(STORY))
