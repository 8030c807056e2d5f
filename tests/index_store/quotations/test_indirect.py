"""Indirect speech: found, marked as such, and only where something was said."""

import pytest

from index_store.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "clause", "speaker", "verb"),
    [
        pytest.param(
            "Maria Lopez said that the bridge would be rebuilt by May.",
            "the bridge would be rebuilt by May",
            "Maria Lopez",
            "said",
            id="said that",
        ),
        pytest.param(
            "Maria Lopez said the bridge would be rebuilt.",
            "the bridge would be rebuilt",
            "Maria Lopez",
            "said",
            id="no that",
        ),
        pytest.param(
            "The bridge will be rebuilt, Maria Lopez said.",
            "The bridge will be rebuilt",
            "Maria Lopez",
            "said",
            id="after",
        ),
        pytest.param(
            "The bridge will be rebuilt, said Maria Lopez, the mayor.",
            "The bridge will be rebuilt",
            "Maria Lopez",
            "said",
            id="after, turned round",
        ),
        pytest.param(
            "According to Maria Lopez, the bridge is safe.",
            "the bridge is safe",
            "Maria Lopez",
            "according to",
            id="according to first",
        ),
        pytest.param(
            "The bridge is safe, according to Maria Lopez.",
            "The bridge is safe",
            "Maria Lopez",
            "according to",
            id="according to last",
        ),
        pytest.param(
            "Maria Lopez told Reuters on Monday that the bridge is safe.",
            "the bridge is safe",
            "Maria Lopez",
            "told",
            id="told whom",
        ),
        pytest.param(
            "Officials denied that the bridge was unsafe.", "the bridge was unsafe", "Officials", "denied", id="denied"
        ),
        pytest.param(
            "The bridge will be rebuilt by May, said Maria Lopez, an engineer who has seen the plans.",
            "The bridge will be rebuilt by May",
            "Maria Lopez",
            "said",
            id="inverted, with what the speaker is",
        ),
        pytest.param(
            "Maria Lopez emphasized that the bridge is safe.",
            "the bridge is safe",
            "Maria Lopez",
            "emphasized",
            id="American spelling",
        ),
        pytest.param(
            "Maria Lopez, the engineer, said Bob Hale, her aide, had left.",
            "Bob Hale, her aide, had left",
            "Maria Lopez",
            "said",
            id="not inverted after an apposition",
        ),
        pytest.param(
            "The Harbour Post’s Maria Lopez said that the bridge is safe.",
            "the bridge is safe",
            "Maria Lopez",
            "said",
            id="whose reporter she is",
        ),
    ],
)
def test_indirect_speech_is_found_and_marked(text: str, clause: str, speaker: str, verb: str) -> None:
    (found,) = find_quotations(text)
    assert (text[found.start : found.end], found.speaker, found.verb, found.kind) == (clause, speaker, verb, "indirect")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Maria Lopez did not say that the bridge is safe.", id="denied to have said"),
        pytest.param("Maria Lopez would say that the bridge is safe.", id="conditional"),
        pytest.param("The harbor announced a plan.", id="object"),
        pytest.param("They found deleted emails that showed the bridge was unsafe.", id="emails are no verb"),
        pytest.param("It’s been reported that the bridge is safe.", id="by nobody"),
    ],
)
def test_what_was_not_said_is_not_reported(text: str) -> None:
    assert find_quotations(text) == ()
