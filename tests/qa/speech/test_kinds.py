import pytest

from qa.speech.kinds import kind_of, may_deny


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("vowed", "promise"),
        ("Rejects", "deny"),
        ("conceded", "admit"),
        ("called for", "call-for"),
        ("called", ""),
        ("said", ""),
        ("", ""),
    ],
)
def test_a_verb_has_the_kind_of_its_like(verb: str, kind: str) -> None:
    assert kind_of(verb) == kind


@pytest.mark.parametrize(
    ("words", "expected"),
    [("I did not take it", True), ("It’s untrue", True), ("I didn’t", True), ("I took it", False)],
)
def test_a_denial_needs_a_negation(words: str, expected: bool) -> None:
    assert may_deny(words) is expected
