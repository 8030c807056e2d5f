"""Days: whether a text can be about the time that a question names."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from qa.reading import Period, tells_of_other_days, tells_of_period
from qa.relevance import ScoredSentence

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def in_time(scored: Sequence[ScoredSentence], question: str, period: Period | None) -> list[ScoredSentence]:
    """The sentences that can be about the time that a question names; `period` are the days it plainly speaks of.

    Of a passage whose best sentence cannot, none is left: the others live on its words.
    """
    kept: list[ScoredSentence] = []
    for _, group in groupby(scored, key=lambda sentence: sentence.hit.stored.key):
        sentences = list(group)
        fitting = [sentence for sentence in sentences if _is_in_time(sentence, question, period)]
        if max(sentences, key=lambda sentence: sentence.score) in fitting:
            kept += fitting
    return kept


def is_of_period(text: str, around: str, published: date | None, period: Period) -> bool:
    """Whether what `text` tells is of the period: told just then and dated otherwise nowhere, or dated so `around` it.

    An article without a date tells of no day.
    """
    if published is None or tells_of_other_days(text, published, period):
        return False
    return period.is_told_on(published) or tells_of_period(around, published, period)


def _is_in_time(sentence: ScoredSentence, question: str, period: Period | None) -> bool:
    stored = sentence.hit.stored
    told = f"{stored.title} {stored.passage.text} {stored.published.year if stored.published else ''}"
    if any(year not in told for year in _YEAR.findall(question)):  # another year's winner is no answer
        return False
    return period is None or is_of_period(sentence.text, stored.passage.text, stored.published, period)
