"""Judging: a model says whether an answer is faithful, to the point and right, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from prompts import Prompt, PromptPart, render_prompt
from qa.errors import ModelError
from qa.evaluation.indexed_articles import ArticleStore
from qa.evaluation.json_reply import read_reply
from qa.evaluation.judgement import Judgement
from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunCitation, RunRow
from qa.evaluation.side_by_side import side_by_side
from qa.evaluation.usage import RowUsage
from qa.generative.planted import without_instructions
from qa.llm import ChatModel, Usage, usage_of

_AROUND = 300  # characters on either side of a citation that are shown with it: who "she" is, and what "it" was
_ERROR, _CORRECT = "judge_errors", "correctness"

_Reason = Annotated[str, Field(min_length=1)]


class _Verdict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    faithful_reason: _Reason
    faithful: bool
    relevant_reason: _Reason
    relevant: bool


class _FullVerdict(_Verdict):
    correct_reason: _Reason
    correct: bool


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the rows of a run with a model; the articles are those of the index that was asked."""

    model: ChatModel
    store: ArticleStore
    at_once: int = 1  # answers put to the model at a time

    def judge(self, question: Question, row: RunRow) -> RunRow:
        """The row with what was made of it; a fault of the judge is counted as such and is no verdict.

        No model is asked of a refusal, which claims nothing: whether refusing was right is known from the question.
        Nor is it asked whether an answer to an unanswerable question is right.
        """
        if row.error:
            return row
        if row.refused:
            return _judged(row, _of_refusal(question), Judgement())
        accepted = question.answers if question.answerable else ()
        try:
            reply = self.model.complete(self._prompt(question, row, accepted))
        except ModelError as error:
            return self._failed(row, str(error), usage_of(error))
        try:
            verdict = read_reply(reply.text, _FullVerdict if accepted else _Verdict)
        except (ValidationError, ValueError):
            return self._failed(row, "the judge's reply is not the object that was asked for", reply.usage)
        judgement = Judgement(self.model.name, dict(_reasons(verdict)), usage=_row_usage(reply.usage))
        return _judged(row, {**dict(_verdicts(verdict)), **_if_unanswerable(question), _ERROR: 0.0}, judgement)

    def _failed(self, row: RunRow, why: str, usage: Usage) -> RunRow:
        return _judged(row, {_ERROR: 1.0}, Judgement(self.model.name, error=why, usage=_row_usage(usage)))

    def _prompt(self, question: Question, row: RunRow, accepted: Sequence[str]) -> Prompt:
        parts = [
            *(PromptPart("earlier-question", earlier) for earlier in question.history),
            PromptPart("question", question.question),
            *(PromptPart("accepted-answer", answer) for answer in accepted),
            PromptPart("answer", row.answer),
            *(PromptPart("passage", self._passage(citation)) for citation in row.citations),
        ]
        asked = ("faithful", "relevant", "correct") if accepted else ("faithful", "relevant")
        return render_prompt("judge", parts=parts, verdicts=", ".join(asked))

    def _passage(self, citation: RunCitation) -> str:
        """The cited words with what stands around them, and what is known of their article."""
        article = self._article(citation.article_id)
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            return f"[{citation.number}] {citation.quote}"
        start, end = max(0, citation.start - _AROUND), citation.end + _AROUND
        shown = without_instructions(article).text[start:end]
        about = ", ".join(filter(None, (article.title, article.source, str(article.published or ""))))
        return f"[{citation.number}] {' '.join(about.split())}\nCited: {citation.quote}\nIn its place: … {shown} …"

    def _article(self, article_id: str) -> Article | None:
        try:
            return self.store.article(article_id)
        except ArticleNotFoundError:
            return None


def judge_rows(
    judge: Judge,
    questions: Sequence[Question],
    rows: Sequence[RunRow],
    sink: Callable[[RunRow], None],
) -> tuple[RunRow, ...]:
    """All rows, judged; those with a verdict of this judge keep it, and `sink` is called with each new one."""
    by_id = {question.id: question for question in questions}
    judged = {row.id: row for row in rows}
    waiting = [row for row in rows if needs_judging(row, judge.model.name) and row.id in by_id]
    with closing(side_by_side(lambda row: judge.judge(by_id[row.id], row), waiting, judge.at_once)) as verdicts:
        for row in verdicts:
            judged[row.id] = row
            sink(row)
    return tuple(judged.values())


def needs_judging(row: RunRow, by: str) -> bool:
    """Whether a row has an answer without a verdict of the model `by`; an error of the judge is no verdict."""
    if row.error or row.judgement is None:
        return not row.error
    return bool(row.judged.get(_ERROR)) or row.judgement.by not in ("", by)


def _judged(row: RunRow, verdicts: Mapping[str, float], judgement: Judgement) -> RunRow:
    return replace(row, judged=verdicts, judgement=judgement)


def _of_refusal(question: Question) -> Mapping[str, float]:
    return {} if question.answerable is None else {_CORRECT: float(not question.answerable)}


def _if_unanswerable(question: Question) -> Mapping[str, float]:
    return {_CORRECT: 0.0} if question.answerable is False else {}


def _verdicts(verdict: _Verdict) -> Iterator[tuple[str, float]]:
    yield "faithfulness", float(verdict.faithful)
    yield "answer_relevance", float(verdict.relevant)
    if isinstance(verdict, _FullVerdict):
        yield _CORRECT, float(verdict.correct)


def _reasons(verdict: _Verdict) -> Iterator[tuple[str, str]]:
    yield "faithfulness", verdict.faithful_reason
    yield "answer_relevance", verdict.relevant_reason
    if isinstance(verdict, _FullVerdict):
        yield _CORRECT, verdict.correct_reason


def _row_usage(usage: Usage) -> RowUsage:
    return RowUsage(**asdict(usage))
