import pytest

from qa.numbers import asks_for_number, numbers_in


@pytest.mark.parametrize("text", ["1,200", "1.2 thousand", "twelve hundred", "$1,200"])
def test_one_quantity_however_it_is_written(text: str) -> None:
    assert numbers_in(f"It cost {text} in all.") == {1200}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("forty-two ships and 3.5 million tons", {42, 3_500_000}, id="words and scales"),
        pytest.param("nobody came", set(), id="none"),
        pytest.param("the A320 landed", set(), id="part of a name"),
        pytest.param("18% of 640 jobs", {18, 640}, id="percentage"),
    ],
)
def test_numbers_are_read(text: str, expected: set[float]) -> None:
    assert numbers_in(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("How many ships sailed?", True), ("What percentage voted?", True), ("How did it end?", False)],
)
def test_questions_that_want_a_quantity(question: str, expected: bool) -> None:
    assert asks_for_number(question) is expected
