"""Nearness in time: news is asked about when it is news."""

import math
from dataclasses import replace
from datetime import date

from index_store.scope import Scope
from qa.reading import Period, publication_window

_RECENT_DAYS = 14
_LONG_AGO_DAYS = 60  # a single day further back is when something happened, not when it was reported


def nearness(published: date | None, day: date, *, days: float) -> float:
    """How near to a day an article was published, in [0, 1]: 1 on that day, a third after `days`, either way.

    Without a date it is 0: such an article is not preferred to any other, and as near as one of long ago.
    """
    return math.exp(-abs((published - day).days) / days) if published else 0.0


def narrowed(scope: Scope, period: Period | None, asked_on: date) -> Scope:
    """`scope` within the days in which news of an explicit period was published."""
    if period is None or not period.explicit:
        return scope
    if period.start == period.end and (asked_on - period.end).days > _LONG_AGO_DAYS:
        return scope
    since, until = publication_window(period)
    return replace(scope, since=max(since, scope.since or since), until=min(until, scope.until or until))


def nearest_day(period: Period | None, asked_on: date) -> date:
    """The day that articles are preferred near to: that of asking, or the last one of an explicit period long past.

    A period of the last weeks needs no day of its own: what is told of it is near the day of asking anyway.
    """
    if period is None or not period.explicit or (asked_on - period.end).days <= _RECENT_DAYS:
        return asked_on
    return period.end
