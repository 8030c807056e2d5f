import pytest

from qa.evaluation.matching import contains, token_f1, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The Mayor, Ana RUIZ.", ("mayor", "ana", "ruiz"), id="case, punctuation and articles"),
        pytest.param("It ended Monday [1] [2, 13].", ("it", "ended", "monday"), id="citation markers"),
        pytest.param("[sic] and [1a]", ("sic", "and", "1a"), id="brackets that are no markers"),
        pytest.param("São Tomé", ("sao", "tome"), id="accents"),
        pytest.param("the city's mayor", ("city", "mayor"), id="possessive"),
        pytest.param("$1,200 or 4%", ("$1200", "or", "4%"), id="amounts"),
        pytest.param("café—bar", ("cafebar",), id="a dash without ASCII form joins"),
        pytest.param("東京", (), id="another script"),
        pytest.param("", (), id="empty"),
    ],
)
def test_words_are_compared_in_one_plain_form(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("answer", "accepted", "expected"),
    [
        pytest.param("said Ana Ruiz on Monday", "Ana Ruiz", True, id="in one piece"),
        pytest.param("Ana Maria Ruiz", "Ana Ruiz", False, id="in two pieces"),
        pytest.param("Santana Ruiz", "Ana Ruiz", False, id="part of a word"),
        pytest.param("Ana Ruiz", "Ana Ruiz", True, id="the whole"),
        pytest.param("", "Ana Ruiz", False, id="empty answer"),
        pytest.param("The mayor", "the", False, id="accepted answer without words"),
    ],
)
def test_an_accepted_answer_is_contained_word_by_word(answer: str, accepted: str, expected: bool) -> None:
    assert contains(words_of(answer), words_of(accepted)) is expected


@pytest.mark.parametrize(
    ("answer", "accepted", "expected"),
    [
        pytest.param("Ana Ruiz", "Ana Ruiz", 1.0, id="equal"),
        pytest.param("Mayor Ana Ruiz", "Ana Ruiz", 0.8, id="precision 2/3, recall 1"),
        pytest.param("no no no", "no", 0.5, id="a repeated word counts once"),
        pytest.param("nobody", "Ana Ruiz", 0.0, id="nothing in common"),
        pytest.param("", "", 0.0, id="both empty"),
    ],
)
def test_token_f1(answer: str, accepted: str, expected: float) -> None:
    assert token_f1(words_of(answer), words_of(accepted)) == pytest.approx(expected)
