import pytest

from qa.corrections import is_retraction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Correction, 19 May: An earlier version said that 180 jobs would go.", True, id="notice"),
        pytest.param("*Clarification:* the bridge is municipal.", True, id="clarification"),
        pytest.param("This article was amended on Friday.", True, id="amended"),
        pytest.param("The company will cut 118 jobs.", False, id="statement"),
        pytest.param("She corrected the pupils' spelling.", False, id="another correction"),
    ],
)
def test_notices_of_correction_are_recognised(text: str, expected: bool) -> None:
    assert is_retraction(text) is expected
