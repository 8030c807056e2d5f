"""Rewording: a question that was refused, asked more widely."""

import re
from collections.abc import Iterator
from datetime import date

from qa.reading import read_period
from qa.request import Request
from qa.speech.reading import asked_in

_BEFORE_A_TIME = r"(?:,? *\b(?:in|on|during|since|over|from|by|before|after))?"


def rewordings(question: str, asked_on: date) -> tuple[str, ...]:
    """Wider questions, the nearest first: of any day, of whoever spoke of it, of all that somebody said."""
    timeless = _timeless(question, asked_on)
    found = dict.fromkeys((*timeless, *_of_speech(question, asked_on)))
    return tuple(wider for wider in found if wider.casefold() != question.strip().casefold())


def _timeless(question: str, asked_on: date) -> Iterator[str]:
    """The question without the days that it names."""
    period = read_period(question, asked_on)
    if period is None or ", " in period.words:  # named in several places
        return
    named = re.compile(rf"{_BEFORE_A_TIME} *{re.escape(period.words)}", re.IGNORECASE)
    rest = " ".join(named.sub(" ", question, count=1).split())
    rest = re.sub(r"\s+([?.,!])", r"\1", rest).lstrip(" ,")
    yield rest[:1].upper() + rest[1:]


def _of_speech(question: str, asked_on: date) -> Iterator[str]:
    """What others said of the matter, and what else the speaker said."""
    asked = asked_in(Request(question, asked_on))
    if asked is None or not asked.topic:
        return
    if asked.speaker:
        yield f"Who spoke about {asked.topic}?"
        yield f"What did {asked.speaker} say?"
