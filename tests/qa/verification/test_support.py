from pathlib import Path

import pytest

from index_store.embedding import MiniLMEmbedding
from qa.reader import Reader
from qa.verification.support import WEIGHTS, SupportScorer, SupportSigns, probability
from qa.verification.support_words import content_words, stem
from tests.benchmarks.support import area, cross_validated, measured
from tests.benchmarks.support_statements import judged_summaries

PASSAGE = (
    "The harbour in Orrin Bay was quiet on Monday. Tilda Brask, the mayor, closed the bridge after a survey found rust "
    "in 14 cables. Fishermen crossed by boat. The repair will cost 3 million crowns, said Joren Velt, the engineer. "
    "The ferry company sent two extra ships."
)
VERBATIM = "Tilda Brask, the mayor, closed the bridge after a survey found rust in 14 cables."


@pytest.fixture(scope="module")
def scorer() -> SupportScorer:
    return SupportScorer(MiniLMEmbedding(), Reader())


def test_a_sentence_of_the_passage_is_supported_where_it_stands(scorer: SupportScorer) -> None:
    support = scorer.score(VERBATIM, PASSAGE)
    assert support.score > 0.75
    assert PASSAGE[support.start : support.end] == VERBATIM


@pytest.mark.parametrize(
    "false",
    [
        pytest.param("Joren Velt, the mayor, closed the bridge after a survey found rust in 14 cables.", id="name"),
        pytest.param("Tilda Brask, the mayor, closed the bridge after a survey found rust in 15 cables.", id="number"),
        pytest.param("Tilda Brask, the mayor, did not close the bridge after a survey found rust.", id="negation"),
        pytest.param("A choir from Sundholm won the singing contest in Marreby.", id="unrelated"),
    ],
)
def test_a_false_sentence_scores_lower(scorer: SupportScorer, false: str) -> None:
    assert scorer.score(false, PASSAGE).score < scorer.score(VERBATIM, PASSAGE).score - 0.1


def test_an_unrelated_sentence_is_not_supported(scorer: SupportScorer) -> None:
    assert scorer.score("A choir from Sundholm won the singing contest in Marreby.", PASSAGE).score < 0.1


def test_a_paraphrase_scores_above_the_same_with_another_name(scorer: SupportScorer) -> None:
    right = scorer.score("The bridge was shut by Mayor Brask because of rusty cables.", PASSAGE)
    wrong = scorer.score("The bridge was shut by Mayor Holm because of rusty cables.", PASSAGE)
    assert right.score > wrong.score + 0.1


def test_a_sentence_about_two_sentences_cites_both(scorer: SupportScorer) -> None:
    support = scorer.score(
        "Fishermen crossed by boat, and the repair of the bridge will cost 3 million crowns.", PASSAGE
    )
    cited = PASSAGE[support.start : support.end]
    assert "Fishermen" in cited
    assert "3 million" in cited


def test_a_name_of_the_headline_is_no_missing_name(scorer: SupportScorer) -> None:
    said = "The bridge that Mayor Brask of Velmark closed has rust in 14 cables."
    assert scorer.score(said, PASSAGE, "Velmark closes bridge").score > scorer.score(said, PASSAGE).score


@pytest.mark.parametrize(
    ("statement", "passage"),
    [
        pytest.param(VERBATIM, "", id="no passage"),
        pytest.param(VERBATIM, " \n ", id="blank passage"),
        pytest.param("", PASSAGE, id="no statement"),
        pytest.param("It is.", PASSAGE, id="nothing said"),
        pytest.param(VERBATIM, "…", id="no words"),
    ],
)
def test_nothing_supports_nothing(scorer: SupportScorer, statement: str, passage: str) -> None:
    support = scorer.score(statement, passage)
    assert (support.score, support.start, support.end) == (0.0, 0, 0)


@pytest.mark.parametrize("passage", ["\n\n  Rust was found.  ", "Rust 😀 was found.\n\nNo one said so."])
def test_offsets_lie_in_the_passage_as_given(scorer: SupportScorer, passage: str) -> None:
    support = scorer.score("Rust was found.", passage)
    assert passage[support.start : support.end].startswith("Rust")
    assert passage[support.start : support.end].endswith("found.")


def test_probability_is_the_logistic_of_the_weighted_signs() -> None:
    certain = SupportSigns(1.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    assert probability(certain) == pytest.approx(0.8416, abs=0.001)  # 1 / (1 + exp(-(2.179 + 0.709 - 1.218)))
    assert WEIGHTS.nouns > 0 > max(WEIGHTS.numbers_missing, WEIGHTS.names_missing, WEIGHTS.negation)


@pytest.mark.parametrize(
    ("one", "other"), [("closes", "closing"), ("closed", "close"), ("stopped", "stop"), ("parties", "party")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("said", "held", "same"),
    [
        pytest.param("protesters", "protest", True, id="one family"),
        pytest.param("the Niger", "Nigeria", False, id="names are themselves"),
        pytest.param("in 15000", "150001", False, id="figures are themselves"),
        pytest.param("harvest", "harbour", False, id="alike by chance"),
    ],
)
def test_words_of_one_family_count_as_found(said: str, held: str, same: bool) -> None:
    (word,) = content_words(said)
    assert word.stands_among(frozenset(other.stem for other in content_words(held))) is same


def test_tells_judged_summaries_better_than_words_or_meaning_alone(development_data: Path) -> None:
    claims = measured(judged_summaries(development_data), MiniLMEmbedding(), Reader())
    (logits,) = cross_validated([claims])
    score = area(logits, claims.supported)
    assert score > area(claims.token_overlap, claims.supported)
    assert score > area(claims.cosine, claims.supported) + 0.05
