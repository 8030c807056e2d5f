"""Times in questions, read on Thursday 5 June 2025 unless another day is given."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.period import Period, publication_window, read_period, tells_of_other_days

THURSDAY = date(2025, 6, 5)


def day(text: str) -> date:
    month, number = text.split("-")[-2:]
    return date(int(text.split("-")[0]) if text.count("-") == 2 else 2025, int(month), int(number))


@pytest.mark.parametrize(
    ("question", "start", "end", "words"),
    [
        pytest.param("What happened last week?", "05-26", "06-01", "last week", id="last week"),
        pytest.param("Who resigned yesterday?", "06-04", "06-04", "yesterday", id="yesterday"),
        pytest.param("Who spoke last night?", "06-04", "06-05", "last night", id="last night"),
        pytest.param("Who resigned on Tuesday?", "06-03", "06-03", "on Tuesday", id="on Tuesday"),
        pytest.param("Who did the board dismiss Monday?", "06-02", "06-02", "Monday", id="weekday alone"),
        pytest.param("Who resigned on Thursday?", "05-29", "06-05", "on Thursday", id="the weekday of asking"),
        pytest.param("Who resigned last Friday?", "05-30", "05-30", "last Friday", id="last Friday"),
        pytest.param("Who resigned last Tuesday?", "05-27", "06-03", "last Tuesday", id="last Tuesday, two readings"),
        pytest.param("Who resigned last Thursday?", "05-29", "05-29", "last Thursday", id="last, on that weekday"),
        pytest.param("What burned over the weekend?", "05-31", "06-01", "over the weekend", id="over the weekend"),
        pytest.param("What burned last weekend?", "05-31", "06-01", "last weekend", id="last weekend"),
        pytest.param("Who was hired last month?", "05-01", "05-31", "last month", id="last month"),
        pytest.param("What broke in June 2024?", "2024-06-01", "2024-06-30", "in June 2024", id="month and year"),
        pytest.param("what broke in may?", "05-01", "05-31", "in may", id="month in lower case"),
        pytest.param("What broke in June?", "06-01", "06-30", "in June", id="this month by name"),
        pytest.param("What broke last December?", "2024-12-01", "2024-12-31", "last December", id="last December"),
        pytest.param("What broke in early May?", "05-01", "05-10", "in early May", id="early"),
        pytest.param("What broke at the end of May?", "05-20", "05-31", "at the end of May", id="the end of"),
        pytest.param("What fell on May 12?", "05-12", "05-12", "on May 12", id="May 12"),
        pytest.param("What fell on 12 May 2025?", "05-12", "05-12", "on 12 May 2025", id="12 May 2025"),
        pytest.param("What fell on the 3rd of May?", "05-03", "05-03", "on the 3rd of May", id="the 3rd of May"),
        pytest.param("What fell on 2025-05-03?", "05-03", "05-03", "on 2025-05-03", id="ISO"),
        pytest.param("What fell on Monday, May 12?", "05-12", "05-12", "on Monday, May 12", id="weekday and date"),
        pytest.param("What fell on Dec. 31?", "2024-12-31", "2024-12-31", "on Dec. 31", id="the nearest past year"),
        pytest.param(
            "What fell on 29 February 2024?", "2024-02-29", "2024-02-29", "on 29 February 2024", id="leap day"
        ),
        pytest.param("What fell on the 3rd?", "06-03", "06-03", "on the 3rd", id="day of this month"),
        pytest.param("What fell on the 12th?", "05-12", "05-12", "on the 12th", id="day of the month before"),
        pytest.param("What fell since the 3rd of May?", "05-03", "06-05", "since the 3rd of May", id="since a day"),
        pytest.param("What fell since April?", "04-01", "06-05", "since April", id="since a month"),
        pytest.param("Who came between May 1 and May 20?", "05-01", "05-20", "between May 1 and May 20", id="between"),
        pytest.param("Who came between 1 and 20 May?", "05-01", "05-20", "between 1 and 20 May", id="month named once"),
        pytest.param(
            "Who came between May 1 and 20?", "05-01", "05-20", "between May 1 and 20", id="between, day alone"
        ),
        pytest.param("Who came from April to May?", "04-01", "05-31", "from April to May", id="from month to month"),
        pytest.param(
            "Who came between December and March?",
            "2024-12-01",
            "03-31",
            "between December and March",
            id="over the turn of the year",
        ),
        pytest.param("Who came in the past three days?", "06-02", "06-05", "the past three days", id="three days"),
        pytest.param("Who came over the last 2 weeks?", "05-22", "06-05", "the last 2 weeks", id="two weeks"),
        pytest.param("Who came two weeks ago?", "05-18", "05-26", "two weeks ago", id="two weeks ago"),
        pytest.param("Who came three days ago?", "06-02", "06-02", "three days ago", id="three days ago"),
        pytest.param("What was published in 2024?", "2024-01-01", "2024-12-31", "in 2024", id="published in a year"),
    ],
)
def test_a_plain_restriction_is_read(question: str, start: str, end: str, words: str) -> None:
    assert read_period(question, THURSDAY) == Period(day(start), day(end), words, explicit=True)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        pytest.param("What happened this week?", "06-02", "06-08", id="this week"),
        pytest.param("What happened recently?", "05-06", "06-05", id="recently"),
        pytest.param("Who was elected this year?", "2025-01-01", "2025-12-31", id="this year"),
        pytest.param("What did the drink that came last year cost?", "2024-01-01", "2024-12-31", id="last year"),
        pytest.param("Who won in 2024?", "2024-01-01", "2024-12-31", id="a year alone"),
        pytest.param("Who lost Sunday's election?", "06-01", "06-01", id="genitive"),
        pytest.param("What did last week's report say?", "05-26", "06-01", id="last week's"),
        pytest.param("What will open on Monday?", "06-09", "06-09", id="weekday to come"),
        pytest.param("What will happen in September?", "09-01", "09-30", id="month to come"),
        pytest.param("What happened in August?", "2024-08-01", "2024-08-31", id="a month nearer ahead than behind"),
        pytest.param("Who has come for the past 20 years?", "2005-06-05", "2025-06-05", id="as long as"),
        pytest.param("Why was a rule of March 2020 dropped this week?", "06-02", "06-08", id="these days above others"),
    ],
)
def test_a_hint_is_read_but_restricts_nothing(question: str, start: str, end: str) -> None:
    period = read_period(question, THURSDAY)

    assert period is not None
    assert (period.start, period.end, period.explicit) == (day(start), day(end), False)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How many people died in the 1906 earthquake?", id="year of an event"),
        pytest.param("How large is the 2024 budget?", id="year of a budget"),
        pytest.param("Who won the May election?", id="month of an election"),
        pytest.param("What caused the May 12, 2025 closure?", id="date of a closure"),
        pytest.param("What has changed since the strike?", id="since an event"),
        pytest.param("Was it the lowest level since 1989?", id="comparison"),
        pytest.param("Will the bridge reopen by the end of June?", id="deadline"),
        pytest.param("Does it open before 15 September?", id="deadline with a day"),
        pytest.param("Is the shop open from Monday to Friday?", id="opening hours"),
        pytest.param("Who meets every Friday?", id="every Friday"),
        pytest.param("Who closes on Mondays?", id="Mondays"),
        pytest.param("Who spoke on Good Friday?", id="named day"),
        pytest.param("Who owns the Sunday Times?", id="title"),
        pytest.param("When may the bridge reopen?", id="may, the verb"),
        pytest.param("May 5 people cross at once?", id="may, the first word"),
        pytest.param("Did they march 20 miles?", id="march, the verb"),
        pytest.param("Did the sun shine on the second day?", id="sun and second"),
        pytest.param("What is on the 3rd floor?", id="ordinal"),
        pytest.param("What happened in the last week of the race?", id="last week of something"),
        pytest.param("What did USA TODAY report?", id="name of a newspaper"),
        pytest.param("Who was between 5 and 10 at the time?", id="numbers"),
        pytest.param("What fell on 31 June?", id="a day that is none"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_a_time_is_no_period(question: str) -> None:
    assert read_period(question, THURSDAY) is None


def test_several_restrictions_give_one_period() -> None:
    period = read_period("What changed between the vote on 12 May and the one on 30 May?", THURSDAY)

    assert period == Period(day("05-12"), day("05-30"), "on 12 May, on 30 May", explicit=True)


def test_a_restriction_within_these_days_stands() -> None:
    period = read_period("Who won on Monday, as was said this week?", THURSDAY)

    assert period == Period(day("06-02"), day("06-02"), "on Monday", explicit=True)


@pytest.mark.parametrize(
    ("start", "end", "since", "until"),
    [
        pytest.param("06-03", "06-03", "05-31", "06-10", id="a day"),
        pytest.param("05-26", "06-01", "05-23", "06-08", id="a week"),
        pytest.param("05-01", "05-31", "04-28", "06-15", id="a month"),
        pytest.param("2024-01-01", "2024-12-31", "2023-12-29", "2025-01-31", id="a year"),
    ],
)
def test_the_window_holds_what_was_announced_and_what_was_reported_late(
    start: str, end: str, since: str, until: str
) -> None:
    assert publication_window(Period(day(start), day(end), "", explicit=True)) == (day(since), day(until))


def test_no_restriction_of_a_news_quiz_loses_the_article_that_answers(development_data: Path) -> None:
    folder = development_data / "realtimeqa_small_dev"
    published = {row["id"]: str(row["date"])[:10] for row in _rows(folder / "articles.jsonl")}
    restricted, lost = 0, []
    for row in _rows(folder / "questions.jsonl"):
        period = read_period(row["question"], date.fromisoformat(row["extra"]["date"]))
        if period and period.explicit:
            restricted += 1
            since, until = (day.isoformat() for day in publication_window(period))
            lost += [row["question"] for gold in row["gold"] if not since <= published[gold] <= until]

    assert restricted >= 5
    assert lost == []


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


_WORDS = (
    "on",
    "since",
    "the",
    "of",
    "in",
    "last",
    "past",
    "between",
    "and",
    "May",
    "3rd",
    "31",
    "29",
    "February",
    "weekend",
    "week",
    "999",
    "years",
    "ago",
    "Monday",
    "1900",
    "2024",
    "to",
    "month",
    "2024-13-40",
    "?",
    ",",
)


@given(st.lists(st.sampled_from(_WORDS), max_size=8), st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_whatever_is_read_is_in_order_and_in_the_question(words: list[str], asked_on: date) -> None:
    period = read_period(" ".join(words), asked_on)

    if period:
        since, until = publication_window(period)
        assert since < period.start <= period.end < until


def test_days_without_a_month_are_no_period() -> None:
    assert read_period("What happened between 3rd to 3rd?", date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "published", "elsewhen"),
    [
        pytest.param("Ferrant resigned on Monday.", "09-01", True, id="another weekday"),
        pytest.param("Moll stepped down on Wednesday.", "09-03", False, id="that weekday"),
        pytest.param("Abel resigned on Monday.", "09-08", True, id="today or a week ago, not between"),
        pytest.param("Moll stepped down on 3 September.", "09-08", False, id="that date"),
        pytest.param("Moll left on Wednesday, and Abel on Monday.", "09-08", False, id="one of several"),
        pytest.param("Moll stepped down.", "09-08", False, id="no day"),
        pytest.param("Moll, in office since 2014, stepped down.", "09-08", False, id="a stretch that holds it"),
    ],
)
def test_a_sentence_may_tell_of_other_days_than_those_asked_about(text: str, published: str, elsewhen: bool) -> None:
    period = read_period("Who resigned on 3 September?", day("09-10"))
    assert period is not None
    assert tells_of_other_days(text, day(published), period) is elsewhen


@pytest.mark.parametrize("asked_on", [date.min, date.max], ids=["first", "last"])
@pytest.mark.parametrize("words", ["last week", "next week", "next year", "last month", "yesterday", "on Monday"])
def test_a_time_that_no_calendar_has_is_no_fault(words: str, asked_on: date) -> None:
    period = read_period(f"What happened {words}?", asked_on)

    assert period is None or date.min <= period.start <= period.end <= date.max
