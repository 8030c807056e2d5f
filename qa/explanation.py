"""The explanation: how a question was read, what was found, and why each candidate was kept or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SHOWN = 12  # candidates of each stage


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate for a statement, with its scores and its fate."""

    article_id: str
    start: int
    end: int
    text: str
    scores: Mapping[str, float]
    why: str  # why it was kept or dropped
    kept: bool = False

    def to_json(self) -> dict[str, Any]:
        """The candidate as `ask --explain --json` prints it."""
        scores = {name: round(value, 3) for name, value in self.scores.items()}
        place = {"article_id": self.article_id, "start": self.start, "end": self.end, "text": self.text}
        return {**place, "scores": scores, "kept": self.kept, "why": self.why}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every stage of one answer."""

    reading: Mapping[str, str]  # what was understood of the question, by name: question, period, speaker, topic
    passages: tuple[Considered, ...]  # best first
    candidates: tuple[Considered, ...]  # sentences or utterances, best first
    evidence: float | None  # probability that the best sentence answers; None where quotations answered

    def to_json(self) -> dict[str, Any]:
        """The explanation as `ask --explain --json` prints it."""
        return {
            "reading": dict(self.reading),
            "passages": [passage.to_json() for passage in self.passages[:_SHOWN]],
            "candidates": [candidate.to_json() for candidate in self.candidates[:_SHOWN]],
            "evidence": self.evidence,
        }

    def to_text(self) -> str:
        """The explanation for a terminal."""
        lines = ["How the question was read", *(f"  {name}: {value}" for name, value in self.reading.items())]
        lines += ["", "Passages found", *map(_line, self.passages[:_SHOWN])]
        lines += ["", "Candidates for the answer", *map(_line, self.candidates[:_SHOWN])]
        if self.evidence is not None:
            lines += ["", f"Evidence: {self.evidence:.2f}"]
        return "\n".join(lines)


def _line(considered: Considered) -> str:
    scores = "  ".join(f"{name} {value:.2f}" for name, value in considered.scores.items())
    text = " ".join(considered.text.split())
    mark = "+" if considered.kept else "-"
    place = f"{considered.article_id}:{considered.start}-{considered.end}"
    return f"  {mark} {scores}\n    {place}: {text[:150]}\n    {considered.why}"
