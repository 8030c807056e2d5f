import random

import numpy as np
import pytest

from qa.reader.training.clutter import cluttered
from qa.reader.training.features import CLS, SEP, Encoded, batches, collate
from qa.reader.training.invented import invented_pairs
from qa.reader.training.mining import PassagePool, PremiseSwapper
from qa.reader.training.pairs import Pair, occurrences
from qa.reader.training.selection import chosen, refusal_figures

SAID = Pair(
    "When did Osterby close the bridge in 2019?", "", "Osterby closed the bridge in May 2019.", ((29, 32),), 1.0, "own"
)


def test_the_nearest_passage_shares_the_words_of_the_question() -> None:
    pool = PassagePool([("", "Osterby closed the bridge."), ("", "Rain fell on the island.")])

    assert pool.nearest("bridge in Osterby", 1) == (("", "Osterby closed the bridge."),)


def test_invented_pairs_are_the_same_for_the_same_seed() -> None:
    assert list(invented_pairs(50, 7)) == list(invented_pairs(50, 7))


def test_invented_questions_without_an_answer_are_marked_so() -> None:
    for pair in invented_pairs(300, 7):
        assert bool(pair.spans) == (pair.relevant == 1.0) == (pair.source == "invented")


def test_invented_answers_lie_in_their_passage() -> None:
    for pair in invented_pairs(300, 7):
        assert all(0 <= start < end <= len(pair.passage) for start, end in pair.spans)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("may", ((3, 6),), id="case-blind"),
        pytest.param("a", (), id="inside-words-only"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_occurrences_are_whole_words(answer: str, expected: tuple[tuple[int, int], ...]) -> None:
    assert occurrences(answer, "In May rain") == expected


def test_a_false_premise_keeps_the_passage_and_loses_the_answer() -> None:
    (altered,) = PremiseSwapper([SAID.question, "Who left Brandvik?"], seed=1).false_premises([SAID])
    assert altered.question != SAID.question
    assert (altered.passage, altered.spans, altered.relevant) == (SAID.passage, (), 0.0)


def test_clutter_leaves_every_answer_as_it_was() -> None:
    rng = random.Random(5)  # noqa: S311 - sampling, not secrets
    for pair in invented_pairs(200, 5):
        page = cluttered(pair, rng)
        assert [page.passage[start:end] for start, end in page.spans] == [pair.passage[s:e] for s, e in pair.spans]


def test_question_title_and_passage_are_laid_out_as_the_reader_lays_them_out() -> None:
    batch = collate([Encoded((7,), (8,), (9, 10), ((1, 1),), 1.0, early=False)])
    assert batch.ids.tolist() == [[CLS, 7, SEP, 8, SEP, 9, 10, SEP]]
    assert batch.segments.tolist() == [[0, 0, 0, 1, 1, 1, 1, 1]]
    assert np.flatnonzero(batch.starts[0]).tolist() == [6]
    assert np.flatnonzero(batch.allowed[0]).tolist() == [0, 5, 6]


def test_a_passage_without_an_answer_points_at_null() -> None:
    batch = collate([Encoded((7,), (), (9, 10), (), 0.0, early=False)])
    assert np.flatnonzero(batch.starts[0]).tolist() == np.flatnonzero(batch.ends[0]).tolist() == [0]


def test_windows_of_a_long_passage_keep_answers_in_their_place() -> None:
    long = Encoded((7,), (), tuple(range(1000, 1600)), ((300, 302),), 1.0, early=False)
    for (window,) in batches([long] * 40, 1, random.Random(3)):  # noqa: S311 - windows, not secrets
        for start, end in window.spans:
            assert window.passage[start : end + 1] == (1300, 1301, 1302)
        assert window.relevant == float(bool(window.spans))


def test_refusal_figures_of_a_perfect_score() -> None:
    figures = refusal_figures(np.array([3.0, 2.0, -1.0]), np.array([True, True, False]))
    assert figures["auc"] == figures["refusal_recall@0.10"] == figures["refusal_f1_at_0"] == 1.0


def test_a_sentence_found_twice_is_chosen_once() -> None:
    passage = {"relevance": 0.0, "retrieval": 0.0, "sentences": [("Same  text.", 2.0), ("Other.", 1.0)]}
    assert [one.text for one in chosen({"passages": [passage, passage]}, 3)] == ["Same text.", "Other."]
