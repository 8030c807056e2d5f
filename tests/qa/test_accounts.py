import pytest

from qa.accounts import asks_for_account


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("Why was the bridge closed?", True, id="why"),
        pytest.param("What caused the flood?", True, id="what caused"),
        pytest.param("How was the chart found?", True, id="how"),
        pytest.param("How many ships sank?", False, id="how many"),
        pytest.param("Who closed the bridge?", False, id="who"),
    ],
)
def test_questions_that_want_an_account_are_recognised(question: str, expected: bool) -> None:
    assert asks_for_account(question) is expected
