"""Marks: what a question got, judged by what is known of its answer."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qa.evaluation.matching import contains, token_f1, words_of
from qa.evaluation.questions import Question
from qa.evaluation.run_rows import RunRow

ANSWER_WORDS = 60  # an accepted answer has to come early, or a long answer would always contain it


@dataclass(frozen=True, slots=True)
class ArticleLookups:
    """How a judge finds the articles that questions and citations name."""

    text_of: Callable[[str], str | None]  # the text of the article with that id; None when there is none
    ids_of: Callable[[str], tuple[str, ...]]  # ids of the articles a gold id or URL means; empty when there are none


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one question; None where a mark does not apply to it."""

    question_id: str
    answerable: bool
    missing: bool  # the run has no row of it: judged as an empty answer
    refused: bool
    gold_rank: float | None  # from 1; infinite when no gold article was retrieved; None without a gold article
    contains: bool | None
    f1: float | None
    words: int | None  # None when no answer was given
    verbatim: tuple[bool, ...]  # of each citation
    gold_cited: tuple[bool, ...]  # of each citation; empty without a gold article
    latency_ms: float | None

    @property
    def cited(self) -> bool | None:
        """Whether the answer carries a citation; None when no answer was given."""
        return None if self.words is None else bool(self.verbatim)


def mark_run(questions: Iterable[Question], rows: Iterable[RunRow], lookups: ArticleLookups) -> tuple[Marks, ...]:
    """Marks of every question whose `answerable` is known, in the order of the questions."""
    rows_by_id = {row.id: row for row in rows}
    return tuple(
        _mark(question, rows_by_id.get(question.id), lookups)
        for question in questions
        if question.answerable is not None
    )


def _mark(question: Question, given: RunRow | None, lookups: ArticleLookups) -> Marks:
    row = given or RunRow(id=question.id)
    answerable = bool(question.answerable)
    gold = _gold_ids(question, lookups) if answerable else frozenset()
    words = () if row.refused else words_of(row.answer)
    accepted = [words_of(answer) for answer in question.answers] if answerable else []
    return Marks(
        question_id=question.id,
        answerable=answerable,
        missing=given is None,
        refused=row.refused,
        gold_rank=_first_rank(row.retrieved, gold) if gold else None,
        contains=any(contains(words[:ANSWER_WORDS], each) for each in accepted) if accepted else None,
        f1=max(token_f1(words, each) for each in accepted) if accepted else None,
        words=len(words) if row.answer and not row.refused else None,
        verbatim=_verbatim(row, lookups),
        gold_cited=tuple(citation.article_id in gold for citation in row.citations) if gold else (),
        latency_ms=row.latency_ms,
    )


def _gold_ids(question: Question, lookups: ArticleLookups) -> frozenset[str]:
    # a name that leads to no article stays: the question has gold, and nothing that is retrieved can be it
    return frozenset(article_id for name in question.gold for article_id in lookups.ids_of(name) or (name,))


def _first_rank(retrieved: Sequence[str], gold: frozenset[str]) -> float:
    return next((float(rank) for rank, article_id in enumerate(retrieved, start=1) if article_id in gold), math.inf)


def _verbatim(row: RunRow, lookups: ArticleLookups) -> tuple[bool, ...]:
    return tuple(
        bool(citation.quote)
        and (lookups.text_of(citation.article_id) or "")[citation.start : citation.end] == citation.quote
        for citation in row.citations
    )
