from dataclasses import replace

import pytest

from qa.evaluation import (
    FIGURES,
    ArticleLookups,
    Checked,
    Question,
    RowUsage,
    RunCitation,
    RunRow,
    Span,
    compute_figures,
)

TEXTS = {"a": "Rain fell in Oslo.", "b": "Snow fell in Bergen.", "c": "It was dry in Rome."}
LOOKUPS = ArticleLookups(text_of=TEXTS.get, ids_of=lambda name: (name,) if name in TEXTS else ())

OSLO = Question("oslo", "Where did rain fall?", answers=("Oslo",), answerable=True, gold=("a",))
BERGEN = Question("bergen", "Where did snow fall?", answers=("Bergen", "in Bergen"), answerable=True, gold=("b",))
ROME = Question("rome", "Where was it dry?", answers=("Rome",), answerable=True, gold=("c",))
MARS = Question("mars", "Is there rain on Mars?", answerable=False)
VENUS = Question("venus", "Is there rain on Venus?", answerable=False)
OPINION = Question("opinion", "Is rain nice?", answerable=None)

ROWS = (
    RunRow(
        "oslo",
        answer="Rain fell in Oslo. [1]",
        citations=(RunCitation("a", 0, 18, quote="Rain fell in Oslo."),),
        retrieved=("a", "b"),
        latency_ms=10,
    ),
    RunRow(
        "bergen",
        answer="In Bergen",
        citations=(RunCitation("b", 5, 12, quote="fell in"), RunCitation("a", 0, 4, quote="Snow")),
        retrieved=("a", "c", "b"),
        latency_ms=20,
    ),
    RunRow("rome", answer="Nothing was found.", refused=True, retrieved=("a", "b"), latency_ms=30),
    RunRow("mars", answer="Nothing was found.", refused=True, latency_ms=40),
    RunRow("venus", answer="Yes, in Rome", latency_ms=50),
    RunRow("opinion", answer="It is.", refused=False, latency_ms=1000),
)

WORKED_OUT = {
    "hit@10": 2 / 3,
    "recall@5": 2 / 3,
    "recall@10": 2 / 3,
    "precision@5": (1 / 5 + 1 / 5 + 0) / 3,
    "ndcg@10": (1 + 1 / 2 + 0) / 3,  # bergen: 1 / log2(1 + 3)
    "map": (1 + 1 / 3 + 0) / 3,
    "correct": 3 / 5,  # oslo, bergen, mars; rome is missed, venus guessed
    "words_median": 3.0,
    "citation_precision": (1 + 1 / 2) / 2,  # bergen cites its gold article and another; rome cites nothing
    "citation_recall": 1.0,
    "hit@1": 1 / 3,  # oslo; bergen has it third, rome not at all
    "hit@5": 2 / 3,
    "mrr@10": (1 + 1 / 3 + 0) / 3,
    "contains@60": 2 / 3,  # a refusal is a miss
    # oslo: 1 of 4 words, all of the accepted one: 0.4; bergen: equal to "in Bergen"
    "f1": (0.4 + 1 + 0) / 3,
    "words": (4 + 2 + 3) / 3,  # oslo, bergen, venus
    "refusal_recall": 1 / 2,
    "refusal_precision": 1 / 2,  # mars rightly, rome wrongly
    "refusal_f1": 1 / 2,
    "false_refusal": 1 / 3,
    "cited": 2 / 3,  # venus is not
    "verbatim": 2 / 3,  # a[0:4] is "Rain", not "Snow"
    "citation_gold": 2 / 3,
    "latency_p50_ms": 30.0,  # floor(0.5 · 5) = 2
    "latency_p95_ms": 50.0,  # floor(0.95 · 5) = 4
}

NOT_ASKED_FOR = {name for name in FIGURES if name.startswith("passage_")} | {
    *("quoted_exactly", "attribution", "faithfulness", "answer_relevance", "correctness", "judge_errors"),
    *(f"{stage}_{p}_ms" for stage in ("condense", "retrieve", "answer", "write") for p in ("p50", "p95")),
    *("requests", "tokens"),
}


@pytest.fixture(scope="module")
def values() -> dict[str, float | None]:
    questions = (OSLO, BERGEN, ROME, MARS, VENUS, OPINION)
    return dict(compute_figures(questions, ROWS, LOOKUPS).values)


@pytest.mark.parametrize("name", WORKED_OUT)
def test_figure_equals_the_one_worked_out_by_hand(values: dict[str, float | None], name: str) -> None:
    assert values[name] == pytest.approx(WORKED_OUT[name])


