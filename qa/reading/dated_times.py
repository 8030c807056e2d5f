"""Times that a question names by their date: days, months, years, and stretches between two of them."""

import re
from datetime import date, timedelta

from qa.reading import calendar_words as cal
from qa.reading.calendar_words import DAY, MONTH, ORDINAL, YEAR, Span
from qa.reading.time_match import OWN, Expression, Rule, TimeMatch, rule

_PUBLISHED = re.compile(
    r"\b(?:published|reported|written|printed|appeared|articles?|stories|coverage|headlines|news)\s*$", re.I
)
_COMPARES = re.compile(r"\b(?:first|only|last time|most|least|\w{3,}est)\b", re.I)  # "the lowest since 1989"
_DEADLINES = {"by", "until", "till", "before", "to", "from"}
_PARTS = {"early": (1, 10), "beginning": (1, 10), "start": (1, 10), "mid": (10, 21), "middle": (10, 21)} | {
    "late": (20, 31),
    "end": (20, 31),
}
_HALF_A_YEAR = 183  # days


def _range(at: TimeMatch) -> Expression | None:
    first, last = _completed(at["first"], at["last"]), _completed(at["last"], at["first"])
    if re.fullmatch(ORDINAL, first) or not re.search(r"[a-z]|\d{4}", first):  # "between 5 and 10", "3rd to 4th"
        return None
    year = re.search(YEAR, last) or re.search(YEAR, first)
    end = _point(last, at.today, int(year[0]) if year else None)
    begin = _point(first, end.end, int(year[0]) if year else None) if end else None
    if not begin or not end or begin.start > end.end:
        return None
    whole_years = bool(re.fullmatch(YEAR, first))
    return at.means(begin.start, end.end, explicit=not whole_years and begin.start <= at.today and not at.looks_ahead)


def _completed(text: str, other: str) -> str:
    """A day alone with the month of the other one: "between May 1 and 20"."""
    return re.sub(rf"\b{ORDINAL}", text, other, count=1) if re.fullmatch(ORDINAL, text) else text


def _point(text: str, today: date, year: int | None) -> Span | None:
    if re.fullmatch(YEAR, text):
        return cal.year_span(int(text))
    if re.fullmatch(DAY, text, re.I | re.X):
        day = cal.day_written(text, today, year=year)
        return Span(day, day) if day else None
    month = cal.month_number(text)
    return cal.month_span(year or today.year - (month > today.month), month)


def _day(at: TimeMatch) -> Expression | None:
    lead, ahead = at["lead"], at.looks_ahead
    day = cal.day_written(at["day"], at.today, ahead=ahead)
    if day is None or lead in _DEADLINES or at["own"] or (not lead and _is_a_verb(at)):
        return None
    if lead in {"since", "after"}:
        return at.means(min(day, at.today), at.today, explicit=day <= at.today)
    if lead in {"", "of"} and (at.follows_determiner or at.describes_a_noun):
        return None
    runs = not lead and re.search(r"(?:ing|ended)\s+$", at.before)  # "the quarter ending June 30"
    return at.means(day, explicit=not runs and lead != "of" and day <= at.today and not _far(day, at))


def _is_a_verb(at: TimeMatch) -> bool:
    """Whether "may 5" or "march 20" only looks like a date: without its capital, or as the first word."""
    return bool(re.match(r"(?:may|mar(?:ch)?)\b", at["day"])) and (
        at.match["day"][0].islower() or not at.before.strip()
    )


def _far(day: date, at: TimeMatch) -> bool:
    """Whether the day, written without its year, comes round again sooner than it is past."""
    return not re.search(r"\d{4}", at["day"]) and (at.today - day).days > _HALF_A_YEAR


def _day_of_month(at: TimeMatch) -> Expression:
    today, number = at.today, int(re.sub(r"\D", "", at["day"]))
    months = [(today.year * 12 + today.month - 1 - back) for back in range(3)]
    spans = [cal.month_span(month // 12, month % 12 + 1) for month in months]
    days = [span.start + timedelta(days=number - 1) for span in spans if number <= span.end.day]
    day = next(day for day in days if day <= today)
    return at.means(day, today if at["lead"] == "since" else day, explicit=not at.looks_ahead)


def _month(at: TimeMatch) -> Expression | None:
    lead, today, month = at["lead"], at.today, cal.month_number(at["month"])
    if lead in _DEADLINES - {"from"} or (lead == "over" and not at["part"]):
        return None
    if at["year"]:
        year, ahead = int(at["year"]), False
    else:
        ahead = lead == "next" or at.looks_ahead
        year = today.year + (month < today.month if ahead else -(month > today.month))
        year -= lead == "last" and month == today.month
    span = cal.month_span(year, month)
    first, last = _PARTS.get(at["part"].removeprefix("the ").removesuffix(" of"), (1, 31))
    start, end = span.start.replace(day=first), span.start.replace(day=min(last, span.end.day))
    near = bool(at["year"]) or (today - end).days <= _HALF_A_YEAR
    explicit = start <= today and near and not ahead and not at["own"] and not at.describes_a_noun
    if lead in {"since", "after"}:
        return at.means(min(start, today), today, explicit=explicit and not _COMPARES.search(at.before))
    return at.means(start, end, explicit=explicit)


def _year(at: TimeMatch) -> Expression | None:
    since = at["lead"] == "since"
    published = bool(_PUBLISHED.search(at.before))
    if (at.describes_a_noun and not published) or (since and _COMPARES.search(at.before)):
        return None
    span = cal.year_span(int(at["year"]))
    # What happened in a year is told in later years too; only what was published in it is of that year for certain.
    end = max(at.today, span.start) if since else span.end
    return at.means(span.start, end, explicit=published)


_POINT = rf"(?:{DAY}|{MONTH}(?:\s{YEAR})?|{YEAR})"
_LEAD = r"(?:\b(?P<lead>on|since|after|by|until|till|before|to|from|of|dated)\s+)?"
_PART = r"(?:(?P<part>early|mid|late|the\s(?:beginning|start|middle|end)\sof)[\s-])?"

RULES: tuple[Rule, ...] = (
    rule(
        rf"\b(?:between|from)\s(?P<first>{_POINT}|{ORDINAL})\s(?:and|to|until|till|through)\s(?P<last>{_POINT}|{ORDINAL})\b",
        _range,
    ),
    rule(rf"{_LEAD}(?:{cal.WEEKDAY},?\s)?\b(?P<day>{DAY}){OWN}", _day),
    rule(
        rf"\b(?P<lead>in|at|during|throughout|since|after|over|for|by|until|till|before|from|last|this|next)\s{_PART}"
        rf"(?P<month>{MONTH})(?:,?\s(?:of\s)?(?P<year>{YEAR}))?{OWN}",
        _month,
    ),
    rule(rf"\b(?P<lead>in|during|throughout|since|from|of)\s(?P<year>{YEAR})\b(?!['’]s|-)", _year),
    rule(r"\b(?P<lead>on|since)\sthe\s(?P<day>\d{1,2}(?:st|nd|rd|th))(?=\s*(?:[?.!,;]|$))", _day_of_month),
)
