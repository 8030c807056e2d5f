from collections.abc import Sequence

import numpy as np
import pytest

from qa.reader import Reading
from qa.reader.reading import ANSWER_TOKENS


def reading(starts: Sequence[float], ends: Sequence[float]) -> Reading:
    offsets = np.array([(5 * place, 5 * place + 4) for place in range(len(starts))], dtype=np.int64).reshape(-1, 2)
    return Reading.of(offsets, np.array(starts, np.float32), np.array(ends, np.float32), relevance=0.0)


def test_best_span_has_the_highest_sum_of_start_and_end() -> None:
    best = reading([1.0, 4.0, 0.0], [0.0, 1.0, 3.0])
    assert (best.start, best.end, best.span) == (5, 14, 7.0)


def test_a_span_never_ends_before_it_starts() -> None:
    best = reading([0.0, 0.0, 5.0], [9.0, 0.0, 1.0])
    assert (best.start, best.end, best.span) == (0, 4, 9.0)


def test_a_span_is_no_longer_than_the_limit() -> None:
    length = ANSWER_TOKENS + 5
    starts, ends = [0.0] * length, [0.0] * length
    starts[0], ends[-1] = 5.0, 5.0
    best = reading(starts, ends)
    assert (best.end - best.start) <= 5 * ANSWER_TOKENS
    assert best.span == 5.0


def test_a_sentence_is_scored_by_the_best_span_that_begins_in_it() -> None:
    scores = reading([1.0, 0.0, 3.0, 0.0], [0.0, 2.0, 0.5, 0.0]).sentence_scores([(0, 9), (10, 19)])
    assert [score.span for score in scores] == [3.0, 3.5]


@pytest.mark.parametrize(
    "sentence",
    [pytest.param((100, 120), id="past-the-end"), pytest.param((4, 5), id="between-two-pieces")],
)
def test_a_sentence_without_word_pieces_cannot_answer(sentence: tuple[int, int]) -> None:
    (score,) = reading([1.0, 1.0], [1.0, 1.0]).sentence_scores([sentence])
    assert score.span < -1000


def test_an_empty_passage_cannot_answer() -> None:
    empty = reading([], [])
    assert (empty.start, empty.end) == (0, 0)
    assert empty.span < -1000
    assert empty.sentence_scores([(0, 5)])[0].span < -1000