def test_every_figure_is_worked_out(values: dict[str, float | None]) -> None:
    assert values.keys() == WORKED_OUT.keys() | NOT_ASKED_FOR
    assert {values[name] for name in NOT_ASKED_FOR} == {None}


def test_every_figure_is_undefined_without_a_counted_question() -> None:
    figures = compute_figures((OPINION,), ROWS, LOOKUPS)
    assert set(figures.values.values()) == {None}
    assert (figures.questions, figures.counted, figures.missing) == (1, 0, 0)


@pytest.mark.parametrize(
    ("questions", "undefined"),
    [
        pytest.param((OSLO, BERGEN), {"refusal_recall", "refusal_precision", "refusal_f1"}, id="nothing to refuse"),
        pytest.param(
            (MARS,),
            set(WORKED_OUT)
            - {"refusal_recall", "refusal_precision", "refusal_f1", "latency_p50_ms", "latency_p95_ms", "correct"},
            id="nothing to answer",
        ),
        pytest.param(
            (Question("oslo", "?", answerable=True),),
            set(WORKED_OUT)
            - {"words", "words_median", "false_refusal", "cited", "verbatim", "latency_p50_ms", "latency_p95_ms"},
            id="neither accepted answers nor gold",
        ),
    ],
)
def test_a_figure_without_its_questions_is_undefined(questions: tuple[Question, ...], undefined: set[str]) -> None:
    values = compute_figures(questions, ROWS, LOOKUPS).values
    assert {name for name, value in values.items() if value is None} == undefined | NOT_ASKED_FOR


def test_refusing_nothing_has_no_precision_but_an_f1_of_zero() -> None:
    values = compute_figures((MARS,), (RunRow("mars", answer="Yes."),), LOOKUPS).values
    assert (values["refusal_recall"], values["refusal_precision"], values["refusal_f1"]) == (0.0, None, 0.0)


def test_a_missing_row_is_an_empty_answer() -> None:
    figures = compute_figures((OSLO,), (), LOOKUPS)
    assert figures.missing == 1
    assert figures.values["hit@1"] == figures.values["contains@60"] == figures.values["false_refusal"] == 0.0
    assert figures.values["words"] is None


def test_rows_of_other_questions_do_not_count() -> None:
    assert compute_figures((OSLO,), ROWS, LOOKUPS) == compute_figures((OSLO,), ROWS[:1], LOOKUPS)


def test_an_accepted_answer_past_the_sixtieth_word_is_not_contained() -> None:
    filler = "rain " * 59
    inside, outside = (
        compute_figures((OSLO,), (RunRow("oslo", answer=f"{filler}{more}Oslo"),), LOOKUPS).values["contains@60"]
        for more in ("", "rain ")
    )
    assert (inside, outside) == (1.0, 0.0)


@pytest.mark.parametrize(("rank", "expected"), [(10, 0.1), (11, 0.0)])
def test_reciprocal_rank_ends_at_ten(rank: int, expected: float) -> None:
    retrieved = (*(f"other {number}" for number in range(rank - 1)), "a")
    values = compute_figures((OSLO,), (RunRow("oslo", retrieved=retrieved),), LOOKUPS).values
    assert values["mrr@10"] == pytest.approx(expected)


def test_a_gold_url_means_the_articles_that_came_from_it() -> None:
    lookups = ArticleLookups(
        text_of=TEXTS.get, ids_of=lambda name: ("b", "a") if name == "https://news.example/rain" else ()
    )
    question = Question("oslo", "?", answerable=True, gold=("https://news.example/rain",))
    assert compute_figures((question,), ROWS, lookups).values["hit@1"] == 1.0


def test_gold_that_is_in_no_index_is_a_miss() -> None:
    question = Question("oslo", "?", answerable=True, gold=("https://news.example/gone",))
    values = compute_figures((question,), ROWS, LOOKUPS).values
    assert (values["hit@5"], values["citation_gold"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param(RunCitation("a", 0, 4, quote=""), id="empty quote"),
        pytest.param(RunCitation("a", 4, 4, quote=""), id="empty quote of an empty span"),
        pytest.param(RunCitation("unknown", 0, 4, quote="Rain"), id="unknown article"),
        pytest.param(RunCitation("a", 100, 104, quote="Rain"), id="past the end"),
        pytest.param(RunCitation("a", 0, 4, quote="rain"), id="another case"),
    ],
)
def test_a_quote_that_is_not_its_span_is_not_verbatim(citation: RunCitation) -> None:
    row = RunRow("oslo", answer="Oslo", citations=(citation,))
    assert compute_figures((OSLO,), (row,), LOOKUPS).values["verbatim"] == 0.0


def marked(question: Question, row: RunRow) -> dict[str, float | None]:
    return dict(compute_figures((question,), (row,), LOOKUPS).values)


