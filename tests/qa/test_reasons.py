import pytest

from index_store.lexical import Lexical
from qa.events import AskedEvent, read_event
from qa.reasons import Reason, asks_for_reason, reason_in

CLOSED = "Why was the Orrin bridge closed?"


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> AskedEvent:
    folder = tmp_path_factory.mktemp("lexical") / "index"
    Lexical.create(folder)
    event = read_event(CLOSED, Lexical(folder).terms)
    assert event is not None
    return event


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        pytest.param("The bridge was closed after inspectors found cracks.", Reason.GIVEN, id="after"),
        pytest.param("“We closed it because it was not safe,” she said.", Reason.GIVEN, id="because"),
        pytest.param(
            "The closure, in response to a survey, lasted a week.", Reason.GIVEN, id="a noun of the same event"
        ),
        pytest.param("With the Orrin bridge closed, there will be no parade.", Reason.TURNED, id="with"),
        pytest.param("Teachers left at four because the bridge is closed.", Reason.TURNED, id="because of it"),
        pytest.param("The bridge is closed to all traffic.", Reason.NONE, id="no reason"),
        pytest.param("The ferry was late because of fog.", Reason.NONE, id="another event"),
    ],
)
def test_a_reason_of_the_event_is_told_from_what_it_led_to(sentence: str, reason: Reason, event: AskedEvent) -> None:
    assert reason_in(sentence, event) is reason


@pytest.mark.parametrize(
    ("question", "asks"),
    [(CLOSED, True), ("What caused the flood?", True), ("When was it closed?", False), ("What was said?", False)],
)
def test_questions_for_reasons_are_known(question: str, asks: bool) -> None:
    assert asks_for_reason(question) is asks
