import pytest

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.quotations import find_quotations
from qa.speech.utterances import shown_span, shown_text, utterances


def said(text: str) -> list[str]:
    article = Article("a", text)
    stored = [StoredQuotation("a", quotation, "", "", None, 1) for quotation in find_quotations(text)]
    return [shown_text(utterance, article) for utterance in utterances(stored, text)]


def test_words_that_the_speaker_interrupts_are_one_utterance_with_the_gap_shown() -> None:
    assert said("“We stay,” said Ada Oake, the mayor. “We wait.”") == ["Ada Oake: “We stay,” … “We wait.”"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We stay,” said Ada Oake.\n\n“We wait,” Oake added later.", id="another paragraph"),
        pytest.param("“We stay,” said Ada Oake. “Why?” asked Bob Hale. “We wait,” Oake said.", id="somebody between"),
    ],
)
def test_separate_remarks_stay_apart(text: str) -> None:
    assert [part for part in said(text) if part.startswith("Ada Oake")] == [
        "Ada Oake: “We stay,”",
        "Ada Oake: “We wait,”",
    ]


def test_marked_words_are_shown_in_the_sentence_they_belong_to() -> None:
    text = "It rained. Ada Oake, the mayor, called the plan a “wild dream” of theirs. It snowed."
    stored = [StoredQuotation("a", quotation, "", "", None, 1) for quotation in find_quotations(text)]
    (utterance,) = utterances(stored, text)
    start, end = shown_span(utterance, Article("a", text))
    assert text[start:end] == "Ada Oake, the mayor, called the plan a “wild dream” of theirs."
