import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.generative.sentences import SentenceReader, WrittenSentence


def read(*pieces: str, whole: bool = True) -> list[WrittenSentence]:
    reader = SentenceReader()
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return [*found, *reader.finish(whole=whole)]


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        pytest.param("The dam held [1].", [("The dam held.", (1,))], id="before the full stop"),
        pytest.param("The dam held. [1]", [("The dam held.", (1,))], id="after the full stop"),
        pytest.param("The dam held.[1] It leaks [2].", [("The dam held.", (1,)), ("It leaks.", (2,))], id="no blank"),
        pytest.param("It held [1] and leaked [2].", [("It held and leaked.", (1, 2))], id="two places"),
        pytest.param("It held. It leaked. [2]", [("It held.", ()), ("It leaked.", (2,))], id="one without"),
        pytest.param("[1] The dam held.", [("The dam held.", (1,))], id="in front"),
        pytest.param("- It held [1]\n- It leaked [2]", [("It held", (1,)), ("It leaked", (2,))], id="a list"),
        pytest.param("**Yes.** It held [1].", [("Yes.", ()), ("It held.", (1,))], id="emphasis"),
        pytest.param(
            'She said: "It held. It leaks." [1] Nobody left [2].',
            [('She said: "It held. It leaks."', (1,)), ("Nobody left.", (2,))],
            id="a quotation of two sentences",
        ),
        pytest.param(
            "Mr. Oduya left the U.S. on May 3 [1].", [("Mr. Oduya left the U.S. on May 3.", (1,))], id="points"
        ),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_reply_is_cut_into_sentences_with_their_markers(
    reply: str, sentences: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(sentence.text, sentence.markers) for sentence in read(reply)] == sentences


def test_a_sentence_comes_as_soon_as_the_next_has_begun() -> None:
    reader = SentenceReader()
    assert list(reader.feed("The dam held [1]")) == []
    assert list(reader.feed(". ")) == []

    assert [sentence.text for sentence in reader.feed("It still leaks")] == ["The dam held."]


def test_an_open_quotation_is_waited_for() -> None:
    reader = SentenceReader()
    assert list(reader.feed("She said: “It held. It leaks. And we")) == []

    assert [sentence.text for sentence in reader.feed(" know.” [1] Nobody has left")] == [
        "She said: “It held. It leaks. And we know.”"
    ]


def test_what_breaks_off_is_marked() -> None:
    assert read("The dam held [1]. It lea", whole=False) == [
        WrittenSentence("The dam held.", (1,)),
        WrittenSentence("It lea", (), whole=False),
    ]


@given(st.integers(1, 12))
def test_the_size_of_the_pieces_makes_no_difference(size: int) -> None:
    reply = 'Mr. Oduya said: "It held. It leaks." [1, 2] He left on May 3 [3]. By 5 p.m. all were home. [1][4]'
    pieces = [reply[start : start + size] for start in range(0, len(reply), size)]

    assert read(*pieces) == read(reply)
