import pytest

from qa.question import Wanted, read_question


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("what did Oake say about the dam?", Wanted.STATEMENT, id="what did X say"),
        pytest.param("how did Oake describe the dam?", Wanted.STATEMENT, id="how did X describe"),
        pytest.param("Who vetoed the plan?", Wanted.PERSON, id="who"),
        pytest.param("When did the bridge close?", Wanted.TIME, id="when"),
        pytest.param("In what year did it open?", Wanted.TIME, id="what year"),
        pytest.param("Where is the dam?", Wanted.PLACE, id="where"),
        pytest.param("How many ships sailed?", Wanted.NUMBER, id="how many"),
        pytest.param("Why was it closed?", Wanted.ANYTHING, id="why"),
    ],
)
def test_the_form_of_a_question_tells_what_is_wanted(text: str, wanted: Wanted) -> None:
    assert read_question(text).wanted is wanted


def test_content_words_leave_out_how_it_is_asked() -> None:
    read = read_question("What did the U.S. officials say about Orrin Bay's dam?")
    assert read.content_words == ("U.S.", "officials", "Orrin", "Bay's", "dam")
    assert read.names == ("U.S.", "Orrin", "Bay's")
