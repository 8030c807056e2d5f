import pytest

from qa.speech.reading import SpeechQuestion, read_speech_question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("What did Oake say about the dam?", SpeechQuestion("Oake", "the dam"), id="what did X say about"),
        pytest.param("And what did Oake say?", SpeechQuestion("Oake", ""), id="without a topic"),
        pytest.param("what has the mayor said on fares", SpeechQuestion("the mayor", "fares"), id="has said on"),
        pytest.param("How did Ada Oake describe the storm?", SpeechQuestion("Ada Oake", "the storm"), id="describe"),
        pytest.param("Did Oake comment on the report?", SpeechQuestion("Oake", "the report"), id="did X comment"),
        pytest.param("What was Oake's reaction to the vote?", SpeechQuestion("Oake", "the vote"), id="reaction"),
        pytest.param("Who said that the dam is safe?", SpeechQuestion("", "the dam is safe"), id="who said that"),
        pytest.param("Who said: “It is safe”?", SpeechQuestion("", "“It is safe”"), id="who said, quoted"),
        pytest.param(
            "What did Oake say, according to the article “Dam opened: ‘No danger’”?",
            SpeechQuestion("Oake", "", "Dam opened: ‘No danger’"),
            id="named article",
        ),
        pytest.param("Who vetoed the plan?", None, id="who did"),
        pytest.param("What did Oake build?", None, id="what did X do"),
        pytest.param("When did Oake say it?", None, id="when"),
    ],
)
def test_whose_words_are_asked_for(question: str, expected: SpeechQuestion | None) -> None:
    assert read_speech_question(question) == expected
