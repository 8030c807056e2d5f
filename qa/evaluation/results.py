"""The results of a run: its rows, and all that is made of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qa.evaluation.bootstrap import Interval, intervals
from qa.evaluation.figures import Figures, figures_of
from qa.evaluation.groups import BY, Group, groups_of
from qa.evaluation.marks import Marks
from qa.evaluation.outcomes import Outcome, QuestionResult, result_of
from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunRow

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

    from qa.llm.usage import Prices


@dataclass(frozen=True)
class EvaluationRun:
    """What every question of a set got, in the order of the questions; the rest is computed when it is asked for."""

    questions: tuple[Question, ...]
    rows: tuple[RunRow, ...]
    seconds: float = 0.0  # spent on asking; rows kept from an earlier run took none

    @cached_property
    def results(self) -> tuple[QuestionResult, ...]:
        """What became of each question, in order."""
        rows = {row.id: row for row in self.rows}
        return tuple(result_of(question, rows.get(question.id)) for question in self.questions)

    @cached_property
    def marks(self) -> tuple[Marks, ...]:
        """Marks of the questions that count, in order."""
        return tuple(result.marks for result in self.results if result.marks)

    @cached_property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many questions had each outcome; all outcomes, in their own order."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome: counted[outcome] for outcome in Outcome}

    @cached_property
    def figures(self) -> Figures:
        """The figures of the whole run."""
        return figures_of(self.marks, len(self.questions))

    @cached_property
    def intervals(self) -> Mapping[str, Interval | None]:
        """The 95 % interval of each figure; None where the figure is undefined."""
        return intervals(self.marks)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The same figures by tag, by outlet of the gold articles, and by kind of question."""
        return groups_of(self.results)

    def cost(self, prices: "Prices") -> float:
        """Cost of all answers, in the currency of the prices; too low where a usage is not `known`."""
        return sum(row.usage.cost(prices) for row in self.rows if row.usage)

    @property
    def was_judged_by_model(self) -> bool:
        """Whether a judge was asked about any answer."""
        return any(row.judgement and row.judgement.usage for row in self.rows)

    def judge_cost(self, prices: "Prices") -> float:
        """Cost of judging, in the currency of the prices; too low where a usage is not `known`."""
        spent = (row.judgement.usage for row in self.rows if row.judgement)
        return sum(usage.cost(prices) for usage in spent if usage)

    def to_json(self) -> dict[str, Any]:
        """Figures, intervals, groups and outcomes, as `eval run --json` prints them."""
        bounds = {name: [found.low, found.high] if found else None for name, found in self.intervals.items()}
        return {
            "figures": self.figures.to_json(),
            "intervals": bounds,
            "outcomes": {outcome.value: count for outcome, count in self.outcomes.items()},
            "groups": {by: {g.name: g.to_json() for g in self.groups if g.by == by} for by in BY},
        }

    def to_pandas(self) -> "DataFrame":
        """One row a question: what was asked, what it got, what became of it, and its marks.

        Raises:
            ImportError: pandas is not installed.
        """
        from pandas import DataFrame

        return DataFrame([_record(result) for result in self.results])


def _record(result: QuestionResult) -> dict[str, Any]:
    question, row, marks = result.question, result.row, result.marks
    return {
        "id": question.id,
        "question": question.question,
        "answerable": question.answerable,
        "outcome": result.outcome.value,
        "why": result.why,
        "answer": row.answer,
        "refused": row.refused,
        "error": row.error,
        "citations": len(row.citations),
        "gold_rank": marks.gold_rank if marks else None,
        "contains": marks.contains if marks else None,
        "f1": marks.f1 if marks else None,
        "words": marks.words if marks else None,
        "verbatim": all(marks.verbatim) if marks and marks.verbatim else None,
        "quoted_exactly": all(marks.quoted) if marks and marks.quoted else None,
        "attributed": marks.attributed if marks else None,
        "citation_precision": marks.citation_precision if marks else None,
        "citation_recall": marks.citation_recall if marks else None,
        "tokens": row.usage.prompt_tokens + row.usage.completion_tokens if row.usage else None,
        "latency_ms": row.latency_ms,
        **{f"{stage}_ms": spent for stage, spent in row.timings_ms.items()},
        **row.judged,
        "tags": question.tags,
    }
