"""The stretch of time a question speaks of, and when articles about it were published."""

from dataclasses import dataclass
from datetime import date

from qa.reading.calendar_words import Span
from qa.reading.dated_times import RULES as DATED
from qa.reading.relative_times import RULES as RELATIVE
from qa.reading.time_match import Expression, TimeMatch

# An event is announced some days ahead, and the weeklies and the follow-ups come in the week after it. A longer
# period is looked back at for longer: half its length more, a month at most.
_DAYS_AHEAD = 3
_DAYS_AFTER = 7
_MOST_DAYS_AFTER = 31


@dataclass(frozen=True, slots=True)
class Period:
    """The days a question speaks of, both included; an expression with two readings covers both.

    `explicit` is true where the question plainly restricts to the period ("in June 2025", "last week") and false
    where the words only lean towards it ("recently", "this week") or are about the thing asked for ("in 2019",
    "Sunday's election"): then it may order what is found, never leave anything out.
    """

    start: date
    end: date
    words: str  # as the question writes them
    explicit: bool


def read_period(question: str, asked_on: date) -> Period | None:
    """What the question says of time, read on the day it was asked; None where it names no time.

    Times that belong to a thing ("the 1906 earthquake", "the May election") and deadlines ("by the end of June") are
    no period. Several plain restrictions give one period that holds them all.
    """
    found = _expressions(question, asked_on)
    if not found:
        return None
    chosen = _restricting(found, asked_on) or _narrowest(found)
    return Period(
        min(expression.span.start for expression in chosen),
        max(expression.span.end for expression in chosen),
        ", ".join(question[expression.start : expression.end].strip() for expression in chosen),
        chosen[0].explicit,
    )


def _expressions(question: str, asked_on: date) -> tuple[Expression, ...]:
    """The expressions of the question as they stand in it, none overlapping another."""
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for pattern, read in (*DATED, *RELATIVE):
        for match in pattern.finditer(question):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())  # what a rule has refused is no other rule's either
            try:
                expression = read(TimeMatch(match, asked_on))
            except (OverflowError, ValueError):  # before the year 1 or after 9999: a time that no calendar has
                continue
            if expression:
                found.append(expression)
    return tuple(sorted(found, key=lambda expression: expression.start))


def _restricting(found: tuple[Expression, ...], asked_on: date) -> tuple[Expression, ...]:
    """The plain restrictions, unless the question is about these days and they lie farther back."""
    explicit = tuple(expression for expression in found if expression.explicit)
    for other in found:
        days = other.span.end - other.span.start
        if not other.explicit and other.span.start <= asked_on <= other.span.end and days.days <= _MOST_DAYS_AFTER:
            explicit = tuple(expression for expression in explicit if expression.span.end >= other.span.start)
    return explicit


def _narrowest(found: tuple[Expression, ...]) -> tuple[Expression, ...]:
    return (min(found, key=lambda expression: expression.span.end - expression.span.start),)


def publication_window(period: Period) -> tuple[date, date]:
    """The first and the last day on which articles about the period are to be expected.

    The window opens three days before the period, for what was announced, and closes a week after it, for what was
    reported late; for a period of more than two weeks half its length after it, at most 31 days.
    """
    days = (period.end - period.start).days + 1
    after = min(max(_DAYS_AFTER, days // 2), _MOST_DAYS_AFTER)
    window = Span(period.start, period.end).widened(_DAYS_AHEAD, after)
    return window.start, window.end
