import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.llm.thinking import ThinkingFilter


def filtered(*pieces: str) -> str:
    thinking = ThinkingFilter()
    return "".join([*map(thinking.feed, pieces), thinking.flush()])


CASES = {
    "no thought": ("The dam held.", "The dam held."),
    "thought": ("<think>hm</think>The dam held.", "The dam held."),
    "blanks around": ("\n <think>\nhm\n</think>\n\nThe dam held.\n", "The dam held.\n"),
    "two thoughts": ("<think>a</think> <thinking>b</thinking> Yes", "Yes"),
    "empty thought": ("<think></think>Yes", "Yes"),
    "no end": ("<think>hm, the dam", ""),
    "a tag inside the thought": ("<think>a <b> </p> </thin</think>Yes", "Yes"),
    "a tag later on": ("He wrote <think>no</think>.", "He wrote <think>no</think>."),
    "another tag": ("<thinner> ice", "<thinner> ice"),
    "the beginning of a tag": ("<thi", "<thi"),
    "less than": ("< 5 metres", "< 5 metres"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_thoughts_at_the_head_are_left_out(text: str, expected: str) -> None:
    assert filtered(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_pieces_may_be_cut_anywhere(text: str, expected: str) -> None:
    assert filtered(*text) == expected


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "think", ">", "a ", "\n", "</"])), st.integers(1, 9))
def test_cutting_the_text_otherwise_changes_nothing(parts: list[str], size: int) -> None:
    text = "".join(parts)

    assert filtered(*(text[at : at + size] for at in range(0, len(text), size))) == filtered(text)
