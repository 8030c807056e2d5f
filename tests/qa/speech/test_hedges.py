import pytest

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.quotations import find_quotations
from qa.speech.utterances import shown_text, utterances


def said(text: str) -> list[str]:
    article = Article("a", text)
    stored = [StoredQuotation("a", quotation, "", "", None, 1) for quotation in find_quotations(text)]
    return [shown_text(utterance, article) for utterance in utterances(stored, text)]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Keld Vane is said to have told friends: “The wall is rotten.”", id="is said to"),
        pytest.param("“The wall is rotten,” Keld Vane reportedly told friends.", id="reportedly"),
        pytest.param("Keld Vane allegedly wrote: “Sell the boats.”", id="allegedly"),
        pytest.param("According to a clerk, Keld Vane said: “The wall is rotten.”", id="according to another"),
        pytest.param(
            "“The wall is rotten,” Keld Vane told friends, according to two guests.", id="according to guests"
        ),
        pytest.param("A clerk said that Keld Vane had told friends: “The wall is rotten.”", id="at second hand"),
        pytest.param("Keld Vane was quoted by the Post as saying: “Sell the boats.”", id="quoted by a paper"),
    ],
)
def test_doubtful_words_are_shown_with_the_sentence_that_doubts_them(sentence: str) -> None:
    assert sentence in " ".join(said(f"It rained. {sentence} It snowed."))
    assert not any(shown.startswith("Keld Vane: “") for shown in said(sentence))


def test_a_hedge_of_a_pronoun_is_shown_under_the_name() -> None:
    *_, shown = said("Keld Vane resigned. “I am tired,” said Keld Vane.\n\nHe reportedly told friends: “I knew.”")
    assert shown == "Keld Vane: He reportedly told friends: “I knew.”"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We stay,” said Keld Vane.", id="plain"),
        pytest.param("“He reportedly lied,” said Keld Vane.", id="the hedge is the speaker's own word"),
        pytest.param("“We stay,” Keld Vane said. It reportedly rained.", id="the hedge is of something else"),
    ],
)
def test_plain_words_stand_alone(text: str) -> None:
    assert said(text)[0].startswith("Keld Vane: “")
