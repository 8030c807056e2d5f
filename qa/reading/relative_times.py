"""Times that a question names by their distance from the day of asking: "last week", "on Tuesday", "two days ago"."""

import math
import re
from datetime import timedelta

from qa.lexicon import words
from qa.reading import calendar_words as cal
from qa.reading.calendar_words import NUMBER, WEEKDAY
from qa.reading.time_match import OWN, Expression, Rule, TimeMatch, rule

_DAYS_IN = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.5, "year": 365.25}
_NAMED = "|".join(sorted(words("named_days")))
_NOT_A_DAY = {"by", "until", "till", "before", "to", "from"}  # "open from Monday to Friday"


def _weekday(at: TimeMatch) -> Expression | None:
    lead, today = at["lead"], at.today
    back = cal.days_since(at["day"], today)
    titled = not lead and re.match(r" [A-Z]", at.after)  # "Sunday Times"
    if lead in _NOT_A_DAY or at.follows_determiner or at["named"] or at["plural"] or titled:
        return None
    if lead in {"this", "next"} or at.looks_ahead:
        return at.means(today + timedelta(days=(7 - back) % 7 or 7), explicit=False)
    latest = today - timedelta(days=back)
    if lead in {"since", "after"}:
        return at.means(latest, today)
    # On a Thursday "on Thursday" is today or a week ago, and "last Tuesday" of this week or of the last.
    two_readings = back == 0 or (lead == "last" and back <= today.weekday())
    earliest = latest - timedelta(days=7) if two_readings else latest
    latest = earliest if lead == "last" and back == 0 else latest
    return at.means(earliest, latest, explicit=not at["own"], either=earliest < latest)


def _calendar_unit(at: TimeMatch) -> Expression:
    this, unit, today = at["which"], at["unit"], at.today
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(this, 0)
    if unit == "week":
        span = cal.week_of(today + timedelta(days=7 * step))
    elif unit == "month":
        month = today.year * 12 + today.month - 1 + step
        span = cal.month_span(month // 12, month % 12 + 1)
    else:
        span = cal.year_span(today.year + step)
    return at.means(span.start, span.end, explicit=step < 0 and unit != "year" and not at["own"])


def _weekend(at: TimeMatch) -> Expression:
    this_week = cal.week_of(at.today)
    saturday = this_week.end - timedelta(days=1)
    which = at["which"]
    ahead = which in {"this", "next", "coming"}
    if (not ahead and at.today < saturday) or ("last" in which and at.today >= saturday):
        saturday -= timedelta(days=7)
    if which == "next":
        saturday += timedelta(days=7)
    return at.means(saturday, saturday + timedelta(days=1), explicit=not ahead and not at["own"] and not at.looks_ahead)


def _rolling(at: TimeMatch) -> Expression:
    days = math.ceil((cal.number(at["count"]) if at["count"] else 1) * _DAYS_IN[at["unit"]])
    restricts = bool(re.search(r"\b(?:in|over|during|within)\s+$", at.before, re.I)) and at["unit"] != "year"
    restricts = restricts and not re.search(r"\btime\s+in\s+$", at.before, re.I)  # "for the first time in"
    return at.means(at.today - timedelta(days=days), at.today, explicit=restricts and not at["own"])


def _ago(at: TimeMatch) -> Expression | None:
    days = round(cal.number(at["count"]) * _DAYS_IN[at["unit"]])
    if days >= at.today.toordinal() - 400:
        return None
    around = timedelta(days=round(_DAYS_IN[at["unit"]] / 2) if at["unit"] != "day" else 0)
    day = at.today - timedelta(days=days)
    return at.means(day - around, min(day + around, at.today), explicit=at["unit"] != "year")


def _near_day(at: TimeMatch) -> Expression | None:
    said = at["words"]
    if at.match["words"].isupper():  # the name of a newspaper
        return None
    yesterday = at.today - timedelta(days=1)
    if said == "yesterday":
        return at.means(yesterday, explicit=not at["own"])
    if said.startswith("last"):  # night
        return at.means(yesterday, at.today, explicit=not at["own"])
    if said in {"recently", "lately"} or said.startswith("in recent"):
        return at.means(at.today - timedelta(days=30), at.today, explicit=False)
    return at.means(at.today, explicit=said.startswith("this") and not at["own"] and not at.looks_ahead)


RULES: tuple[Rule, ...] = (
    rule(
        rf"\bthe\s(?:last|past|previous)\s(?:(?P<count>{NUMBER})\s)?(?P<unit>hour|day|week|month|year)s?\b(?!\sof\b|-){OWN}",
        _rolling,
    ),
    rule(rf"(?<![\d.,])\b(?P<count>{NUMBER})\s(?P<unit>day|week|month|year)s?\sago\b", _ago),
    rule(
        rf"\b(?P<which>(?:over|at|on|during)\sthe|(?:the\s)?last|(?:the\s)?past|this|next|coming)\sweekend\b(?!\sof\b){OWN}",
        _weekend,
    ),
    rule(
        rf"\b(?P<which>last|previous|this|current|next|coming)\s(?P<unit>week|month|year)\b(?!\sof\b|-){OWN}",
        _calendar_unit,
    ),
    rule(
        rf"(?:\b(?P<lead>on|last|this|next|since|after|by|until|till|before|to|from)\s+)?"
        rf"(?P<named>\b(?:{_NAMED})\s)?\b(?P<day>{WEEKDAY})(?P<plural>s\b)?\b{OWN}",
        _weekday,
    ),
    rule(
        rf"\b(?P<words>yesterday|today|tonight|last\snight|this\s(?:morning|afternoon|evening)|recently|lately"
        rf"|in\srecent\s(?:days|weeks|months)){OWN}",
        _near_day,
    ),
)
