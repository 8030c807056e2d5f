import pytest

from index_store.quotations import Quotation
from qa.speech.speakers import is_name, read_speaker


@pytest.mark.parametrize(
    ("asked", "speaker", "role", "same"),
    [
        pytest.param("Oake", "Ada Oake", "", True, id="surname"),
        pytest.param("Ada Oake", "Oake", "", True, id="only the surname is quoted"),
        pytest.param("Ada Oake", "Adam Oake", "", False, id="another given name"),
        pytest.param("Tess Oake", "Ada Oake", "", False, id="sister"),
        pytest.param("Mayor Oake", "Ada Oake", "the mayor", True, id="title before the name"),
        pytest.param("Oake's", "Ada Oake", "", True, id="possessive"),
        pytest.param("Élan Béart", "Elan Beart", "", True, id="accents"),
        pytest.param("the mayor", "Ada Oake", "mayor of Orrin Bay", True, id="role"),
        pytest.param("the mayor", "Ada Oake", "minister", False, id="other role"),
        pytest.param("the U.S. officials", "a senior U.S. official", "", True, id="plural"),
        pytest.param("Oake", "a spokesman for the board", "", False, id="somebody else"),
        pytest.param("Oake", "", "", False, id="unknown speaker"),
    ],
)
def test_a_quotation_is_the_speakers_own(asked: str, speaker: str, role: str, same: bool) -> None:
    assert read_speaker(asked).said(Quotation(0, 1, "direct", speaker, role=role)) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ada Oake", True), ("Maria de la Cruz", True), ("one of the sources", False), ("His rival said", False)],
)
def test_names_are_told_from_descriptions(text: str, expected: bool) -> None:
    assert is_name(text) is expected
