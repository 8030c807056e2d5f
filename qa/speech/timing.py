"""Timing: whether words were spoken in the period that a question narrows to."""

from qa.reading import Period, read_period, tells_of_other_days, tells_of_period
from qa.request import Request
from qa.speech.candidates import Candidate
from qa.speech.surroundings import own_text
from qa.speech.utterances import shown_span


def asked_period(request: Request) -> Period | None:
    """The days that the question plainly speaks of; None where it names none."""
    period = read_period(request.question, request.asked_on)
    return period if period and period.explicit else None


def is_spoken_in(candidate: Candidate, period: Period) -> bool:
    """Whether an utterance may be of the period: published about then and told of no other day, or told of it."""
    published = candidate.article.published
    if published is None:
        return False
    told = own_text(candidate.article.text, *shown_span(candidate.utterance, candidate.article))
    if period.is_news_of(published):
        return not tells_of_other_days(told, published, period)
    return tells_of_period(told, published, period)
