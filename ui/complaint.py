"""The complaint: an answer that a reader found wrong, as a question of an evaluation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from qa.evaluation import Question
from qa.reading import Turn as AskedTurn
from ui.state import Turn

TAG = "thumbs-down"
SAID, GIVEN, UNDERSTOOD, LIMITS, COLLECTED = "what_was_wrong", "given", "understood", "limits", "collected_at"
MOST_CHARS = 2_000  # of what a reader writes


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader says of the answer; all of it may be left empty."""

    said: str = ""  # what was wrong
    expected: str = ""  # what would have been right
    is_unanswerable: bool = False  # whether a refusal would have been right

    @property
    def is_possible(self) -> bool:
        """Whether it does not contradict itself."""
        return not (self.expected.strip() and self.is_unanswerable)

    def question(self, turn: Turn, earlier: tuple[AskedTurn, ...]) -> Question:
        """The question as it was asked after the earlier ones, under a new id, with what was answered."""
        expected = self.expected.strip()
        asked = turn.asked_at.date() if turn.asked_at else None
        return Question(
            id=f"collected-{uuid4().hex[:12]}",
            question=turn.question,
            answers=(expected,) if expected else (),
            answerable=True if expected else False if self.is_unanswerable else None,
            history=tuple(each.question for each in earlier),
            asked_on=turn.limits.as_of or asked,
            tags=(TAG,),
            extra=self._extra(turn),
        )

    def _extra(self, turn: Turn) -> dict[str, str]:
        told = {
            SAID: self.said.strip(),
            GIVEN: str(turn.answer) if turn.answer else "",
            UNDERSTOOD: turn.linked_question if turn.linked_question != turn.question else "",
            LIMITS: turn.limits.words,
            COLLECTED: datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        return {name: value for name, value in told.items() if value}
