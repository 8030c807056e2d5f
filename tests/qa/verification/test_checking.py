"""Statements over invented articles, each with the problems it has."""

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.article import Article
from index_store.quotations import find_quotations
from qa.verification import CitedPassage, Problem, ProblemKind, check
from qa.verification.folding import fold
from qa.verification.quoted import find_quoted
from tests.benchmarks.verification import Case, read_cases

_WRITERS_OWN = re.compile(r"\[[^\[\]]*\]|…|\.\.\.")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in read_cases() if not case.known_miss])
def test_each_statement_has_the_problems_that_are_found(case: Case) -> None:
    assert case.found() == case.expected, [str(problem) for problem in case.check().problems]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in read_cases() if case.known_miss])
def test_what_is_known_to_be_missed_still_is(case: Case) -> None:
    assert case.found() != case.expected, f"no longer missed: {case.known_miss}"


def test_fine_and_faulty_statements_are_in_near_balance() -> None:
    cases = read_cases()
    fine = sum(not case.expected for case in cases)

    assert len(cases) >= 150
    assert fine >= 60
    assert 0.4 <= fine / len(cases) <= 0.6
    assert sum(bool(case.known_miss) for case in cases) <= 3


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in read_cases() if not case.expected])
def test_what_is_shown_in_marks_is_the_articles_own_characters(case: Case) -> None:
    checked = case.check()
    sources = [p.article.text + "\n" + p.heading for n, p in case.passages.items() if n in case.markers]
    for quoted in find_quoted(checked.text):
        for piece in _WRITERS_OWN.split(checked.text[quoted.inner_start : quoted.inner_end]):
            words = piece.strip()
            assert any(words in " ".join(source.split()) for source in sources) or _is_in_brackets(piece, sources)


def _is_in_brackets(piece: str, sources: list[str]) -> bool:
    """Whether what the writer's brackets seem to cut off is a part of the article's own brackets or dots."""
    return not piece.strip() or any(fold(piece).text.strip() in fold(source).text for source in sources)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in read_cases() if not case.expected])
def test_the_evidence_lies_in_or_at_the_cited_passage(case: Case) -> None:
    for number, (start, end) in case.check().evidence.items():
        passage = case.passages[number]
        assert 0 <= start < end <= len(passage.article.text)
        assert start < passage.end + 200
        assert passage.start - 200 < end


def passage_of(text: str, number: int = 1, **fields: str) -> CitedPassage:
    article = Article("a", text, published=date(2025, 6, 17), **fields)
    return CitedPassage(number, article, 0, len(text), find_quotations(text))


def test_the_evidence_is_the_sentence_that_carries_the_statement() -> None:
    text = "Rain fell on Orl. The bridge at Orl cost 40 million euros. Nobody was hurt in the rain."
    checked = check("The bridge cost €40 million.", [1], {1: passage_of(text)})
    start, end = checked.evidence[1]

    assert text[start:end] == "The bridge at Orl cost 40 million euros."
    assert checked.problems == ()


def test_the_evidence_of_a_quotation_is_its_sentence() -> None:
    text = "It rained. “The bridge is safe,” Ada Holt said. “It will stand.” The rain went on."
    checked = check("Holt said of the rain and the bridge: “It will stand.”", [1], {1: passage_of(text)})
    start, end = checked.evidence[1]

    assert "“It will stand.”" in text[start:end]
    assert "It rained." not in text[start:end]


def test_a_found_quotation_is_shown_as_the_article_has_it() -> None:
    text = "“We’re done – for\nnow,” Ada Holt said."
    checked = check('Holt said: "we\'re done -- for now."', [1], {1: passage_of(text)})

    assert checked.text == 'Holt said: "We’re done – for now".'
    assert checked.problems == ()


def test_the_words_of_an_ellipsis_and_of_brackets_stay_the_writers() -> None:
    text = "“She knew, as we all did, that the bridge was weak,” Ada Holt said."
    checked = check("Holt said: “[The mayor] knew ... that the bridge was weak.”", [1], {1: passage_of(text)})

    assert checked.text == "Holt said: “[The mayor] knew ... that the bridge was weak”."
    assert checked.problems == ()


