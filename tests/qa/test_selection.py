from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from index_store.catalog import StoredPassage
from index_store.passage import Passage
from index_store.search import SearchHit
from qa.events import Telling
from qa.evidence import evidence
from qa.relevance import ScoredSentence
from qa.selection import Selection, is_copy, prints, select

TEN = "Ten ships left the harbour of Vell at dawn."
TWELVE = "Twelve ships sailed, the harbour master said."


def sentence(text: str, article: str = "a", *, score: float = 10.0, answer: str = "") -> ScoredSentence:
    passage = Passage(f"{article}#0", article, 0, len(text), text)
    stored = StoredPassage(1, passage, "Title", "Post", date(2025, 5, 1), **VERSION)
    start = text.index(answer) if answer else 0
    span = (start, start + len(answer)) if answer else (0, len(text))
    hit = SearchHit(stored, 1.0, 1.0, 0.6)
    return ScoredSentence(hit, 0, len(text), text, 0.8, 4.0, 2.0, Telling.TOLD, span, score)


def placed(first: str, second: str, *, scores: tuple[float, float]) -> tuple[ScoredSentence, ScoredSentence]:
    """Two sentences, one after the other in one passage."""
    one, other = sentence(first, score=scores[0]), sentence(second, score=scores[1])
    start = len(first) + 1
    span = (start, start + len(second))
    return one, replace(other, hit=one.hit, start=start, end=span[1], answer=span)


VERSION = {"version": 1} if "version" in StoredPassage.__dataclass_fields__ else {}


def choose(question: str, sentences: Sequence[ScoredSentence], *, stands: bool = True) -> Selection:
    return select(question, sentences, lambda _: stands)


def selected(question: str, *sentences: ScoredSentence) -> list[str]:
    return [chosen.sentence.text for chosen in choose(question, sentences).selected]


def test_the_best_sentence_comes_first_and_those_nearly_as_good_follow() -> None:
    found = selected(
        "What happened?", sentence("Rain fell.", score=6), sentence(TEN, score=9), sentence("It snowed.", score=3)
    )
    assert found == [TEN, "Rain fell."]


def test_an_answer_stays_short() -> None:
    long = "word " * 55
    assert selected("What happened?", sentence(long), sentence(TEN, "b", score=9.0)) == [long]


def test_copies_in_other_articles_count_once_and_are_named() -> None:
    (chosen,) = choose("What left?", [sentence(TEN, "a"), sentence(TEN.replace("dawn", "noon"), "b", score=9)]).selected
    assert [copy.hit.stored.passage.article_id for copy in chosen.copies] == ["b"]


def test_articles_that_give_different_numbers_stand_side_by_side() -> None:
    ten, twelve = sentence(TEN, "a", answer="Ten"), sentence(TWELVE, "b", score=8, answer="Twelve")
    selection = choose("How many ships left?", [ten, twelve, sentence("It rained.", "c", score=9)])
    assert [chosen.sentence.text for chosen in selection.selected] == [TEN, TWELVE]
    assert all(chosen.disputed for chosen in selection.selected)


@pytest.mark.parametrize(
    ("question", "article"),
    [("How many ships left?", "a"), ("Which ships left?", "b")],
    ids=["one article may count twice", "no quantity is asked for"],
)
def test_only_articles_that_answer_a_quantity_dispute(question: str, article: str) -> None:
    ten, twelve = sentence(TEN, "a", answer="Ten"), sentence(TWELVE, article, score=8, answer="Twelve")
    assert not any(chosen.disputed for chosen in choose(question, [ten, twelve]).selected)


def test_the_fate_of_every_candidate_is_told() -> None:
    considered = choose("What?", [sentence(TEN), sentence(TEN, "b", score=9), sentence("No.", score=1)]).considered
    assert [(c.kept, c.why) for c in considered] == [
        (True, "answers best"),
        (False, "says the same as a better one"),
        (False, "is too far behind the best"),
    ]


def test_nothing_is_selected_from_nothing() -> None:
    assert choose("What?", []).selected == ()
    assert evidence([]) == 0.0


def test_evidence_is_a_probability_that_grows_with_what_is_found() -> None:
    assert 0 < evidence([sentence(TEN)]) < 1


@pytest.mark.parametrize(
    ("other", "same"), [(TEN.upper(), True), (TEN.replace("Ten", "Nine"), True), (TWELVE, False)], ids=str
)
def test_copies_are_told_by_their_words(other: str, same: bool) -> None:
    assert is_copy(TEN, other) is same


