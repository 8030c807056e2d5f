"""The answer: cited statements, or a reasoned refusal."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from llama_index.core.base.response.schema import Response

from index_store.article import Article
from qa.citation import Citation
from qa.explanation import Explanation
from qa.llm.usage import Usage

if TYPE_CHECKING:
    from qa.verification import Problem  # which reads what a question is read with, and that reads answers

_MARKER = re.compile(r"\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")

Mode = Literal["extractive", "generative"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations that prove it."""

    text: str  # without markers; whitespace folded for reading
    citations: tuple[int, ...]  # numbers
    problems: "tuple[Problem, ...]" = ()  # what its citations do not prove
    support: float | None = None  # probability that they support it, where a model wrote it; None: their own words

    @property
    def is_remark(self) -> bool:
        """Whether it is no statement about the world: a model's word on what the articles do not say."""
        return not self.citations and not self.problems

    @property
    def verified(self) -> bool:
        """Whether every part that code can check is proven by a citation."""
        return bool(self.citations) and not self.problems

    def to_json(self) -> dict[str, Any]:
        """The statement as `ask --json` prints it."""
        problems = [{"kind": p.kind.value, "words": p.words, "message": str(p)} for p in self.problems]
        support = None if self.support is None else round(self.support, 3)
        return {"text": self.text, "citations": list(self.citations), "problems": problems, "support": support}

    def __str__(self) -> str:
        # "[9]" in an article is not a marker of ours
        text = _MARKER.sub(r"(\1)", self.text)
        if self.problems:
            return f"{text} (not verified)"  # a number would look like a proof
        return text + ("".join(f" [{number}]" for number in self.citations) or " (the model’s remark)")


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that was found, with its fused score, best first in an answer."""

    article: Article
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The passage's own characters."""
        return self.article.text[self.start : self.end]


@dataclass
class Answer(Response):
    """What a question gets: statements with citations, or a refusal with its reason.

    It is a LlamaIndex `Response`: `response` holds the text with markers and `source_nodes` the passages
    that were read, so LlamaIndex evaluators, agents and tools accept it.
    """

    response: str | None = None
    question: str = ""
    understood: str = ""  # the question as it was understood: a follow-up put so that it stands alone
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[RetrievedPassage, ...] = ()
    refused: bool = False
    reason: str = ""  # why it was refused, in words; empty otherwise
    mode: Mode = "extractive"
    incomplete: bool = False  # it ended before its end: stopped, or broken off
    note: str = ""  # what its reader must know besides; why it is not what was asked for
    usage: Usage = field(default_factory=Usage)  # what a model's part in it cost; no requests where it had none
    explanation: Explanation | None = field(default=None, repr=False)
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = [self.reason] if self.refused else list(map(str, self.statements))
        asides = [self.aside] if self.note else []
        self.response = " ".join([*parts, *asides, *self._corrections()])

    def _corrections(self) -> list[str]:
        """That what is cited stands in an article with a correction, which the citation shows."""
        corrected = [f"[{citation.number}]" for citation in self.citations if citation.corrections]
        return [f"(Of an article with a notice of correction: {' '.join(corrected)})"] if corrected else []

    @property
    def aside(self) -> str:
        """The note as it stands behind the text."""
        return f"({self.note})"

    def __str__(self) -> str:
        return self.response or ""

    def to_json(self) -> dict[str, Any]:
        """The answer as `ask --json` prints it."""
        return {
            "schema": 1,
            "question": self.question,
            "understood": self.understood,
            "answer": str(self),
            "refused": self.refused,
            "reason": self.reason,
            "mode": self.mode,
            "incomplete": self.incomplete,
            "note": self.note,
            "statements": [statement.to_json() for statement in self.statements],
            "citations": [citation.to_json() for citation in self.citations],
            "retrieved": [
                {"article_id": p.article.id, "start": p.start, "end": p.end, "score": round(p.score, 6)}
                for p in self.retrieved
            ],
            "usage": asdict(self.usage),
            "timings_ms": {stage: round(value, 3) for stage, value in self.timings_ms.items()},
        }
