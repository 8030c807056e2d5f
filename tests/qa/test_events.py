import pytest

from qa.events import Telling, read_event

WHY = "Why did Tilda Brask resign?"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param(WHY, "Tilda Brask resigned on Monday.", Telling.TOLD, id="the verb itself"),
        pytest.param(WHY, "Brask, the mayor, announced her resignation.", Telling.TOLD, id="its noun"),
        pytest.param(WHY, "Brask quit after the report.", Telling.TOLD, id="another word for it"),
        pytest.param(WHY, "She stepped down on Monday.", Telling.TOLD, id="a pronoun may be meant"),
        pytest.param(WHY, "Tilda Brask opened the bridge.", Telling.SILENT, id="another event"),
        pytest.param(WHY, "Odo Vell resigned before Brask arrived.", Telling.OTHERWISE, id="somebody else"),
        pytest.param(WHY, "Brask did not resign.", Telling.OTHERWISE, id="denied"),
        pytest.param(WHY, "The boat would leave at noon.", Telling.SILENT, id="nobody who may be meant"),
        pytest.param(WHY, "Brask had no intention of resigning.", Telling.OTHERWISE, id="no intention"),
        pytest.param(WHY, "Brask was asked whether she would resign.", Telling.OTHERWISE, id="an open question"),
        pytest.param(WHY, "Brask refused to resign.", Telling.OTHERWISE, id="refused"),
        pytest.param(WHY, "The union called on Tilda Brask to resign.", Telling.OTHERWISE, id="called for"),
        pytest.param(WHY, "Many demanded that Brask resign.", Telling.OTHERWISE, id="demanded"),
        pytest.param(WHY, "Brask ruled out resigning.", Telling.OTHERWISE, id="ruled out"),
        pytest.param(WHY, "Tilda Brask may resign.", Telling.OTHERWISE, id="may"),
        pytest.param("Who could resign?", "Tilda Brask may resign.", Telling.TOLD, id="what may happen, as asked"),
        pytest.param(WHY, "Brask asked for calm and resigned.", Telling.TOLD, id="another clause"),
        pytest.param("Which towns are banning hoses?", "Vell banned hoses.", Telling.TOLD, id="progressive"),
        pytest.param("Which towns are banning hoses?", "Vell rejected a ban.", Telling.OTHERWISE, id="rejected"),
        pytest.param(WHY, "Brask was forced to resign.", Telling.TOLD, id="forced"),
        pytest.param(WHY, "Brask said she would resign.", Telling.TOLD, id="announced"),
        pytest.param("Who stole the chart?", "The theft was found in May.", Telling.TOLD, id="irregular verb"),
        pytest.param("Who was arrested at the march?", "The police reported no arrests.", Telling.OTHERWISE, id="none"),
        pytest.param("How many people died?", "Three people were killed.", Telling.TOLD, id="passive"),
        pytest.param("How many people died?", "Three people were fed.", Telling.SILENT, id="another passive"),
    ],
)
def test_a_text_tells_of_the_event_asked_about(question: str, text: str, expected: Telling, terms: object) -> None:
    event = read_event(question, terms)  # type: ignore[arg-type]
    assert event is not None
    assert event.told_in(text) is expected


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Why did Tilda Brask not resign?", id="denied by the question"),
        pytest.param("What is the name of the ship?", id="no event"),
        pytest.param("What happened to the bridge?", id="too light a verb"),
        pytest.param("Where is the museum located?", id="a state"),
        pytest.param("The ship sank on Monday, and its owner is of which country?", id="the asker's own telling"),
        pytest.param("harbour bridge", id="no question"),
        pytest.param("", id="nothing"),
    ],
)
def test_some_questions_name_no_event(question: str, terms: object) -> None:
    assert read_event(question, terms) is None  # type: ignore[arg-type]
