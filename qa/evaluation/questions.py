"""The question of an evaluation, and the sets of them people keep in files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from qa.errors import QuestionSetError
from qa.evaluation.question_faults import faults_of, report
from qa.evaluation.question_records import Record, read_records
from qa.evaluation.spans import Span

MAX_QUESTION_CHARACTERS = 10_000  # a question this long is a pasted article


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of its right answer."""

    id: str
    question: str
    answers: tuple[str, ...] = ()  # each accepted by itself
    answerable: bool | None = None  # False: refusing is right; None: asked, but counted in no figure
    gold: tuple[str, ...] = ()  # ids or URLs of the articles that hold the answer
    gold_passages: tuple[Span, ...] = ()  # where in them it stands; `article_id` may be a URL too
    speaker: str = ""  # whose words are asked for; empty: nobody's in particular
    history: tuple[str, ...] = ()  # what was said before, oldest first
    asked_on: date | None = None
    tags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)  # every key that is none of the above


def load_questions(path: str | Path) -> tuple[Question, ...]:
    """The questions of a .jsonl, .yaml, .yml or .csv file, in file order.

    Raises:
        InputNotFoundError: there is no such file.
        QuestionSetError: the file is no question set; every fault of every row is named at once.
    """
    path = Path(path)
    records = read_records(path)
    if not records:
        raise QuestionSetError(f"{path}: holds no question")
    faults: list[str] = []
    questions: list[Question] = []
    first_places: dict[str, str] = {}
    for record in records:
        faults += _repeated_id(record, first_places)
        try:
            questions.append(_question(record))
        except _RowError as error:
            faults += error.faults
        except ValidationError as error:
            faults += faults_of(record.place, error)
    if faults:
        raise QuestionSetError(report(path, faults))
    return tuple(questions)


class _RowError(Exception):
    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half of a surrogate pair") from error
    return value


def _not_too_long(value: str) -> str:
    if len(value) > MAX_QUESTION_CHARACTERS:
        raise ValueError(f"has more than {MAX_QUESTION_CHARACTERS:,} characters")
    return value


def _none_as_empty(value: object) -> object:
    return () if value is None else value


def _calendar_day(value: object) -> object:
    # pydantic alone would take 1718000000 as seconds and a time of day as midnight
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        return date.fromisoformat(value.strip())
    if value is None:
        return None
    raise ValueError("should be a date like 2025-06-30")


_Text = Annotated[str, AfterValidator(_text)]
_Texts = Annotated[tuple[_Text, ...], BeforeValidator(_none_as_empty)]


class _GoldPassage(BaseModel):
    model_config = ConfigDict(extra="forbid")

    article_id: _Text
    start: Annotated[int, Field(ge=0)]
    end: int

    @field_validator("end")
    @classmethod
    def _after_start(cls, value: int, known: ValidationInfo) -> int:
        if value <= known.data.get("start", -1):
            raise ValueError("does not lie after its start")
        return value

    def to_span(self) -> Span:
        return Span(self.article_id, self.start, self.end)


class _Row(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: _Text
    question: Annotated[_Text, AfterValidator(_not_too_long)]
    answers: _Texts = ()
    answerable: bool | None = None
    gold: _Texts = ()
    gold_passages: Annotated[tuple[_GoldPassage, ...], BeforeValidator(_none_as_empty)] = ()
    speaker: _Text | None = None
    history: _Texts = ()
    asked_on: Annotated[date | None, BeforeValidator(_calendar_day)] = None
    tags: _Texts = ()
    extra: Annotated[dict[str, Any], BeforeValidator(lambda value: {} if value is None else value)] = {}


def _question(record: Record) -> Question:
    if record.problem:
        raise _RowError(f"{record.place}: {record.problem}")
    row = _Row.model_validate(record.fields)
    unknown = row.model_extra or {}
    if both := sorted(unknown.keys() & row.extra.keys()):
        raise _RowError(*(f"{record.place}, {name}: stands in the row and under 'extra'" for name in both))
    return Question(
        id=row.id,
        question=row.question,
        answers=row.answers,
        answerable=row.answerable,
        gold=row.gold or tuple(dict.fromkeys(passage.article_id for passage in row.gold_passages)),
        gold_passages=tuple(passage.to_span() for passage in row.gold_passages),
        speaker=row.speaker or "",
        history=row.history,
        asked_on=row.asked_on,
        tags=row.tags,
        extra={**row.extra, **unknown},
    )


def _repeated_id(record: Record, first_places: dict[str, str]) -> Iterator[str]:
    """That an earlier row has the same id; `first_places` keeps where each id was met first."""
    question_id = record.fields.get("id")
    if isinstance(question_id, str):
        first = first_places.setdefault(question_id, record.place)
        if first != record.place:
            yield f"{record.place}, id: {question_id!r} is already the id of {first}"
