from datetime import date

import pytest

from qa.speech.installations import Installation, installations


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        pytest.param(
            "Lise Karr was elected mayor of Orrin Bay on Sunday.", "Lise Karr", "mayor of Orrin Bay", id="elected"
        ),
        pytest.param("It rained hours before Lise Karr was sworn in as mayor.", "Lise Karr", "mayor", id="sworn in"),
        pytest.param("On Sunday Lise Karr was elected mayor.", "Lise Karr", "mayor", id="after a day"),
        pytest.param("Lise Karr, 54, was elected mayor.", "Lise Karr", "mayor", id="after an age"),
        pytest.param("Lise Karr, who becomes mayor on Monday, left.", "Lise Karr", "mayor", id="becomes"),
        pytest.param(
            "Ada Oake was named as the new head of Vell Ferries after a row.",
            "Ada Oake",
            "the new head of Vell Ferries",
            id="named",
        ),
    ],
)
def test_who_comes_into_an_office_is_read(text: str, name: str, office: str) -> None:
    assert list(installations(text, date(2025, 7, 10))) == [Installation(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ada Oake named her dog Rex.", id="who names"),
        pytest.param("Ada Oake, the mayor, spoke.", id="who holds it"),
        pytest.param("He was elected mayor.", id="nobody by name"),
        pytest.param("Nobody believes that Tom Rale will become mayor.", id="nobody believes it"),
        pytest.param("Tom Rale was elected mayor in 1978.", id="another year"),
        pytest.param("When Tom Rale was elected mayor, it rained.", id="some time ago"),
        pytest.param("“If Tom Rale becomes mayor, I will leave,” said Ida Brun.", id="supposed and quoted"),
        pytest.param("Reports that Tom Rale was named mayor are false.", id="reported"),
    ],
)
def test_others_come_into_no_office(text: str) -> None:
    assert list(installations(text, date(2025, 7, 10))) == []
