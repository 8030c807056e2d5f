from datetime import date, datetime

import pytest

from index_store.scope import Scope
from qa.errors import RequestError
from qa.request import Request


def test_the_day_of_asking_is_today_unless_it_is_given() -> None:
    assert Request.of("q").asked_on == date.today()
    assert Request.of("q", asked_on=date(2025, 6, 1)).asked_on == date(2025, 6, 1)


def test_as_of_is_a_hard_limit_and_the_day_of_asking() -> None:
    request = Request.of("q", as_of=date(2025, 6, 1))
    assert request.asked_on == date(2025, 6, 1)
    assert request.scope.until == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("as_of", "until"),
    [(date(2025, 6, 1), date(2025, 6, 9)), (date(2025, 6, 9), date(2025, 6, 1))],
    ids=["as_of first", "until first"],
)
def test_the_earlier_of_two_last_days_counts(as_of: date, until: date) -> None:
    assert Request.of("q", as_of=as_of, until=until).scope == Scope(until=date(2025, 6, 1))


@pytest.mark.parametrize("given", ["2025-06-01", datetime(2025, 6, 1, 9, 30)], ids=["written", "with a time"])
def test_a_day_may_be_written_or_have_a_time(given: date | str) -> None:
    assert Request.of("q", asked_on=given).asked_on == date(2025, 6, 1)


@pytest.mark.parametrize("given", ["1 June", "", 20250601], ids=["words", "nothing", "a number"])
def test_what_is_no_day_is_named(given: str) -> None:
    with pytest.raises(RequestError, match="write one like 2025-06-30"):
        Request.of("q", since=given)
