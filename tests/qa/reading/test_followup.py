"""Follow-up questions, each after one earlier question and its answer unless a test says more."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import Turn, Understood, resolve_followup

CONVERSATIONS = Path(__file__).with_name("conversations.jsonl")
REPORT = "What did Netanyahu say about the report?"
BRIDGE = "Why was the bridge closed?"
OSTRANE = "What did Hedda Ostrane say about the bridge?"
FERRIES = ("Who runs the ferry company?", "Rosamund Tavery, the chief executive of Ansgill Sound Ferries.")


def understood(question: str, *turns: tuple[str, str]) -> str:
    return resolve_followup(question, [Turn(*turn) for turn in turns]).question


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        pytest.param((REPORT, ""), "and Trump?", "What did Trump say about the report?", id="another speaker"),
        pytest.param((REPORT.lower(), ""), "and trump?", "what did trump say about the report?", id="small letters"),
        pytest.param((REPORT, ""), "and what did Trump say?", "what did Trump say about the report?", id="said again"),
        pytest.param((REPORT, ""), "What about the dam?", "What did Netanyahu say about the dam?", id="another thing"),
        pytest.param((REPORT, ""), "Anything about Iran?", "What did Netanyahu say about Iran?", id="anything about"),
        pytest.param((BRIDGE, ""), "and the dam?", "Why was the dam closed?", id="another subject"),
        pytest.param(("When does the vote end?", ""), "and the talks?", "When do the talks end?", id="in the plural"),
        pytest.param(("What broke in June?", ""), "and in May?", "What broke in May?", id="another time"),
        pytest.param(("What broke?", ""), "and last week?", "What broke last week?", id="a time more"),
        pytest.param(("What happened in Oslo?", ""), "and in Rome?", "What happened in Rome?", id="another place"),
        pytest.param(("Who is the head of Apex?", ""), "and Zenith?", "Who is the head of Zenith?", id="within of"),
    ],
)
def test_what_is_named_takes_the_place_of_its_like(before: tuple[str, str], question: str, expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        pytest.param(
            ["Who is the mayor of Vell?", "How many boats sank in Sund?"],
            "And the mayor?",
            "Who is the mayor of Sund?",
            id="alone, of another town",
        ),
        pytest.param(
            ["What did the mayor of Vell say?", "How many boats sank in Sund?"],
            "And what did the mayor say?",
            "And what did the mayor of Sund say?",
            id="in a question",
        ),
        pytest.param(
            ["Who is the mayor of Vell?"],
            "And the deputy mayor?",
            "Who is the deputy mayor of Vell?",
            id="another office",
        ),
        pytest.param(
            ["Who is the mayor of Vell?"], "And the mayor of Sund?", "Who is the mayor of Sund?", id="with its town"
        ),
    ],
)
def test_an_office_alone_is_that_of_the_town_spoken_of_last(before: list[str], question: str, expected: str) -> None:
    assert understood(question, *((earlier, "") for earlier in before)) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        pytest.param((BRIDGE, ""), "when?", "when was the bridge closed?", id="when"),
        pytest.param((BRIDGE, ""), "When was that?", "When was the bridge closed?", id="when was that"),
        pytest.param((BRIDGE, ""), "For how long?", "For how long was the bridge closed?", id="for how long"),
        pytest.param((REPORT, ""), "Why?", "Why did Netanyahu say that about the report?", id="why, what"),
        pytest.param(("Did the mayor resign?", ""), "Why not?", "Why didn't the mayor resign?", id="why not"),
        pytest.param(("Did the firm cut jobs?", ""), "How many?", "How many jobs did the firm cut?", id="how many"),
        pytest.param(
            ("How many people were hurt in the crash?", "12"),
            "Where?",
            "Where were people hurt in the crash?",
            id="where, how many",
        ),
        pytest.param(
            ("Who opposed the loan?", "Corvin Tealow"),
            "Why?",
            "Why was it that Corvin Tealow opposed the loan?",
            id="why, who",
        ),
        pytest.param(("Who won?", ""), "By how much?", "Who won, and by how much?", id="nothing to put for who"),
        pytest.param(
            ("Who opposed the loan?", "Corvin Tealow"),
            "Anyone else?",
            "Who else opposed the loan besides Corvin Tealow?",
            id="anyone else",
        ),
        pytest.param((REPORT, ""), "What else?", "What else did Netanyahu say about the report?", id="what else"),
        pytest.param((BRIDGE, ""), "Tell me more.", "What else is known about the bridge?", id="more"),
    ],
)
def test_a_question_of_a_few_words_is_completed(before: tuple[str, str], question: str, expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        pytest.param(FERRIES, "what did she say?", "what did Rosamund Tavery say?", id="she, of an answer"),
        pytest.param(FERRIES, "What are her plans?", "What are Rosamund Tavery's plans?", id="her, a genitive"),
        pytest.param(FERRIES, "Did they ask her?", "Did the ferry company ask Rosamund Tavery?", id="they and her"),
        pytest.param((BRIDGE, ""), "When will it reopen?", "When will the bridge reopen?", id="it"),
        pytest.param((BRIDGE, ""), "Who is its owner?", "Who is the bridge's owner?", id="its"),
        pytest.param((REPORT, ""), "Who wrote it?", "Who wrote the report?", id="it, not the speaker"),
        pytest.param(
            ("What was found?", "A chart."), "Where was it hidden?", "Where was the chart hidden?", id="a, the"
        ),
        pytest.param(("What did Ann and Bo plan?", ""), "Did they meet?", "Did Ann and Bo meet?", id="two"),
        pytest.param(("Who lives in Vennay?", "1,850 people."), "Who works there?", "Who works in Vennay?", id="there"),
        pytest.param(
            ("Who wrote the interim report?", ""),
            "What does that report say?",
            "What does the interim report say?",
            id="that report",
        ),
        pytest.param(
            ("What did Askwith say about Amory?", ""), "How did he respond?", "How did Amory respond?", id="reaction"
        ),
        pytest.param(
            ("Who is Boris Johnson?", ""), "Did he lose his seat?", "Did Boris Johnson lose his seat?", id="he, his"
        ),
        pytest.param(
            ("Do the ministers agree?", "Ms Hale and Mr Orr do not."),
            "Why does she object?",
            "Why does Ms Hale object?",
            id="Ms",
        ),
    ],
)
def test_a_pronoun_is_put_into_words(before: tuple[str, str], question: str, expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who won the Assembly Cup?", id="another topic"),
        pytest.param("What did Keld Amory say when he resigned?", id="a pronoun with its name"),
        pytest.param("Are there any new clinics?", id="there, that exists"),
        pytest.param("Is it true that the dam is empty?", id="it, of nothing"),
        pytest.param("What is the law that was passed in 1994?", id="that, which"),
        pytest.param("Which star announced his retirement?", id="a pronoun of who is asked for"),
        pytest.param("Ann Hale resigned on Monday. Who follows her?", id="two sentences"),
        pytest.param('Who said: "It is a tank where they needed this bucket"?', id="a quotation"),
        pytest.param("Did the editor say that they were warned?", id="that, which joins"),
        pytest.param("And who is the finance minister?", id="complete after and"),
        pytest.param("Show me the sources", id="a request"),
        pytest.param("Thank you!", id="thanks"),
    ],
)
def test_what_stands_alone_stays_as_it_is(question: str) -> None:
    assert resolve_followup(question, [Turn(BRIDGE), Turn(*FERRIES)]) == Understood(question, changed=False)


def test_a_first_question_stays_as_it_is() -> None:
    assert resolve_followup(" when did he say it? ", []) == Understood("when did he say it?", changed=False)


def test_a_follow_up_of_a_follow_up_is_understood_through_it() -> None:
    turns = [("What did Ann Hale say about the dam?", ""), ("and Bo Orr?", ""), ("why?", "")]

    assert understood("Where does he live?", *turns) == "Where does Bo Orr live?"


def test_a_pronoun_keeps_to_whom_it_meant_before() -> None:
    turns = [("Why did Ann Hale resign?", ""), ("Who replaced her?", "Bo Orr")]

    assert understood("What did she say about him?", *turns) == "What did Ann Hale say about Bo Orr?"


def test_the_other_one_is_who_was_not_asked_about() -> None:
    turns = [("Who are the candidates?", "Bo Orr and Ann Hale."), ("What does Bo Orr want?", "")]

    assert understood("And the other one?", *turns) == "What does Ann Hale want?"


def test_conversations_over_the_samples_are_understood() -> None:
    conversations = [json.loads(row) for row in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    missed = {each["id"]: faults for each in conversations if (faults := _faults(each["turns"]))}

    assert len(conversations) == 60
    assert len(missed) <= 1, missed


def _faults(turns: list[dict[str, list[str]]]) -> list[str]:
    history: list[Turn] = []
    faults = []
    for turn in turns:
        question = resolve_followup(str(turn["question"]), history).question
        missing = [words for words in turn.get("must", []) if words not in question.lower()]
        foreign = [words for words in turn.get("must_not", []) if words in question.lower()]
        faults += [question] if missing or foreign else []
        history.append(Turn(str(turn["question"]), str(turn.get("answer", ""))))
    return faults


_WORDS = (
    "and",
    "what",
    "about",
    "Trump",
    "why",
    "she",
    "the",
    "other",
    "one",
    "it",
    "that",
    "there",
    "said",
    "of",
    "'s",
    "did",
    "in",
    "May",
    "?",
    ",",
    "“",
    "Anything",
    "else",
    "how",
    "many",
)


@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join), min_size=1, max_size=4))
def test_whatever_is_asked_is_understood_somehow(texts: list[str]) -> None:
    found = resolve_followup(texts[-1], [Turn(text, text) for text in texts[:-1]])

    assert found.changed == (found.question != texts[-1].strip())
    assert bool(found.question) == bool(texts[-1].strip())


@pytest.mark.parametrize("courtesy", ["Thanks", "Ok, thank you very much!", "Great."])
def test_a_courtesy_asks_nothing(courtesy: str) -> None:
    assert resolve_followup(courtesy, (Turn("What did Oake say about the dam?"),)).question == courtesy


def test_what_was_said_dozens_of_turns_ago_is_not_looked_back_upon() -> None:
    since = [Turn("How many ferries sail in winter?", "Two ferries sail in winter.")] * 30
    assert "Ostrane" in resolve_followup("When did she say it?", [Turn(OSTRANE), *since[:2]]).question
    assert "Ostrane" not in resolve_followup("When did she say it?", [Turn(OSTRANE), *since]).question
