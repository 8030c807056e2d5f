"""The catalogue of figures: what each counts, and which way is better. docs/figures.md has formulas and sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from qa.evaluation import ranking
from qa.evaluation.marks import Marks
from qa.evaluation.measures import Mean, Measure, PartsOf, Quantile, value_of

Better = Literal["higher", "lower", "neither"]
Ranks = Callable[[Marks], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: called with the marks of a run, it is its value, or None where it is undefined."""

    measure: Measure
    better: Better = "higher"

    def __call__(self, marks: Sequence[Marks]) -> float | None:
        """The value over these questions."""
        return value_of(self.measure.sample(marks), len(marks))


def _known(value: float | None) -> Sequence[float]:
    return () if value is None else (float(value),)


def _mean(value_of_mark: Callable[[Marks], float | None], better: Better = "higher") -> Figure:
    return Figure(Mean(lambda mark: _known(value_of_mark(mark))), better)


def _pooled(parts_of: PartsOf) -> Figure:
    return Figure(Mean(parts_of))


def _ranked(score: Callable[[Sequence[float]], float], ranks_of: Ranks) -> Figure:
    return Figure(Mean(lambda mark: (score(ranks),) if (ranks := ranks_of(mark)) else ()))


def _ranking(prefix: str, ranks_of: Ranks) -> dict[str, Figure]:
    return {
        **{f"{prefix}hit@{k}": _ranked(partial(ranking.hit, k=k), ranks_of) for k in (1, 5, 10)},
        f"{prefix}mrr@10": _ranked(partial(ranking.reciprocal_rank, k=10), ranks_of),
        **{f"{prefix}recall@{k}": _ranked(partial(ranking.recall, k=k), ranks_of) for k in (5, 10)},
        f"{prefix}precision@5": _ranked(partial(ranking.precision, k=5), ranks_of),
        f"{prefix}ndcg@10": _ranked(partial(ranking.ndcg, k=10), ranks_of),
        f"{prefix}map": _ranked(ranking.average_precision, ranks_of),
    }


def _is_unanswerable(mark: Marks) -> bool:
    return not mark.answerable


def _refusal_f1(mark: Marks) -> Sequence[float]:
    # 2 · rightly / (refused + unanswerable), as a mean: whoever is both counts twice on either side of the line
    if not mark.answerable:
        return (1.0, 1.0) if mark.refused else (0.0,)
    return (0.0,) if mark.refused else ()


def _correct(mark: Marks) -> float | None:
    if not mark.answerable:
        return mark.refused
    wrong = mark.refused or mark.failed or mark.missing
    return False if wrong else mark.contains


def _tokens(mark: Marks) -> float | None:
    known = mark.usage is not None and mark.usage.known
    return mark.usage.prompt_tokens + mark.usage.completion_tokens if mark.usage and known else None


def _latency(prefix: str, latency_of: Callable[[Marks], float | None]) -> dict[str, Figure]:
    return {
        f"{prefix}_p{round(100 * share)}_ms": Figure(Quantile(lambda m: _known(latency_of(m)), share), "lower")
        for share in (0.5, 0.95)
    }


def _stage(name: str) -> dict[str, Figure]:
    return _latency(name, lambda mark: mark.stages_ms.get(name))


def _judged(name: str, better: Better = "higher") -> Figure:
    return _mean(lambda mark: mark.judged.get(name), better)


FIGURES: Mapping[str, Figure] = {
    **_ranking("", lambda mark: mark.gold_ranks),
    **_ranking("passage_", lambda mark: mark.passage_ranks),
    "correct": _mean(_correct),
    "contains@60": _mean(lambda mark: mark.contains),
    "f1": _mean(lambda mark: mark.f1),
    "words": _mean(lambda mark: mark.words, "neither"),
    "words_median": Figure(Quantile(lambda mark: _known(mark.words), 0.5), "neither"),
    "refusal_recall": _mean(lambda mark: mark.refused if not mark.answerable else None),
    "refusal_precision": _mean(lambda mark: not mark.answerable if mark.refused else None),
    "refusal_f1": Figure(Mean(_refusal_f1, needs=_is_unanswerable)),
    "false_refusal": _mean(lambda mark: mark.refused if mark.answerable else None, "lower"),
    "cited": _mean(lambda mark: mark.cited),
    "verbatim": _pooled(lambda mark: mark.verbatim),
    "citation_gold": _pooled(lambda mark: mark.gold_cited),
    "citation_precision": _mean(lambda mark: mark.citation_precision),
    "citation_recall": _mean(lambda mark: mark.citation_recall),
    "quoted_exactly": _pooled(lambda mark: mark.quoted),
    "attribution": _mean(lambda mark: mark.attributed),
    "faithfulness": _judged("faithfulness"),
    "answer_relevance": _judged("answer_relevance"),
    "correctness": _judged("correctness"),
    "judge_errors": _judged("judge_errors", "lower"),
    **_latency("latency", lambda mark: mark.latency_ms),
    **_stage("condense"),
    **_stage("retrieve"),
    **_stage("answer"),
    **_stage("write"),
    "requests": _mean(lambda mark: mark.usage.requests if mark.usage else None, "lower"),
    "tokens": _mean(_tokens, "lower"),
}

_NO_SHARES = ("words", "requests", "tokens")


def is_share(name: str) -> bool:
    """Whether a figure lies in [0, 1]; the others are counts and times."""
    return not (name.startswith(_NO_SHARES) or name.endswith("_ms"))
