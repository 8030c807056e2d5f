import pytest

from index_store.search import fuse, ranked


def test_fused_score_is_the_weighted_sum_of_shares_of_the_best() -> None:
    # lexical 1 and 0.5, dense 0.25 and 1: 0.4 * 0.25 + 0.6 * 1 and 0.4 * 1 + 0.6 * 0.5
    fused = fuse({1: 8.0, 2: 4.0}, {1: 0.2, 2: 0.8}, dense_weight=0.4)
    assert fused == pytest.approx({1: 0.7, 2: 0.7})


def test_a_score_does_not_hang_on_how_many_others_are_candidates() -> None:
    few = fuse({1: 8.0}, {1: 0.5, 2: 0.7}, dense_weight=0.4)
    many = fuse({1: 8.0}, {1: 0.5, 2: 0.7, 3: 0.1, 4: -0.2}, dense_weight=0.4)
    assert {key: many[key] for key in few} == few
    assert many[4] == 0


def test_a_passage_without_a_shared_word_keeps_its_meaning_score() -> None:
    assert fuse({1: 8.0}, {1: 0.2, 2: 0.7}, dense_weight=0.4)[2] == pytest.approx(0.4)


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse({}, {}, dense_weight=0.4) == {}


def test_equal_scores_keep_the_order_of_indexing() -> None:
    assert list(ranked({3: 1.0, 1: 1.0, 2: 2.0}, 2)) == [2, 1]
