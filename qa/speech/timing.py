"""Timing: whether words were spoken in the period that a question narrows to."""

from qa.days import is_of_period
from qa.reading import Period, read_period
from qa.request import Request
from qa.speech.candidates import Candidate
from qa.speech.surroundings import own_text
from qa.speech.utterances import shown_span


def asked_period(request: Request) -> Period | None:
    """The days that the question plainly speaks of; None where it names none."""
    period = read_period(request.question, request.asked_on)
    return period if period and period.explicit else None


def is_spoken_in(candidate: Candidate, period: Period) -> bool:
    """Whether an utterance is of the period, by the day of its article or by what its paragraph dates it to."""
    article = candidate.article
    told = own_text(article.text, *shown_span(candidate.utterance, article))
    return is_of_period(told, told, article.published, period)