def test_a_problem_reads_as_a_sentence() -> None:
    assert str(Problem(ProblemKind.QUOTATION, "Never.")) == "The quotation “Never.” is not in the cited passages."
    assert str(ProblemKind.SPEAKER) == "wrong speaker"


def test_a_problem_names_the_words_concerned() -> None:
    checked = check("The bridge cost €41 million.", [1, 8], {1: passage_of("The bridge cost 40 million euros.")})

    assert [(problem.kind, problem.words) for problem in checked.problems] == [
        (ProblemKind.UNKNOWN_MARKER, "[8]"),
        (ProblemKind.NUMBER, "€41 million"),
    ]


def test_without_a_known_passage_only_markers_and_links_are_judged() -> None:
    checked = check("The bridge cost €41 million. ![x](http://x.example/y)", [3], {})

    assert [problem.kind for problem in checked.problems] == [ProblemKind.UNKNOWN_MARKER, ProblemKind.LINK]
    assert checked.evidence == {}


def test_quotations_need_no_finder_where_the_speaker_stands_beside_them() -> None:
    text = "Ada Holt spoke first. “The bridge is safe.”"
    article = Article("a", text)
    passages = {1: CitedPassage(1, article, 0, len(text))}

    assert check("Holt said: “The bridge is safe.”", [1], passages).problems == ()


def test_characters_that_nobody_sees_are_taken_out() -> None:
    checked = check(
        "Ho\u200blt said it was \u202esafe\u2069.\ufeff", [1], {1: passage_of("Ada Holt said it was safe.")}
    )

    assert checked.text == "Holt said it was safe."
    assert checked.problems == ()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_an_address_that_is_not_of_the_web_is_never_that_of_an_article(url: str) -> None:
    checked = check(f"The bridge is safe ({url}).", [1], {1: passage_of("The bridge is safe.", url=url)})

    assert [problem.kind for problem in checked.problems] == [ProblemKind.LINK]


def test_who_she_is_may_stand_in_the_statements_before() -> None:
    passages = {1: passage_of("“The bridge is safe,” Ada Holt said. Vera Lund had built it. Nobody asked Lund.")}
    statement = "“The bridge is safe,” she said."

    assert check(statement, [1], passages, before="Ada Holt spoke.").problems == ()
    assert [p.kind for p in check(statement, [1], passages, before="Vera Lund spoke.").problems] == [
        ProblemKind.SPEAKER
    ]


@pytest.mark.parametrize("part", ["1 1 1 ", "1, ", "“a b” ", "Ada Holt ", "on June 5, ", "a.b.", "_a b", "a-"])
def test_a_long_statement_is_checked_in_time(part: str) -> None:
    passage = passage_of("“The bridge is safe,” Ada Holt said on June 5. It cost 40 million euros. " * 5)
    statement = (part * 4000)[:4000]
    started = time.process_time()

    check(statement, [1], {1: passage})

    assert time.process_time() - started < 3  # what is quadratic takes longer on any machine


@given(st.text(alphabet=st.sampled_from("aB9 .,'\"“”‘’«»[]…-–$%€\n(!<>/:mJune*`‹›‚「」&;I"), max_size=60))
def test_any_statement_is_checked_without_an_error(text: str) -> None:
    passage = passage_of("“Maybe 9 June … or never,” Ada Bone said [on Monday]. It cost $9.90, a third of it in June.")

    checked = check(text, [1], {1: passage})

    assert isinstance(checked.text, str)


@given(st.data())
def test_any_stretch_of_a_quotation_is_found(data: st.DataObject) -> None:
    said = "We built the old bridge in nine days and nobody, least of all the mayor, said a word about it"
    words = said.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    passage = passage_of(f"“{' '.join(words)},” Ada Holt said.")

    checked = check(f"Holt said: “{' '.join(words[first:last])}”", [1], {1: passage})

    assert ProblemKind.QUOTATION not in {problem.kind for problem in checked.problems}