def test_a_copy_with_another_number_is_no_source_of_the_sentence() -> None:
    assert prints(TEN.upper(), TEN)
    assert not prints(TEN.replace("Ten", "Nine"), TEN)


def test_a_bare_pronoun_is_preceded_by_the_sentence_that_names_who_is_meant() -> None:
    named, bare = placed("The mayor is Tilda Brask.", "She resigned on Monday.", scores=(1.0, 12.0))
    assert selected("When did Brask resign?", named, bare) == [named.text, bare.text]


def test_a_sentence_that_names_nobody_does_not_go_before_a_pronoun() -> None:
    other, bare = placed("Rain fell all day.", "She resigned on Monday.", scores=(1.0, 12.0))
    assert selected("When did Brask resign?", other, bare) == [bare.text]


def test_the_next_sentence_goes_on_with_an_account() -> None:
    first, following = placed("The doses were spoiled.", "The alarm was off.", scores=(12.0, 5.0))
    assert selected("How were the doses spoiled?", first, following) == [first.text, following.text]
    assert selected("How many doses were spoiled?", first, following) == [first.text]


@pytest.mark.parametrize("event", [Telling.SILENT, Telling.OTHERWISE])
def test_an_event_that_is_not_told_is_less_evidence(event: Telling) -> None:
    told = sentence(TEN)
    assert evidence([replace(told, event=event)]) < evidence([told])


def test_names_that_the_article_does_not_hold_are_less_evidence() -> None:
    assert evidence([sentence(TEN)], named=0.0) < 0.32 < evidence([sentence(TEN)], named=1.0)


def test_where_all_are_asked_for_another_article_adds_its_member() -> None:
    first = sentence("Ostend banned hoses.", score=20, answer="Ostend")
    further = sentence("Hoses are banned in Vell.", "b", score=13, answer="Vell")
    question = "Which towns banned hoses?"
    assert [s.sentence for s in choose(question, [first, further]).selected] == [first, further]
    assert [s.sentence for s in choose(question, [first, further], stands=False).selected] == [first]
    assert selected("Which town banned hoses?", first, further) == [first.text]


def test_a_member_that_is_named_already_is_not_added() -> None:
    first = sentence("Ostend banned hoses.", score=20, answer="Ostend")
    again = sentence("Since Friday hoses are forbidden in Ostend.", "b", score=13, answer="Ostend")
    assert selected("Which towns banned hoses?", first, again) == [first.text]


def test_what_says_that_it_did_not_happen_is_not_put_beside_the_answer() -> None:
    denied = replace(sentence("Vell has not banned hoses.", "b", score=9), event=Telling.OTHERWISE)
    assert selected("Which town banned hoses?", sentence("Ostend banned hoses."), denied) == ["Ostend banned hoses."]


def test_a_further_sentence_that_refers_back_needs_the_one_before_it() -> None:
    best = sentence("Vell will sell its ferry.")
    elsewhere = sentence("It has dropped a plan for a bridge.", "b", score=9)
    assert selected("What will Vell sell?", best, elsewhere) == [best.text]
    best, next_one = placed("Vell will sell its ferry.", "It was built in 1960.", scores=(10, 9))
    assert selected("What will Vell sell?", best, next_one) == [best.text, next_one.text]


def test_a_member_far_behind_the_best_is_not_added() -> None:
    first = sentence("Ostend banned hoses.", score=20, answer="Ostend")
    far = sentence("Hoses are banned in Vell.", "b", score=11.5, answer="Vell")
    assert selected("Which towns banned hoses?", first, far) == [first.text]


def test_a_list_ends_after_five_members() -> None:
    towns = ("Ostend", "Vell", "Tarn", "Orme", "Sedd", "Clune")
    found = [
        sentence(f"Hoses are banned in {town}.", town, score=20 - place, answer=town)
        for place, town in enumerate(towns)
    ]
    assert selected("Which towns banned hoses?", *found) == [one.text for one in found[:5]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("9,000 teachers went on strike.", "Three teachers were sent home.", id="another happening"),
        pytest.param("In Vell 90 teachers were on strike.", "In Sund 70 teachers were on strike.", id="another town"),
    ],
)
def test_numbers_of_different_matters_are_no_dispute(one: str, other: str) -> None:
    counts = [
        sentence(text, article, answer=text.split(" teachers")[0]) for text, article in ((one, "a"), (other, "b"))
    ]
    assert not any(chosen.disputed for chosen in choose("How many teachers are on strike?", counts).selected)
