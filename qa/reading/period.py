"""The stretch of time a question speaks of, and when articles about it were published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from qa.reading.calendar_words import MONTH, WEEKDAY, Span
from qa.reading.dated_times import RULES as DATED
from qa.reading.relative_times import RULES as RELATIVE
from qa.reading.time_match import Expression, Rule, TimeMatch

# An event is announced some days ahead, and the weeklies and the follow-ups come in the week after it. A longer
# period is looked back at for longer: half its length more, a month at most.
_DAYS_AHEAD = 3
_DAYS_AFTER = 7
_MOST_DAYS_AFTER = 31
_REPORTED_WITHIN_DAYS = 2  # after a date or month: the paper of the next day, and that of Monday
_SOON_DAYS = 120  # a date without its year that lies farther ahead is last year's

_LEAD = r"(?i:\b(?:in|on|during|since|over)\s+)?"
_LEADING = re.compile(f"^{_LEAD}")
_ASIDE = re.compile(r", (?:who|whose|whom|which|where|when)\b[^,;]*(?:[,;]|$)|\([^()]*\)")
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:for|over|about|after|before|since|of|to|until|by|dated|signed)(?: [\w’'-]+){0,6} ?$", re.IGNORECASE
)
_DATE = re.compile(rf"\d|\b{MONTH}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
_LEFT_BEFORE = re.compile(r"^[\s,:;]+|[\s,:;]+(?=\?$)")


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
    expressions: tuple[str, ...] = field(default=(), compare=False)  # each of the `words` alone

    @property
    def is_dated(self) -> bool:
        """Whether it is named by date or month, not by its distance from the asker, as "on Monday" and "last week"."""
        return _DATE.search(self.words) is not None

    def is_told_on(self, published: date | None) -> bool:
        """Whether what an article of that day tells without a date is of the period: published in it or just after."""
        days = _REPORTED_WITHIN_DAYS if self.is_dated else _DAYS_AFTER  # "last week" is asked when it is news
        last = Span(self.start, self.end).widened(0, days).end
        return published is not None and self.start <= published <= last

    def left_out_of(self, text: str, *, but_weekdays: bool = False) -> str:
        """`text` without the words that name the period: "Who resigned in July?" becomes "Who resigned?".

        Words that the rest of the sentence leans on stay, as in "after Friday's vote"; so do names of weekdays, if
        wanted, which articles write too.
        """
        for expression in self.expressions:
            core = _LEADING.sub("", expression)
            if _POSSESSIVE.search(expression) or (but_weekdays and _WEEKDAY.fullmatch(core)):
                continue
            text = _without(text, expression if expression in text else core)
        return _LEFT_BEFORE.sub("", " ".join(text.split())).replace(" ?", "?")


def _without(text: str, expression: str) -> str:
    """`text` without the last occurrence of an expression."""
    found = list(re.finditer(rf"(?<!\w){_LEAD}{re.escape(expression)}(?!\w)", text))
    return text[: found[-1].start()] + text[found[-1].end() :] if found else text


def read_period(question: str, asked_on: date) -> Period | None:
    """What the question says of time, read on the day it was asked; None where it names no time.

    Times that belong to a thing ("the 1906 earthquake", "the May election") and deadlines ("by the end of June") are
    no period. Several plain restrictions give one period that holds them all.
    """
    found = _expressions(question, asked_on)
    if not found:
        return None
    chosen = _restricting(found, asked_on) or _narrowest(found)
    written = tuple(question[expression.start : expression.end].strip() for expression in chosen)
    return Period(
        min(expression.span.start for expression in chosen),
        max(expression.span.end for expression in chosen),
        ", ".join(written),
        chosen[0].explicit,
        written,
    )


def tells_of_period(text: str, published: date, period: Period) -> bool:
    """Whether a text of that day names a day of the period, past or to come."""
    sentences = _SENTENCE_END.split(text)
    named = (expression for sentence in sentences for expression in _named(sentence, published))
    return any(_may_mean(expression, published, period) for expression in named)


def tells_of_other_days(text: str, published: date, period: Period) -> bool:
    """Whether a sentence of that day dates what it tells, and not to the period: "resigned on Monday".

    Days of something else do not count: those in a clause of their own, of a noun or of what is yet to be done.
    """
    clause = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    plain = (expression for expression in _named(clause, published) if expression.explicit)
    told = [expression for expression in plain if not _OF_SOMETHING_ELSE.search(clause[: expression.start])]
    return bool(told) and not any(_may_mean(expression, published, period) for expression in told)


def _may_mean(expression: Expression, published: date, period: Period) -> bool:
    if expression.either and expression.span.end == published:  # a paper of Monday says "on Monday" of that day
        return period.start <= published <= period.end
    return expression.may_mean(period.start, period.end)


def _named(text: str, published: date) -> tuple[Expression, ...]:
    """The times of a month at most that an article of that day names; without its year a date may be soon to come."""
    soon = published + timedelta(days=min(_SOON_DAYS, (date.max - published).days))
    named = (*_expressions(text, published), *_expressions(text, soon, DATED))
    return tuple(e for e in named if (e.span.end - e.span.start).days <= _MOST_DAYS_AFTER)


def _expressions(question: str, asked_on: date, rules: Sequence[Rule] = (*DATED, *RELATIVE)) -> tuple[Expression, ...]:
    """The expressions of the question as they stand in it, none overlapping another."""
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for pattern, read in rules:
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
