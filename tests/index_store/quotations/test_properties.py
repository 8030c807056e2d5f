"""What holds for any text at all."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index_store.quotations import find_quotations, people_in

_PIECES = st.sampled_from(
    [
        *("“", "”", '"', "'", "‘", "’", "''", "``", " ", "\n", "\n\n", ", ", ". ", "? ", ": ", "- "),
        *("said ", "told ", "he ", "that ", "according to ", "who ", "called ", "by ", "Maria Lopez ", "Lopez "),
        *("the mayor ", "6'2\"", "’90s ", "Sen. ", "don't ", "U.S. ", "We will rebuild", "a fraud", "It is late"),
        *("İ", "\x02", "\x00", "<a href=", ">"),
    ]
)
_NEWS = st.lists(_PIECES, max_size=60).map("".join)


@settings(deadline=None)
@given(st.one_of(_NEWS, st.text(max_size=200)))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    found = find_quotations(text)
    assert [q.start for q in found] == sorted(q.start for q in found)
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert (q.speaker_start, q.speaker_end) == (-1, -1) or 0 <= q.speaker_start < q.speaker_end <= len(text)


@settings(deadline=None)
@given(_NEWS)
def test_marked_quotations_never_overlap(text: str) -> None:
    found = find_quotations(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(deadline=None)
@given(_NEWS)
def test_the_same_text_gives_the_same_quotations(text: str) -> None:
    assert find_quotations(text) == find_quotations(text)


@settings(deadline=None)
@given(st.one_of(_NEWS, st.text(max_size=200)))
def test_every_mention_of_a_person_is_inside_the_text(text: str) -> None:
    for person in people_in(text):
        assert all(0 <= start < end <= len(text) for start, end in person.mentions)


@pytest.mark.parametrize(
    "piece",
    ['"', "“", "'a ", 'he said "', "Lopez said ", "5' 6\" ", "said that he ", "the spokesman ", "A ", "who, ", "a. "],
)
def test_long_monotonous_text_stays_cheap(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    started = time.process_time()
    find_quotations(text)
    assert time.process_time() - started < 20  # quadratic behaviour would take minutes
