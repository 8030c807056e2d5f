from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rained. The dam held.", ["It rained.", "The dam held."], id="two"),
        pytest.param("Sen. Ada Oake met U.S. envoys.", ["Sen. Ada Oake met U.S. envoys."], id="abbreviations"),
        pytest.param("Harbour shut\nThe bridge closed.", ["Harbour shut", "The bridge closed."], id="heading"),
        pytest.param("He spoke of\nbridges that fell.", ["He spoke of\nbridges that fell."], id="line end inside"),
        pytest.param("One\n\ntwo", ["One", "two"], id="blank line always ends"),
        pytest.param("“No. Not now. Ask again,” she said.", ["“No. Not now. Ask again,” she said."], id="quotation"),
        pytest.param("  \n ", [], id="nothing"),
    ],
)
def test_sentences_of(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_wrapped_by_hand_are_joined() -> None:
    text = (
        "The council of Orrin Bay voted late on Tuesday night to close the\n"
        "Harbour Bridge until engineers have looked at every one of the\n"
        "Sixty cables that were found to be rusted in the spring survey of\n"
        "Mayor Tilda Brask, who had asked for it herself in the first week\n"
        "of March."
    )
    assert len(sentences(text)) == 1


@given(st.text(alphabet='ab .!?\n“”"AB1', max_size=200))
def test_every_character_that_is_not_space_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
