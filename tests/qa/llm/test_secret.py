import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.llm.secret import SecretFilter

KEY = "sk-hush-0123"


def filtered(*pieces: str, key: str = KEY) -> str:
    secret = SecretFilter(key)
    return "".join(map(secret.feed, pieces)) + secret.flush()


CASES = {
    "none": ("The warden did.", "The warden did."),
    "alone": (KEY, "[key]"),
    "twice": (f"{KEY}{KEY} it is", "[key][key] it is"),
    "a false beginning": ("sk-hush sk-hush-0123.", "sk-hush [key]."),
    "a short beginning at the end": ("The sluices", "The sluices"),
    "a long beginning at the end": ("It is sk-hush-012", "It is [key]"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_key_is_hidden_wherever_the_pieces_are_cut(text: str, expected: str) -> None:
    assert filtered(text) == filtered(*text) == expected


def test_pieces_without_a_key_pass_at_once() -> None:
    assert SecretFilter(KEY).feed("The warden ") == "The warden "
    assert SecretFilter("").feed(KEY) == KEY


@given(st.lists(st.sampled_from(["sk-", "hush-", "0123", "s", "k", " a "])), st.integers(1, 9))
def test_cutting_the_text_otherwise_changes_nothing(parts: list[str], size: int) -> None:
    text = "".join(parts)
    shown = filtered(*(text[at : at + size] for at in range(0, len(text), size)))

    assert shown == filtered(text)
    assert KEY not in shown
