"""Figures of a run. Every one is None where it is undefined: a mean of nothing, a share of nothing.

A share lies in [0, 1]. Only questions whose `answerable` is known count.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from qa.evaluation.marks import ArticleLookups, Marks, mark_run
from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunRow

FigureFunction = Callable[[Sequence[Marks]], float | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run by name, in the order they are shown."""

    questions: int
    counted: int  # questions whose `answerable` is known; the values are theirs
    missing: int  # counted questions without a row in the run
    values: Mapping[str, float | None]

    def to_json(self) -> dict[str, float | None]:
        """Counts and figures as one flat object."""
        return {"questions": self.questions, "counted": self.counted, "missing": self.missing, **self.values}


def compute_figures(questions: Sequence[Question], rows: Iterable[RunRow], lookups: ArticleLookups) -> Figures:
    """The figures of a run; of two rows with one id the last counts, rows of other questions do not."""
    marks = mark_run(questions, rows, lookups)
    return Figures(
        questions=len(questions),
        counted=len(marks),
        missing=sum(mark.missing for mark in marks),
        values={name: figure(marks) for name, figure in FIGURES.items()},
    )


def hit_rate(marks: Iterable[Marks], k: int) -> float | None:
    """Share of the answerable questions with gold that have a gold article among the first `k` retrieved.

    Source: the top-k accuracy of Karpukhin et al., Dense Passage Retrieval (2020), with articles for passages.
    """
    return _mean(mark.gold_rank <= k for mark in marks if mark.gold_rank is not None)


def mean_reciprocal_rank(marks: Iterable[Marks], depth: int) -> float | None:
    """Mean of 1 / rank of the first gold article, 0 below `depth`, over the answerable questions with gold.

    Source: Voorhees, The TREC-8 Question Answering Track Report (1999).
    """
    ranks = [mark.gold_rank for mark in marks if mark.gold_rank is not None]
    return _mean(1 / rank if rank <= depth else 0.0 for rank in ranks)


def contains_rate(marks: Iterable[Marks]) -> float | None:
    """Share of the answerable questions with accepted answers whose answer has one of them in its first 60 words.

    A refusal is a miss. Words as in `qa.evaluation.matching`.

    Source: the accuracy of Mallen et al., When Not to Trust Language Models (2023), cut at 60 words.
    """
    return _mean(mark.contains for mark in marks if mark.contains is not None)


def mean_f1(marks: Iterable[Marks]) -> float | None:
    """Mean over the answerable questions with accepted answers of the best token F1; a refusal has 0.

    Source: Rajpurkar et al., SQuAD (2016).
    """
    return _mean(mark.f1 for mark in marks if mark.f1 is not None)


def mean_words(marks: Iterable[Marks]) -> float | None:
    """Mean number of words of the answers given.

    To be read beside the contains rate, which long answers raise, and F1, which they lower.
    """
    return _mean(mark.words for mark in marks if mark.words is not None)


def refusal_recall(marks: Iterable[Marks]) -> float | None:
    """Refused unanswerable questions / unanswerable questions.

    Source: the no-answer accuracy of Rajpurkar et al., Know What You Don't Know (2018).
    """
    return _mean(mark.refused for mark in marks if not mark.answerable)


def false_refusal(marks: Iterable[Marks]) -> float | None:
    """Refused answerable questions / answerable questions."""
    return _mean(mark.refused for mark in marks if mark.answerable)


def refusal_precision(marks: Iterable[Marks]) -> float | None:
    """Refused unanswerable questions / refused questions."""
    return _mean(not mark.answerable for mark in marks if mark.refused)


def refusal_f1(marks: Sequence[Marks]) -> float | None:
    """Harmonic mean of precision and recall of refusing: 2 · refused rightly / (refused + unanswerable).

    None without an unanswerable question, where recall is undefined.
    """
    unanswerable = sum(not mark.answerable for mark in marks)
    refused = sum(mark.refused for mark in marks)
    rightly = sum(mark.refused and not mark.answerable for mark in marks)
    return 2 * rightly / (refused + unanswerable) if unanswerable else None


def cited_rate(marks: Iterable[Marks]) -> float | None:
    """Share of the answers given that carry a citation."""
    return _mean(mark.cited for mark in marks if mark.cited is not None)


def verbatim_rate(marks: Iterable[Marks]) -> float | None:
    """Share of all citations whose quote is exactly `article.text[start:end]`, and not empty."""
    return _mean(verbatim for mark in marks for verbatim in mark.verbatim)


def gold_citation_rate(marks: Iterable[Marks]) -> float | None:
    """Share of the citations on answerable questions with gold that name a gold article.

    Source: ours, coarser than the citation precision of Gao et al., Enabling LLMs to Generate Text with Citations
    (2023): it asks for the right article, not for support, and an article may support an answer without being gold.
    """
    return _mean(gold for mark in marks for gold in mark.gold_cited)


def latency_percentile(marks: Iterable[Marks], share: float) -> float | None:
    """Latency in ms at position `floor(share · n)`, from 0, of all n in ascending order.

    The first question may include loading the models.

    Source: Hyndman and Fan, Sample Quantiles (1996), type 1, but the upper value where `share · n` is whole.
    """
    latencies = sorted(mark.latency_ms for mark in marks if mark.latency_ms is not None)
    return latencies[min(math.floor(share * len(latencies)), len(latencies) - 1)] if latencies else None


def _mean(values: Iterable[float]) -> float | None:
    counted = [float(value) for value in values]
    return sum(counted) / len(counted) if counted else None


FIGURES: Mapping[str, FigureFunction] = {
    "hit@1": partial(hit_rate, k=1),
    "hit@5": partial(hit_rate, k=5),
    "mrr@10": partial(mean_reciprocal_rank, depth=10),
    "contains@60": contains_rate,
    "f1": mean_f1,
    "words": mean_words,
    "refusal_recall": refusal_recall,
    "refusal_precision": refusal_precision,
    "refusal_f1": refusal_f1,
    "false_refusal": false_refusal,
    "cited": cited_rate,
    "verbatim": verbatim_rate,
    "citation_gold": gold_citation_rate,
    "latency_p50_ms": partial(latency_percentile, share=0.5),
    "latency_p95_ms": partial(latency_percentile, share=0.95),
}
