from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.generative.markers import Marker, MarkerReader, Text, read_markers


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        pytest.param("[1]", (1,), id="one"),
        pytest.param("[1, 2]", (1, 2), id="a list"),
        pytest.param("[1,2;3]", (1, 2, 3), id="a list without blanks"),
        pytest.param("【2】", (2,), id="lenticular brackets"),
        pytest.param("［３］", (3,), id="full-width brackets and digits"),
        pytest.param("[2-4]", (2, 3, 4), id="a range"),
        pytest.param("[2–4]", (2, 3, 4), id="a range with a dash"),
        pytest.param("[1, 3-4]", (1, 3, 4), id="a list with a range"),
        pytest.param("[2, 2]", (2,), id="the same twice"),
        pytest.param("[ 1 ]", (1,), id="blanks inside"),
        pytest.param("【1†source】", (1,), id="a dagger"),
        pytest.param("[^1]", (1,), id="a footnote"),
        pytest.param("[[1]]", (1,), id="doubled"),
    ],
)
def test_a_marker_is_read(written: str, numbers: tuple[int, ...]) -> None:
    assert list(read_markers(f"The dam held {written}.")) == [Text("The dam held "), Marker(numbers), Text(".")]


@pytest.mark.parametrize(
    "text", ["[2024]", "[sic]", "[0]", "[5-2]", "[]", "[1", "1]", "[a1]", "[1](http://a.example)", "[1.5]"]
)
def test_other_brackets_are_left_alone(text: str) -> None:
    assert list(read_markers(text)) == [Text(text)]


def test_two_markers_in_a_row_are_two() -> None:
    assert list(read_markers("Held [1][2]")) == [Text("Held "), Marker((1,)), Marker((2,))]


def test_half_a_marker_is_held_back_until_it_is_whole() -> None:
    reader = MarkerReader()

    assert list(reader.feed("It held [1")) == [Text("It held ")]
    assert list(reader.feed("2")) == []
    assert list(reader.feed("]. Then")) == [Marker((12,)), Text(". Then")]


def test_what_turns_out_to_be_no_marker_is_text() -> None:
    reader = MarkerReader()
    list(reader.feed("[1"))

    assert list(reader.feed("6th] street")) == [Text("[16th] street")]


def test_half_a_marker_at_the_end_is_text() -> None:
    reader = MarkerReader()
    list(reader.feed("It held ["))

    assert list(reader.finish()) == [Text("[")]


def test_a_link_is_told_from_a_marker_though_it_comes_in_two_pieces() -> None:
    reader = MarkerReader()
    parts = [*reader.feed("see [1]"), *reader.feed("(http://a.example)"), *reader.finish()]

    assert "".join(part.text for part in parts if isinstance(part, Text)) == "see [1](http://a.example)"


@given(st.text(alphabet="ab .[]1234567890,-–【】［］†(", max_size=40), st.lists(st.integers(0, 40), max_size=5))
def test_pieces_read_like_the_whole(text: str, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    reader = MarkerReader()
    parts = [part for start, end in pairwise(edges) for part in reader.feed(text[start:end])]
    parts += reader.finish()

    assert _merged(parts) == _merged(list(read_markers(text)))


def _merged(parts: list[Text | Marker]) -> list[Text | Marker]:
    merged: list[Text | Marker] = []
    for part in parts:
        if merged and isinstance(part, Text) and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + part.text)
        else:
            merged.append(part)
    return merged
