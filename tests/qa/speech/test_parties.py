import pytest

from qa.speech.parties import named_parties


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        pytest.param("Oake and Tolle", ("Oake", "Tolle"), id="two names"),
        pytest.param("Oake, Tolle and the mayor", ("Oake", "Tolle", "the mayor"), id="three"),
        pytest.param("Oake and her deputy", ("Oake", "Oake's deputy"), id="a relation of the first"),
        pytest.param("French and Swiss officials", ("French officials", "Swiss officials"), id="shared role"),
        pytest.param("the mayor of Vell and Ada Oake", ("the mayor of Vell", "Ada Oake"), id="after a place"),
        pytest.param("the Ministry of Roads and Rails", ("the Ministry of Roads and Rails",), id="one ministry"),
        pytest.param("Tolle and Tolle", ("Tolle and Tolle",), id="one firm"),
        pytest.param("Ada Oake", ("Ada Oake",), id="one"),
    ],
)
def test_parties_are_told_apart_where_they_are_several(speaker: str, expected: tuple[str, ...]) -> None:
    assert named_parties(speaker) == expected
