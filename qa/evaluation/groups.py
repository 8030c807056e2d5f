"""Groups of questions: the same figures by tag, by outlet and by kind of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from qa.evaluation.figures import Figures, figures_of
from qa.evaluation.outcomes import QuestionResult
from qa.evaluation.questions import Question

By = Literal["tag", "source", "kind"]
BY: tuple[By, ...] = ("tag", "source", "kind")

_ASKING = re.compile(r"\b(who|whose|whom|what|when|where|which|why|how)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of some of the questions; a question may be in several groups of one kind."""

    by: By
    name: str
    figures: Figures

    def to_json(self) -> dict[str, Any]:
        """The figures of the group."""
        return dict(self.figures.to_json())


def groups_of(results: Sequence[QuestionResult]) -> tuple[Group, ...]:
    """Every group with a counted question, by tag, then outlet, then kind, the largest of each first."""
    return tuple(group for by in BY for group in _grouped(results, by))


def question_kind(question: str) -> str:
    """The first of who, whose, whom, what, when, where, which, why and how in it; else "other"."""
    found = _ASKING.search(question)
    return found[1].lower() if found else "other"


def members_of(results: Sequence[QuestionResult], by: By) -> dict[str, list[QuestionResult]]:
    """The questions of each group of one kind, counted or not."""
    members: dict[str, list[QuestionResult]] = {}
    for result in results:
        for name in _names(result, by):
            members.setdefault(name, []).append(result)
    return members


def _grouped(results: Sequence[QuestionResult], by: By) -> list[Group]:
    groups = [Group(by, name, _figures(found)) for name, found in members_of(results, by).items()]
    counted = [group for group in groups if group.figures.counted]
    return sorted(counted, key=lambda group: (-group.figures.counted, group.name))


def _names(result: QuestionResult, by: By) -> Sequence[str]:
    question: Question = result.question
    if by == "tag":
        return tuple(dict.fromkeys(question.tags))
    if by == "kind":
        return (question_kind(question.question),)
    return result.row.checked.outlets if result.row.checked else ()


def _figures(results: Sequence[QuestionResult]) -> Figures:
    return figures_of([result.marks for result in results if result.marks], len(results))
