"""Days: whether a sentence can be about the time that a question names."""

import re

from qa.reading import Period, tells_of_other_days, tells_of_period
from qa.relevance import ScoredSentence

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def is_in_time(sentence: ScoredSentence, question: str, period: Period | None) -> bool:
    """Whether a sentence can be about the time that a question names; `period` are the days it plainly speaks of.

    It must speak of its year, and not of other days than those of the period; where it was published at another time,
    its passage must name one of them.
    """
    stored = sentence.hit.stored
    if not _speaks_of_year(sentence, question):
        return False
    if period is None or stored.published is None:
        return True
    if tells_of_other_days(sentence.text, stored.published, period):
        return False
    return period.is_news_of(stored.published) or tells_of_period(stored.passage.text, stored.published, period)


def _speaks_of_year(sentence: ScoredSentence, question: str) -> bool:
    """Whether it or what stands around it names the years of the question: another year's winner is no answer."""
    stored = sentence.hit.stored
    told = f"{stored.title} {stored.passage.text} {stored.published.year if stored.published else ''}"
    return all(year in told for year in _YEAR.findall(question))
