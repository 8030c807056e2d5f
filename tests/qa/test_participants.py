import pytest

from qa.events import Telling, read_event

FOUNDED = "When was the Vell Museum founded?"
FOUNDER = "Who founded Orrin Lines?"
STAFF = "How many people does Orrin Lines employ?"
MILL = "When did the mill in Vell open?"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param(FOUNDED, "The Vell Museum was founded in 1880.", Telling.TOLD, id="in the passive"),
        pytest.param(FOUNDED, "Ada Oake founded the museum in 1880.", Telling.TOLD, id="in the active"),
        pytest.param(FOUNDED, "A clock made in 1580 came to the Vell Museum.", Telling.SILENT, id="of a thing in it"),
        pytest.param(FOUNDED, "Sund Lines, founded in 1880, pays the museum.", Telling.TOLD, id="apposed, not read"),
        pytest.param(FOUNDER, "Ada Oake founded Orrin Lines.", Telling.TOLD, id="what is asked for"),
        pytest.param(FOUNDER, "Ada Oake, who founded Sund Ferries, spoke.", Telling.ELSEWHERE, id="another firm"),
        pytest.param(FOUNDER, "Orrin Lines was founded in 1880.", Telling.ELSEWHERE, id="by nobody named"),
        pytest.param(FOUNDER, "Orrin Lines was founded by Ada Oake.", Telling.TOLD, id="by somebody"),
        pytest.param("Who won gold?", "Ada Oake won silver.", Telling.ELSEWHERE, id="another medal"),
        pytest.param("Who won gold?", "Ada Oake won gold.", Telling.TOLD, id="the medal"),
        pytest.param(
            MILL, "It runs a mill in Sund, which opened in 2009.", Telling.ELSEWHERE, id="one of another town"
        ),
        pytest.param(MILL, "The mill in Vell opened in 2009.", Telling.TOLD, id="the one of the town"),
        pytest.param(MILL, "The firm plans to open a mill in Vell in May.", Telling.OTHERWISE, id="planned, not done"),
        pytest.param(MILL, "The mill in Vell opened.", Telling.SILENT, id="without a time"),
    ],
)
def test_an_event_is_told_of_the_asked_thing(question: str, text: str, expected: Telling, terms: object) -> None:
    event = read_event(question, terms)  # type: ignore[arg-type]
    assert event is not None
    assert event.told_at([text], 0, "") is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("Orrin Lines runs four boats.", Telling.TOLD, id="of the asked firm"),
        pytest.param("Sund Ferries runs four boats.", Telling.SILENT, id="of another firm"),
    ],
)
def test_a_pronoun_is_of_the_sentence_before(before: str, expected: Telling, terms: object) -> None:
    event = read_event(STAFF, terms)  # type: ignore[arg-type]
    assert event is not None
    assert event.told_at([before, "It employs 85 people."], 1, "") is expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param(
            "When did Oake resign?", "Many demanded that the head, Ada Oake, resign by May.", id="demanded that"
        ),
        pytest.param("When was the inn sold?", "She denied that the inn was to be sold in May.", id="denied that"),
        pytest.param("How many boats sank?", "He did not say how many boats sank.", id="not said how many"),
        pytest.param("How many jobs did Vell cut?", "A plan to cut 20 jobs was dropped.", id="a plan dropped"),
    ],
)
def test_what_is_demanded_denied_unknown_or_dropped_is_not_told(question: str, text: str, terms: object) -> None:
    event = read_event(question, terms)  # type: ignore[arg-type]
    assert event is not None
    assert event.told_at([text], 0, "") is Telling.OTHERWISE
