"""The forms in which dates are written, as patterns."""

import re
from dataclasses import dataclass

from qa.reading.calendar_words import MONTH, NUMBER, WEEKDAY

_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|\s?(?:percent|million|billion))"
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_FOLLOWING_YEAR = rf"(?:,?\s(?:of\s)?(?P<year>{_YEAR})(?!\d|[.,]\d))?"
_PAST = r"(?P<past>\s(?:of\s)?last\syear\b)?"
_RANGE = r"(?:\s?(?:-|–|—|to|and|until|through)\s?"
_WEEK = r"(?P<week>\b(?:the\s)?week\s(?:of|from|beginning|starting)\s)?"
_SURE_MONTH = rf"(?!(?:May|March|Mar)\b){MONTH}"
_LEADS = (
    r"in|since|until|till|by|during|from|to|through|last|next|this|early|mid|late|of|every|before|after|between|and"
)
_DECADE_WORDS = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"


@dataclass(frozen=True, slots=True)
class Named:
    """A match whose groups may be missing from its form."""

    match: re.Match[str]

    def __getitem__(self, name: str) -> str:
        groups = self.match.groupdict()
        value = groups.get(name) or ""
        return re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", value)


def _form(kind: str, pattern: str) -> tuple[str, re.Pattern[str]]:
    return kind, re.compile(pattern, re.IGNORECASE)


# In the order in which they are tried: what one has taken is no other's.
FORMS = (
    _form("numeric", r"\b(?P<year>(?:1[89]|20)\d\d)(?P<year_first>-)(?P<first>\d\d)-(?P<second>\d\d)\b"),
    _form("numeric", r"(?<![\d./])(?P<first>\d{1,2})[./](?P<second>\d{1,2})[./](?P<year>(?:19|20)\d\d)\b"),
    _form(
        "days",
        rf"{_WEEK}\b(?P<month>{MONTH})\s(?:the\s)?(?P<day>{_DAY}){_RANGE}(?P<last>{_DAY}))?(?!\w){_FOLLOWING_YEAR}{_PAST}",
    ),
    _form(
        "days",
        rf"{_WEEK}(?:\bthe\s)?(?<![\d.,$€£])\b(?P<day>{_DAY}){_RANGE}(?:the\s)?(?P<last>{_DAY}))?\s(?:of\s)?"
        rf"(?P<month>{MONTH})(?!\w){_FOLLOWING_YEAR}{_PAST}",
    ),
    _form("month", rf"\b(?P<month>{MONTH})(?:,?\s(?:of\s)?)(?P<year>{_YEAR})\b"),
    _form("month", rf"\b(?P<lead>{_LEADS})[\s-](?P<month>{MONTH})(?!\w){_PAST}"),
    _form("month", rf"(?<![\w’'])(?P<month>(?-i:(?=[A-Z])){_SURE_MONTH})(?!\w)(?!\s[A-Z][a-z]+\b(?<!\sLast)){_PAST}"),
    _form("decade", r"(?:\bthe\s)?(?<![\w.,$€£])[’'‘]?(?P<decade>(?:1[5-9]|20)\d0|\d0)[’']?s\b"),
    _form("decade", rf"\b(?:the|late|early|mid)[\s-](?P<word>{_DECADE_WORDS})\b"),
    _form("year", rf"(?<![\w.,$€£¥#/])(?<!\bNo\. )(?P<year>{_YEAR})[-–/](?P<second>\d\d(?:\d\d)?)\b"),
    _form(
        "year",
        rf"(?<![\w,$€£¥#/])(?<!\d\.)(?P<year>{_YEAR})(?![\d%]|[.,]\d|\s(?:percent|million|billion|thousand|hundred)\b|[-\s]"
        r"(?:feet|foot|metres?|meters?|miles?|km|kilometres?|tons?|tonnes?|euros|dollars|pounds|kroner|kg|m)\b|\w)",
    ),
    _form("ago", rf"(?<![\d.,])\b(?P<count>{NUMBER})\s(?P<unit>day|week|month|year)s?\s(?:ago|earlier)\b"),
    _form(
        "near",
        r"\b(?P<near>yesterday|today|tonight|tomorrow|last\snight|overnight|this\s(?:morning|afternoon|evening))\b",
    ),
    _form(
        "unit",
        r"\b(?P<which>last|previous|past|this|current|next|coming|following)\s(?P<unit>weekend|week|month|year)\b(?!\sof\b)",
    ),
    _form(
        "weekday",
        rf"(?:\b(?P<lead>last|next|this|on)\s)?(?-i:(?=[A-Zlnto])){WEEKDAY.replace('(?:', '(?P<weekday>', 1)}s?\b",
    ),
)
