import pytest

from qa.numbers import asks_for_number, numbers_in, read_numbers


@pytest.mark.parametrize(
    "text", ["1,200", "1.2 thousand", "twelve hundred", "$1,200", "1200", "one thousand two hundred"]
)
def test_one_quantity_however_it_is_written(text: str) -> None:
    assert numbers_in(f"It cost {text} in all.") == {1200}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("forty-two ships and 3.5 million tons", {42, 3_500_000}, id="words and scales"),
        pytest.param("nobody came", set(), id="none"),
        pytest.param("the A320 landed", set(), id="part of a name"),
        pytest.param("an F-16 landed", set(), id="part of a hyphenated name"),
        pytest.param("18% of 640 jobs", {18, 640}, id="percentage"),
        pytest.param("two hundred and five boats", {205}, id="joined by and"),
        pytest.param("five and six boats", {5, 6}, id="two numbers joined by and"),
        pytest.param("a dozen boats, two dozen crew", {12, 24}, id="dozens"),
        pytest.param("several million fish, thousands of birds", set(), id="vague"),
        pytest.param("half a million fish", {500_000}, id="half a million"),
        pytest.param("two and a half million fish", {2_500_000}, id="and a half"),
        pytest.param("three hundred thousand fish", {300_000}, id="two scales"),
        pytest.param("2½ miles", {2.5}, id="fraction sign"),
        pytest.param("€3bn", {3e9}, id="short scale"),
        pytest.param("10-15 boats", {10, 15}, id="range"),
    ],
)
def test_numbers_are_read(text: str, expected: set[float]) -> None:
    assert numbers_in(text) == expected


def test_a_point_may_divide_off_thousands() -> None:
    assert read_numbers("2.300 Menschen")[0].values == (2.3, 2300)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("How many ships sailed?", True), ("What percentage voted?", True), ("How did it end?", False)],
)
def test_questions_that_want_a_quantity(question: str, expected: bool) -> None:
    assert asks_for_number(question) is expected
