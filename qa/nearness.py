"""Nearness in time: news is asked about when it is news."""

import math
from datetime import date


def nearness(published: date | None, asked_on: date, *, days: float) -> float:
    """How near an article is to the day of asking, in [0, 1]: 1 on that day, a third after `days`, either way.

    An article without a date gets the value of one that is `3 * days` away: neither preferred nor lost.
    """
    distance = abs((published - asked_on).days) if published else 3 * days
    return math.exp(-distance / days)
