"""The row of a run: what one question got, as it is kept in a run file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from qa.errors import RunFileError
from qa.evaluation.checked import Checked
from qa.evaluation.judgement import Judgement
from qa.evaluation.questions import Question
from qa.evaluation.spans import Span
from qa.evaluation.usage import RowUsage, usage_of

if TYPE_CHECKING:
    from qa.answer import Answer

# a file may say anything; no figure is to come out as infinite, or above 1, because of that
_Milliseconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class RunCitation:
    """A citation as a run keeps it; `quote` is what the answer claimed to be `article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    quote: str = ""
    number: int = 0  # from 1; 0 where the writer of the row numbered none

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.article_id, self.start, self.end)


@dataclass(frozen=True, slots=True)
class RunRow:
    """What one question got."""

    id: str  # the question's
    question: str = ""
    answer: str = ""  # of a refusal, its reason
    refused: bool = False
    citations: tuple[RunCitation, ...] = ()
    retrieved: tuple[str, ...] = ()  # article ids, best first, distinct
    latency_ms: _Milliseconds | None = None
    incomplete: bool = False
    mode: str = ""
    passages: tuple[Span, ...] = ()  # retrieved, best first
    timings_ms: Mapping[str, _Milliseconds] = field(default_factory=dict)  # by stage
    usage: RowUsage | None = None  # None: no model's service was asked
    error: str = ""  # why there is no answer; empty where there is one
    checked: Checked | None = None  # None where the index was not at hand
    judged: Mapping[str, _Share] = field(default_factory=dict)  # what a judge made of it, by figure
    judgement: Judgement | None = None  # why; None where it was not judged

    @classmethod
    def from_answer(cls, question: Question, answer: "Answer", latency_ms: float) -> "RunRow":
        """The row that keeps `answer`."""
        return cls(
            id=question.id,
            question=question.question,
            answer=str(answer),
            refused=answer.refused,
            citations=tuple(
                RunCitation(c.article_id, c.start, c.end, quote=c.quote, number=c.number) for c in answer.citations
            ),
            retrieved=tuple(dict.fromkeys(passage.article.id for passage in answer.retrieved)),
            latency_ms=round(latency_ms, 3),
            incomplete=answer.incomplete,
            mode=answer.mode,
            passages=tuple(Span(passage.article.id, passage.start, passage.end) for passage in answer.retrieved),
            timings_ms={stage: round(value, 3) for stage, value in answer.timings_ms.items()},
            usage=usage_of(answer),
        )

    @classmethod
    def from_error(cls, question: Question, error: Exception) -> "RunRow":
        """The row of a question that got an error instead of an answer."""
        return cls(id=question.id, question=question.question, error=" ".join(str(error).split()))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "RunRow":
        """The row that `to_json` gave; only `id` is required, unknown keys are ignored.

        Raises:
            RunFileError: a field is missing or of another type.
        """
        try:
            return _ROW.validate_python(row)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            name = ".".join(map(str, fault["loc"]))
            raise RunFileError(f"run row {row.get('id')!r}, {name}: {fault['msg']}; run the evaluation anew") from error

    def to_json(self) -> dict[str, Any]:
        """The row as one object of a run file."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.answer,
            "refused": self.refused,
            "citations": [
                {"number": c.number, "article_id": c.article_id, "start": c.start, "end": c.end, "quote": c.quote}
                for c in self.citations
            ],
            "retrieved": list(self.retrieved),
            "latency_ms": self.latency_ms,
            "incomplete": self.incomplete,
            "mode": self.mode,
            "passages": [{"article_id": p.article_id, "start": p.start, "end": p.end} for p in self.passages],
            "timings_ms": dict(self.timings_ms),
            "usage": self.usage.to_json() if self.usage else None,
            "error": self.error,
            "checked": self.checked.to_json() if self.checked else None,
            "judged": dict(self.judged),
            "judgement": self.judgement.to_json() if self.judgement else None,
        }


_ROW = TypeAdapter(RunRow)