def test_a_gold_passage_is_found_by_a_passage_that_holds_half_of_the_shorter() -> None:
    question = Question("q", "?", answerable=True, gold=("a",), gold_passages=(Span("a", 10, 20), Span("b", 0, 8)))
    row = RunRow("q", passages=(Span("a", 0, 14), Span("c", 10, 20), Span("a", 15, 40)))
    values = marked(question, row)
    assert values["passage_hit@1"] == 0.0  # 4 of 10 characters
    assert values["passage_mrr@10"] == pytest.approx(1 / 3)
    assert values["passage_recall@5"] == 0.5
    assert values["passage_map"] == pytest.approx(1 / 3 / 2)


def test_citations_are_held_against_gold_passages_where_there_are_some() -> None:
    question = Question("q", "?", answerable=True, gold=("a",), gold_passages=(Span("a", 0, 4),))
    row = RunRow("q", answer="Rain", citations=(RunCitation("a", 0, 4, quote="Rain"), RunCitation("a", 5, 9)))
    values = marked(question, row)
    assert (values["citation_gold"], values["citation_precision"], values["citation_recall"]) == (1.0, 0.5, 1.0)


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        pytest.param("He said “rain fell\nin Oslo”. [1]", 1.0, id="over a line end"),
        pytest.param('He said "Rain fell."', 0.0, id="another case"),
        pytest.param("“Snow” and “rain fell,” he said", 0.5, id="one of two"),
        pytest.param("“rain fell", None, id="a mark without its partner"),
    ],
)
def test_quoted_words_must_stand_in_a_cited_quote(answer: str, share: float | None) -> None:
    row = RunRow("q", answer=answer, citations=(RunCitation("a", 0, 9, quote="He said rain fell in Oslo."),))
    assert marked(Question("q", "?", answerable=True), row)["quoted_exactly"] == share


@pytest.mark.parametrize(
    ("speakers", "answer", "right"),
    [
        pytest.param(("Mayor Ana Ruiz",), "“No.”", 1.0, id="with a title"),
        pytest.param(("Ruiz",), "“No.”", 1.0, id="last name"),
        pytest.param(("Eva Ruiz",), "“No.”", 0.0, id="another of that name"),
        pytest.param(("Ana Ruiz", "Jo Berg"), "“No.” “Yes.”", 0.0, id="and another"),
        pytest.param((), "Ana Ruiz refused.", 1.0, id="named in the answer alone"),
        pytest.param((), "The mayor refused.", 0.0, id="not named"),
    ],
)
def test_the_right_speaker_is_the_one_asked_for_and_no_other(
    speakers: tuple[str, ...], answer: str, right: float
) -> None:
    row = RunRow("q", answer=answer, checked=Checked(speakers=speakers))
    question = Question("q", "What did Ruiz say?", answerable=True, speaker="Ana Ruiz")
    assert compute_figures((question,), (row,)).values["attribution"] == right


def test_usage_stages_and_what_a_judge_said_are_averaged_over_those_that_have_them() -> None:
    rows = (
        RunRow("oslo", usage=RowUsage(2, 900, 100), timings_ms={"retrieve": 5.0}, judged={"faithfulness": 0.5}),
        RunRow("mars", usage=RowUsage(1, known=False), judged={"faithfulness": 1.0, "judge_errors": 1.0}),
        RunRow("venus"),
    )
    values = compute_figures((OSLO, MARS, VENUS), rows).values
    assert (values["requests"], values["tokens"], values["retrieve_p50_ms"]) == (1.5, 1000.0, 5.0)
    assert (values["faithfulness"], values["judge_errors"], values["correctness"]) == (0.75, 1.0, None)


def test_a_row_with_an_error_is_an_empty_answer_and_counted_apart() -> None:
    figures = compute_figures(
        (OSLO, MARS), (RunRow("oslo", error="no reply"), RunRow("mars", error="no reply")), LOOKUPS
    )
    assert (figures.failed, figures.missing) == (2, 0)
    values = figures.values
    assert (values["correct"], values["contains@60"], values["refusal_recall"], values["words"]) == (0, 0, 0, None)


def test_without_an_index_at_hand_the_checks_of_the_run_count_and_else_nothing_is_known() -> None:
    row = RunRow("oslo", answer="Oslo", citations=(RunCitation("a", 0, 4, quote="Rain"),))
    assert compute_figures((OSLO,), (row,)).values["verbatim"] is None
    kept = replace(row, checked=Checked(gold=(("a",),), verbatim=(False,)))
    assert compute_figures((OSLO,), (kept,)).values["verbatim"] == 0.0
