"""Wider questions in the place of one that was refused."""

from datetime import date

import pytest

from qa.rewording import rewordings

DAY = date(2025, 6, 5)


@pytest.mark.parametrize(
    ("question", "wider"),
    [
        pytest.param(
            "What did the mayor say about taxes last week?",
            (
                "What did the mayor say about taxes?",
                "Who spoke about taxes?",
                "What did the mayor say?",
            ),
            id="speech with a time",
        ),
        pytest.param("Who paid for the bridge in March 2021?", ("Who paid for the bridge?",), id="a month"),
        pytest.param("In May 2024, who left?", ("Who left?",), id="a time that begins"),
        pytest.param(
            "What did Holm say about the pier?", ("Who spoke about the pier?", "What did Holm say?"), id="said"
        ),
        pytest.param("How many submarines did Vennay buy?", (), id="nothing to widen"),
        pytest.param("What did Holm say?", (), id="as wide as it can be"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_a_question_is_widened_step_by_step(question: str, wider: tuple[str, ...]) -> None:
    assert rewordings(question, DAY) == wider
