"""Marks: what a question got, judged by what is known of its answer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from qa.evaluation.attribution import is_attributed
from qa.evaluation.checked import ArticleLookups, Checked, as_written, check
from qa.evaluation.matching import contains, token_f1, words_of
from qa.evaluation.questions import Question
from qa.evaluation.quoted import is_exact, quoted_in
from qa.evaluation.run_rows import RunRow
from qa.evaluation.spans import Span
from qa.evaluation.usage import RowUsage

Item = TypeVar("Item")

ANSWER_WORDS = 60  # an accepted answer has to come early, or a long answer would always contain it


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one question; None where a mark does not apply to it."""

    question_id: str
    answerable: bool
    missing: bool  # the run has no row of it: judged as an empty answer
    failed: bool  # it got an error: judged as an empty answer
    refused: bool
    gold_ranks: tuple[float, ...]  # of each gold article, from 1; infinite when not retrieved; empty without gold
    passage_ranks: tuple[float, ...]  # of each gold passage, in the same way
    contains: bool | None
    f1: float | None
    words: int | None  # None when no answer was given
    cited: bool | None  # whether the answer carries a citation; None when no answer was given
    verbatim: tuple[bool, ...]  # of each citation; empty when no index was at hand
    gold_cited: tuple[bool, ...]  # of each citation; empty without a gold article
    citation_precision: float | None  # share of the citations that hold gold; None without gold or citation
    citation_recall: float | None  # share of the gold that is cited; None without gold or when no answer was given
    quoted: tuple[bool, ...]  # of each stretch in quotation marks, whether a cited quote holds it
    attributed: bool | None  # the right speaker; None where none is asked for or nothing to answer
    latency_ms: float | None
    stages_ms: Mapping[str, float] = field(default_factory=dict)
    usage: RowUsage | None = None
    judged: Mapping[str, float] = field(default_factory=dict)

    @property
    def gold_rank(self) -> float | None:
        """Rank of the first gold article; infinite when none was retrieved; None without one."""
        return min(self.gold_ranks, default=None)


def mark_run(
    questions: Iterable[Question], rows: Iterable[RunRow], lookups: ArticleLookups | None = None
) -> tuple[Marks, ...]:
    """Marks of every question whose `answerable` is known, in the order of the questions.

    With `lookups` the rows are checked against those articles; without, by what was checked when they were made.
    """
    rows_by_id = {row.id: row for row in rows}
    return tuple(
        mark(question, rows_by_id.get(question.id), lookups)
        for question in questions
        if question.answerable is not None
    )


def mark(question: Question, found: RunRow | None, lookups: ArticleLookups | None = None) -> Marks:
    """Marks of one question; `found` is None where the run has no row of it."""
    row = found or RunRow(id=question.id)
    answerable = bool(question.answerable)
    checked = _checked(question, row, lookups)
    given = bool(row.answer) and not row.refused
    words = () if row.refused else words_of(row.answer)
    accepted = [words_of(answer) for answer in question.answers] if answerable else []
    gold_held = _gold_held(row, checked)
    return Marks(
        question_id=question.id,
        answerable=answerable,
        missing=found is None,
        failed=bool(row.error),
        refused=row.refused,
        gold_ranks=tuple(_rank(row.retrieved, ids) for ids in checked.gold),
        passage_ranks=_passage_ranks(row.passages, checked),
        contains=any(contains(words[:ANSWER_WORDS], each) for each in accepted) if accepted else None,
        f1=max(token_f1(words, each) for each in accepted) if accepted else None,
        words=len(words) if given else None,
        cited=bool(row.citations) if given else None,
        verbatim=checked.verbatim,
        gold_cited=_gold_cited(row, checked.gold),
        citation_precision=_share(map(any, zip(*gold_held, strict=True))),
        citation_recall=_share(map(any, gold_held)) if given else None,
        quoted=_quoted(row) if given else (),
        attributed=_attributed(question, row, checked) if given and answerable else None,
        latency_ms=row.latency_ms,
        stages_ms=row.timings_ms,
        usage=row.usage,
        judged=row.judged,
    )


def _checked(question: Question, row: RunRow, lookups: ArticleLookups | None) -> Checked:
    checked = check(question, row, lookups) if lookups else row.checked or as_written(question)
    if not question.answerable:  # nothing holds an answer that there is not
        return replace(checked, gold=(), gold_passages=())
    return replace(checked, gold=_distinct(checked.gold), gold_passages=_distinct(checked.gold_passages))


def _distinct(names: Iterable[tuple[Item, ...]]) -> tuple[tuple[Item, ...], ...]:
    """Each once of the names that mean the same, in whichever order: a copy of a gold item is not another one."""
    return tuple({frozenset(meant): meant for meant in names}.values())


def _attributed(question: Question, row: RunRow, checked: Checked) -> bool | None:
    return is_attributed(question.speaker, checked.speakers, row.answer) if question.speaker else None


def _rank(retrieved: Sequence[str], ids: Sequence[str]) -> float:
    return next((float(rank) for rank, article_id in enumerate(retrieved, start=1) if article_id in ids), math.inf)


def _passage_ranks(retrieved: Sequence[Span], checked: Checked) -> tuple[float, ...]:
    return tuple(
        next((float(rank) for rank, span in enumerate(retrieved, start=1) if any(map(span.holds, places))), math.inf)
        for places in checked.gold_passages
    )


def _gold_cited(row: RunRow, gold: Sequence[Sequence[str]]) -> tuple[bool, ...]:
    # as ids of any gold article: a citation of a question with gold is right or wrong whichever it names
    ids = {article_id for names in gold for article_id in names}
    return tuple(citation.article_id in ids for citation in row.citations) if ids else ()


def _gold_held(row: RunRow, checked: Checked) -> tuple[tuple[bool, ...], ...]:
    """Of each gold passage, or of each gold article where no passage is known: which citations hold it."""
    if checked.gold_passages:
        return tuple(
            tuple(any(map(citation.span.holds, places)) for citation in row.citations)
            for places in checked.gold_passages
        )
    return tuple(tuple(citation.article_id in ids for citation in row.citations) for ids in checked.gold)


def _quoted(row: RunRow) -> tuple[bool, ...]:
    quotes = [citation.quote for citation in row.citations]
    return tuple(is_exact(quoted, quotes) for quoted in quoted_in(row.answer))


def _share(flags: Iterable[bool]) -> float | None:
    counted = tuple(flags)
    return sum(counted) / len(counted) if counted else None
