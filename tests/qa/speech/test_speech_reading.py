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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(
            "What did Oake and Tolle say about the dam?", [("Oake", "the dam"), ("Tolle", "the dam")], id="one clause"
        ),
        pytest.param(
            "What did Oake say about the dam, and what did Tolle say?",
            [("Oake", "the dam"), ("Tolle", "the dam")],
            id="the topic of the first clause",
        ),
        pytest.param(
            "What did Oake say, and what did Tolle say about fares?",
            [("Oake", "fares"), ("Tolle", "fares")],
            id="the topic of the last clause",
        ),
        pytest.param(
            "What did Oake say about the dam and how did he explain the delay?",
            [("Oake", "the dam"), ("Oake", "the delay")],
            id="a pronoun",
        ),
        pytest.param("How did Oake and the mayor react?", [("Oake", ""), ("the mayor", "")], id="how did they react"),
        pytest.param(
            "What did Oake say about the dam and what about Tolle?",
            [("Oake", "the dam"), ("Tolle", "the dam")],
            id="what about",
        ),
        pytest.param("What did Oake say about Tolle and Karr?", [("Oake", "Tolle and Karr")], id="two in the topic"),
        pytest.param("Did Oake or Tolle comment on it?", [("Oake", "it"), ("Tolle", "it")], id="or"),
    ],
)
def test_each_speaker_is_asked_for_with_their_topic(question: str, expected: list[tuple[str, str]]) -> None:
    asked = read_speech_question(question)
    assert asked is not None
    assert [(each.speaker, each.topic) for each in asked.each] == expected


@pytest.mark.parametrize(
    ("question", "kind", "hearer", "topic"),
    [
        pytest.param("What did Oake deny?", "deny", "", "", id="deny"),
        pytest.param("What did Oake vow about fares?", "promise", "", "fares", id="a kind by another verb"),
        pytest.param("What did Oake threaten to do?", "threaten", "", "", id="to do"),
        pytest.param("What did Oake urge people to do?", "urge", "people", "", id="urge whom to do"),
        pytest.param("What did Oake call for?", "call-for", "", "", id="call for"),
        pytest.param("What did Oake call on Vell to do?", "call-for", "", "Vell", id="call on whom"),
        pytest.param("What did Oake warn of in Vell?", "warn", "", "in Vell", id="warn of"),
        pytest.param("What did Oake tell Radio Vell about fuel?", "", "Radio Vell", "fuel", id="told whom"),
        pytest.param("What did Oake tell reporters?", "", "reporters", "", id="told whom, no topic"),
        pytest.param("What did Oake say to the Post about fuel?", "", "the Post", "fuel", id="said to"),
        pytest.param("What did Oake say to the accusations?", "", "", "the accusations", id="said to nobody"),
    ],
)
def test_how_and_to_whom_it_was_said_is_read(question: str, kind: str, hearer: str, topic: str) -> None:
    asked = read_speech_question(question)
    assert asked is not None
    assert (asked.kind, asked.hearer, asked.topic) == (kind, hearer, topic)
