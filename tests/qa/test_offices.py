import pytest

from qa.events import Telling
from qa.offices import read_office

MAYOR = "Who is the mayor of Vell?"
PRESIDENT = "Who is the president of France?"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param(MAYOR, "The mayor of Vell, Ada Oake, spoke.", Telling.TOLD, id="beside the name"),
        pytest.param(MAYOR, "Ada Oake is the mayor of Vell.", Telling.TOLD, id="is"),
        pytest.param(MAYOR, "Ada Oake was sworn in as mayor of Vell.", Telling.TOLD, id="sworn in"),
        pytest.param(MAYOR, "Vell elected Ada Oake as mayor.", Telling.TOLD, id="elected by the town"),
        pytest.param(MAYOR, "Mayor Ada Oake opened the bridge in Vell.", Telling.TOLD, id="without the town"),
        pytest.param(MAYOR, "The deputy mayor of Vell, Ada Oake, spoke.", Telling.OTHERWISE, id="deputy"),
        pytest.param(MAYOR, "The former mayor of Vell, Ada Oake, spoke.", Telling.OTHERWISE, id="former"),
        pytest.param(MAYOR, "The mayor of Sund, Ada Oake, came to Vell.", Telling.OTHERWISE, id="of another town"),
        pytest.param(MAYOR, "The mayor of Vell did not come.", Telling.OTHERWISE, id="nobody named"),
        pytest.param(MAYOR, "Ada Oake walked through Vell.", Telling.SILENT, id="no office"),
        pytest.param(
            "Who is the deputy mayor of Vell?", "Deputy mayor Ada Oake left Vell.", Telling.TOLD, id="as asked"
        ),
        pytest.param(
            "Who is the prime minister?", "The finance minister, Ada Oake, left.", Telling.OTHERWISE, id="prime"
        ),
        pytest.param("Who is the fire chief of Vell?", "Vell fire chief Ada Oake left.", Telling.TOLD, id="fire chief"),
        pytest.param(
            "Who is the police chief of Vell?", "Police chief Ada Oake left Vell.", Telling.TOLD, id="a capital"
        ),
        pytest.param(
            "Who is the fire chief of Vell?", "Police chief Ada Oake left Vell.", Telling.OTHERWISE, id="police"
        ),
        pytest.param(PRESIDENT, "President Ada Oake spoke in France.", Telling.TOLD, id="one country"),
        pytest.param(PRESIDENT, "President Ada Oake flew from Peru to France.", Telling.SILENT, id="two countries"),
    ],
)
def test_an_office_is_told_where_somebody_is_named_with_it(question: str, text: str, expected: Telling) -> None:
    office = read_office(question)
    assert office is not None
    assert office.tellings([text], text, "") == [expected]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who is Ada Oake?", id="a person"),
        pytest.param("Who is the mayor that resigned?", id="described by a deed"),
        pytest.param("Who is the mother of Ada Oake?", id="no office"),
        pytest.param("Who closed the bridge?", id="a deed"),
    ],
)
def test_other_questions_ask_for_no_holder(question: str) -> None:
    assert read_office(question) is None
