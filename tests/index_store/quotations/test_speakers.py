"""From "he", "Hale" and "the spokeswoman" to a full name."""

import pytest

from index_store.quotations import find_quotations

_INTRODUCED = "Bob Hale, the mayor, met port spokeswoman Maria Lopez on Monday. "


def last_speaker(text: str) -> str:
    return [q for q in find_quotations(text) if q.kind != "indirect"][-1].speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        pytest.param("“We will rebuild,” Lopez said.", "Maria Lopez", id="surname"),
        pytest.param("“We will rebuild,” Ms. Lopez said.", "Maria Lopez", id="honorific"),
        pytest.param("“We will rebuild,” he said.", "Bob Hale", id="he"),
        pytest.param("“We will rebuild,” she said.", "Maria Lopez", id="she"),
        pytest.param("“We will rebuild,” the spokeswoman said.", "Maria Lopez", id="role"),
        pytest.param("“We will rebuild,” the mayor said.", "Bob Hale", id="role after the name"),
        pytest.param("“We will rebuild,” a spokeswoman said.", "a spokeswoman", id="another one"),
        pytest.param("“We will rebuild,” a spokesman for Hale said.", "a spokesman for Hale", id="on behalf"),
    ],
)
def test_a_mention_is_resolved_inside_the_article(sentence: str, speaker: str) -> None:
    assert last_speaker(_INTRODUCED + sentence) == speaker


@pytest.mark.parametrize(
    ("office", "speaker"),
    [
        pytest.param("education minister", "Maria Lopez", id="the same office"),
        pytest.param("minister", "Maria Lopez", id="the office in short"),
        pytest.param("finance minister", "the finance minister", id="a like office of another kind"),
        pytest.param("prime minister", "the prime minister", id="prime"),
        pytest.param("former minister", "the former minister", id="former"),
    ],
)
def test_an_office_is_another_person_than_the_holder_of_a_like_one(office: str, speaker: str) -> None:
    text = f"The education minister, Maria Lopez, left. “It is late,” said the {office}."
    assert last_speaker(text) == speaker


def test_who_came_into_an_office_in_the_article_is_its_holder() -> None:
    assert last_speaker("Maria Lopez became deputy mayor. “It is late,” said the deputy mayor.") == "Maria Lopez"
    assert last_speaker("Maria Lopez became deputy mayor. “It is late,” said the mayor.") == "the mayor"


def test_a_pronoun_prefers_who_spoke_last() -> None:
    text = "Bob Hale met Jim Stone. “It is late,” Stone said.\n\n“We will rebuild,” he added."
    assert last_speaker(text) == "Jim Stone"


def test_a_pronoun_skips_the_other_gender() -> None:
    text = "Bob Hale left early. Maria Lopez stayed until midnight. “We will rebuild,” he said."
    assert last_speaker(text) == "Bob Hale"


def test_a_name_inside_the_quotation_is_not_its_speaker() -> None:
    text = "Bob Hale spoke first. “Jim Stone lied to us,” he said."
    assert last_speaker(text) == "Bob Hale"


def test_two_people_with_one_surname_are_told_apart_by_title() -> None:
    text = "Maria Lopez and her brother, Carlos Lopez, came. “We will rebuild,” Mr. Lopez said."
    assert last_speaker(text) == "Carlos Lopez"


def test_an_unknown_pronoun_keeps_the_mention_and_no_name() -> None:
    text = "“We will rebuild,” she said."
    (found,) = find_quotations(text)
    assert (found.speaker, text[found.speaker_start : found.speaker_end]) == ("", "she")


def test_a_pronoun_is_whoever_the_sentence_before_is_about() -> None:
    eskel = "Torv Eskel, whose daughter spent a week in bed, took her home. “We waited,” he said."
    text = f"Bob Hale ordered masks.\n\n{eskel}"
    assert last_speaker(text) == "Torv Eskel"


def test_one_of_several_is_kept_whole() -> None:
    assert last_speaker("“We will rebuild,” said one of the sources, a senior official.") == "one of the sources"


def test_a_line_that_goes_on_in_lower_case_is_one_paragraph() -> None:
    (found,) = find_quotations(
        "The bay was calm.\nBob Hale said: “So many stories of\nships that never sailed.”\nIt rained."
    )
    assert (found.speaker, found.kind) == ("Bob Hale", "direct")


def test_who_is_introduced_by_a_role_behind_another_speaker_has_the_next_words() -> None:
    text = "“We do what we must,” Lopez said. The president, Maren Holloway, called it “invented from the start”."
    assert [quotation.speaker for quotation in find_quotations(_INTRODUCED + text)] == ["Maria Lopez", "Maren Holloway"]
