import pytest

from index_store.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "matter"),
    [
        pytest.param(
            "Maria Lopez promised to rebuild the bridge.", "Maria Lopez", "promised", "to rebuild the bridge", id="to"
        ),
        pytest.param("Maria Lopez denied taking money.", "Maria Lopez", "denied", "taking money", id="-ing"),
        pytest.param("Maria Lopez has admitted a mistake.", "Maria Lopez", "admitted", "a mistake", id="a noun"),
        pytest.param(
            "Maria Lopez promised two things: to pay and to go.",
            "Maria Lopez",
            "promised",
            "two things: to pay and to go",
            id="a list",
        ),
        pytest.param("Maria Lopez threatened to sue Vell.", "Maria Lopez", "threatened", "to sue Vell", id="a threat"),
        pytest.param("Maria Lopez offered Vell a loan.", "Maria Lopez", "offered", "Vell a loan", id="an offer"),
        pytest.param(
            "Maria Lopez urged people to boil water.",
            "Maria Lopez",
            "urged",
            "people to boil water",
            id="urging somebody",
        ),
        pytest.param("Maria Lopez called for a vote.", "Maria Lopez", "called for", "a vote", id="calling for"),
        pytest.param("Maria Lopez warned of a flood.", "Maria Lopez", "warned of", "a flood", id="warning of"),
    ],
)
def test_what_was_done_by_speaking_is_found(text: str, speaker: str, verb: str, matter: str) -> None:
    (found,) = find_quotations(text)
    assert (found.kind, found.speaker, found.verb, text[found.start : found.end]) == ("act", speaker, verb, matter)


def test_a_pronoun_promises_in_its_owners_name() -> None:
    *_, found = find_quotations("“I won,” said Maria Lopez. She promised to rebuild the bridge.")
    assert (found.kind, found.speaker) == ("act", "Maria Lopez")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Maria Lopez did not deny taking money.", id="negated"),
        pytest.param("Maria Lopez would promise to pay.", id="conditional"),
        pytest.param("Maria Lopez was denied entry to the hall.", id="passive"),
        pytest.param("Maria Lopez denied it.", id="nothing told"),
        pytest.param("The promised new bridge is late.", id="adjective"),
        pytest.param("Maria Lopez called the vote a farce.", id="calling something a name"),
        pytest.param("Maria Lopez was warned of a flood.", id="warned by somebody"),
        pytest.param("The call for a vote came late.", id="noun"),
        pytest.param("Maria Lopez won a majority of pledged delegates in the north.", id="after a preposition"),
    ],
)
def test_what_was_not_done_is_no_act(text: str) -> None:
    assert find_quotations(text) == ()


def test_words_in_quotation_marks_are_no_act_besides() -> None:
    assert [q.kind for q in find_quotations("Maria Lopez promised to be “very quick” about it.")] == ["mixed"]
