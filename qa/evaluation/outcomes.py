"""The outcome of a question: what became of it, in one word, and why."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from qa.evaluation.marks import ANSWER_WORDS, Marks, mark
from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunRow


class Outcome(str, Enum):
    """What became of a question."""

    CORRECT = "correct"
    WRONG = "wrong"
    MISSED = "missed"
    REFUSED_RIGHTLY = "refused rightly"
    GUESSED = "guessed"
    FAILED = "failed"  # an error, or no row at all
    UNJUDGED = "unjudged"
    UNCOUNTED = "uncounted"

    @property
    def is_right(self) -> bool | None:
        """Whether that is as it should be; None where it is not known."""
        if self in (Outcome.UNJUDGED, Outcome.UNCOUNTED):
            return None
        return self in (Outcome.CORRECT, Outcome.REFUSED_RIGHTLY)

    @property
    def meaning(self) -> str:
        """What is meant by it, for a reader."""
        return _MEANINGS[self]


_MEANINGS = {
    Outcome.CORRECT: "the answer holds an accepted answer",
    Outcome.WRONG: "the answer holds none",
    Outcome.MISSED: "refused, though the articles answer it",
    Outcome.REFUSED_RIGHTLY: "refused, and the articles do not answer it",
    Outcome.GUESSED: "answered, though the articles do not",
    Outcome.FAILED: "an error instead of an answer",
    Outcome.UNJUDGED: "answered; no accepted answer is known",
    Outcome.UNCOUNTED: "nobody has said whether the articles answer it",
}


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question with what it got and what became of it."""

    question: Question
    row: RunRow
    marks: Marks | None  # None for a question that no figure counts
    outcome: Outcome
    why: str  # what a reader would look into first; empty where all is well

    def to_json(self) -> dict[str, Any]:
        """The outcome with question and answer, for a reader."""
        return {
            "id": self.question.id,
            "question": self.question.question,
            "outcome": self.outcome.value,
            "why": self.why,
            "answer": self.row.answer,
        }


def result_of(question: Question, row: RunRow | None) -> QuestionResult:
    """What became of `question`; `row` is None where the run has none of it."""
    marks = mark(question, row) if question.answerable is not None else None
    kept = row or RunRow(id=question.id, question=question.question)
    outcome = _outcome(kept, marks)
    return QuestionResult(question, kept, marks, outcome, _why(outcome, kept, marks))


def answered_from(row: RunRow) -> tuple[str, ...]:
    """The ids of the articles that an answer cites, each once."""
    return tuple(dict.fromkeys(citation.article_id for citation in row.citations))


def _outcome(row: RunRow, marks: Marks | None) -> Outcome:
    if marks is None:
        return Outcome.FAILED if row.error else Outcome.UNCOUNTED
    if marks.failed or marks.missing:
        return Outcome.FAILED
    if not marks.answerable:
        return Outcome.REFUSED_RIGHTLY if marks.refused else Outcome.GUESSED
    if marks.refused:
        return Outcome.MISSED
    if marks.contains is None:
        return Outcome.UNJUDGED
    return Outcome.CORRECT if marks.contains else Outcome.WRONG


def _why(outcome: Outcome, row: RunRow, marks: Marks | None) -> str:
    if outcome is Outcome.FAILED:
        return row.error or "the run has no row of it"
    if outcome is Outcome.GUESSED:
        return "answered from " + ", ".join(answered_from(row) or ["nothing cited"])
    if marks is None or outcome not in (Outcome.WRONG, Outcome.MISSED):
        return ""
    return "; ".join(filter(None, (_found(marks.gold_ranks), _used(row, marks, outcome))))


def _found(ranks: Sequence[float]) -> str:
    if not ranks:
        return ""
    first = min(ranks)
    return "no gold article was retrieved" if math.isinf(first) else f"gold article retrieved at rank {first:.0f}"


def _used(row: RunRow, marks: Marks, outcome: Outcome) -> str:
    if outcome is Outcome.MISSED:
        return f"refused: {row.answer}"
    if not marks.gold_cited or math.isinf(marks.gold_rank or math.inf):
        return ""
    cited = "cited" if any(marks.gold_cited) else "not cited"
    return f"{cited}; no accepted answer in the first {ANSWER_WORDS} words"
