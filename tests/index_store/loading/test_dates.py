"""The day of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.loading.dates import read_day

DAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    "value",
    [
        *("2025-06-15", "2025/06/15", "2025.6.15", " 2025-06-15 ", "20250615", "20250615123000"),
        *("2025-06-15T23:30:00-05:00", "2025-06-15T00:30:00+09:00", "2025-06-15T12:00:00Z", "2025-06-15 12:00"),
        *("2025-06-15T12:00:00.123456", "2025-06-15t12:00:00z"),
        *("Sun, 15 Jun 2025 23:30:00 -0500", "15 Jun 2025 12:00 GMT", "Sun Jun 15 12:00:00 +0000 2025"),
        *("June 15, 2025", "Jun. 15, 2025", "June 15th, 2025", "15 June 2025", "15-JUN-2025 15:01:01.79"),
        *("Sunday, June 15, 2025", "June 15, 2025 at 10:30 a.m. ET", "15/06/2025", "06/15/2025", "15.6.2025"),
        *(1749945600, 1750031999, 1749945600000, 1749945600.5, "1749945600", "1749945600000", 20250615),
    ],
)
def test_a_day_is_read_as_written(value: object) -> None:
    assert read_day(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        *("", "unknown", "today", "yesterday", "2 hours ago", "10:30", "12", "2025", "June", "June 2025", "15 June"),
        *("Sunday", "Monday June 2025", "2025-06", "2025-W24-7", "0", "99999999999999999999"),
        *("03/04/2025", "3.4.2025", "03/04/05", "15 June 25", "15 June '25"),
        *("2025-02-30", "June 31, 2025", "2025-13-01", "2025-06-155", "0001-01-01", "1499-12-31", "2201-01-01"),
        *(0, 12, 2025, -1, 10**400, float("nan"), float("inf"), True, None, [], {"$date": "2025-06-15"}),
        *("June 15, 2025. " * 100, "9" * 10_000, "٢٠٢٥-٠٦-١٥x"),
    ],
)
def test_what_is_not_one_whole_plausible_day_is_none(value: object) -> None:
    assert read_day(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("04/04/2025", date(2025, 4, 4), id="day and month alike"),
        pytest.param("1500-01-01", date(1500, 1, 1), id="first plausible"),
        pytest.param("1912-04-15", date(1912, 4, 15), id="an old paper"),
        pytest.param("29 February 2024", date(2024, 2, 29), id="leap day"),
        pytest.param(100000000, date(1973, 3, 3), id="nine digits of Unix time"),
    ],
)
def test_limits(value: object, expected: date) -> None:
    assert read_day(value) == expected


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2200, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y"]))
def test_every_plausible_day_in_words_comes_back(day: date, form: str) -> None:
    assert read_day(day.strftime(form)) == day


@given(st.text("0123456789/-.:, TZ+JanueMoSPMGEST", max_size=30) | st.integers() | st.floats())
def test_nothing_that_can_be_written_breaks_it(value: object) -> None:
    day = read_day(value)

    assert day is None or 1500 <= day.year <= 2200
