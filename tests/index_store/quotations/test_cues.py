"""The verb, the role and the hearer beside a quotation."""

import pytest

from index_store.quotations import Quotation, find_quotations


def only(text: str) -> Quotation:
    found = [q for q in find_quotations(text) if q.kind != "indirect"]
    assert len(found) == 1
    return found[0]


def test_the_verb_the_role_and_the_hearer_are_kept() -> None:
    found = only("Portuguese Foreign Minister Maria Lopez told Reuters: “We will rebuild the bridge.”")
    assert (found.verb, found.role, found.told) == ("told", "Portuguese Foreign Minister", "Reuters")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Maria Lopez told the Harbor Times that “ships are late.”", "the Harbor Times", id="that"),
        pytest.param("Maria Lopez told reporters aboard a ferry: “We rest.”", "reporters", id="place"),
        pytest.param("“We rest,” Maria Lopez told Reuters’ Ann Roe.", "Reuters’ Ann Roe", id="end"),
        pytest.param("“We rest,” Maria Lopez said in an interview with Harbor Radio.", "Harbor Radio", id="interview"),
        pytest.param("“We rest,” Maria Lopez said.", "", id="nobody"),
    ],
)
def test_the_hearer_is_kept(text: str, told: str) -> None:
    assert only(text).told == told


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        pytest.param("“We rest,” Maria Lopez went on.", "went on", id="went on"),
        pytest.param("It was “a fraud,” as Maria Lopez put it.", "put it", id="put it"),
        pytest.param("Maria Lopez went on to say: “We rest.”", "say", id="went on to say"),
        pytest.param("“We rest,” Maria Lopez tweeted.", "tweeted", id="tweeted"),
        pytest.param("Maria Lopez denied that she was “a fraud.”", "denied", id="denied"),
    ],
)
def test_the_verb_is_kept_as_written(text: str, verb: str) -> None:
    assert (only(text).verb, only(text).speaker) == (verb, "Maria Lopez")


@pytest.mark.parametrize(
    "verb",
    ["criticized", "criticised", "characterized", "characterised", "honored", "honoured", "lambasted", "lambasting"],
)
def test_both_spellings_of_a_verb_name_what_was_said(verb: str) -> None:
    assert only(f"Maria Lopez {verb} the port as “a fraud”.").verb == verb


@pytest.mark.parametrize("verb", ["emphasized", "emphasised", "emailed", "e-mailed", "pleaded", "pled"])
def test_both_spellings_of_a_verb_report(verb: str) -> None:
    assert only(f"Maria Lopez {verb}: “We rest.”").verb == verb
