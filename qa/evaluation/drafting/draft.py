"""The draft: a question that code or a model wrote, and a person has not seen yet."""

from dataclasses import dataclass
from datetime import date

from qa.evaluation.questions import Question
from qa.evaluation.spans import Span

DRAFT_TAG = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question about one article, with where that article answers it."""

    kind: str  # a tag: "who", "how-many", "quotation"
    question: str
    answers: tuple[str, ...]  # each stands literally in the article
    passage: Span  # the sentence that answers
    speaker: str = ""  # whose words are asked for
    asked_on: date | None = None  # the day of publication: "on Monday" is read from there

    def to_question(self, number: int, gold: tuple[str, ...]) -> Question:
        """The row of a question set; `gold` are the articles that answer it."""
        return Question(
            id=f"draft-{number:03}",
            question=self.question,
            answers=self.answers,
            answerable=True,
            gold=gold,
            gold_passages=(self.passage,),
            speaker=self.speaker,
            asked_on=self.asked_on,
            tags=(DRAFT_TAG, self.kind),
        )


def unanswerable(draft: Draft, question: str, number: int) -> Question:
    """The row of a question that no article answers, made from `draft` with something exchanged."""
    tags = (DRAFT_TAG, draft.kind, "unanswerable")
    return Question(
        id=f"draft-{number:03}",
        question=question,
        answerable=False,
        asked_on=draft.asked_on,
        tags=tags,
        extra={"made_from": draft.question},
    )
