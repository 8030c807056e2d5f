from datetime import date, timedelta

import pytest

from index_store.scope import Scope
from qa.nearness import narrowed, nearest_day, nearness
from qa.reading import read_period

DAY = date(2025, 6, 15)


def test_an_article_of_the_day_is_nearest() -> None:
    assert nearness(DAY, DAY, days=10) == 1


def test_nearness_falls_to_a_third_either_way() -> None:
    before, after = (nearness(DAY + timedelta(days=gap), DAY, days=10) for gap in (-10, 10))
    assert before == after == pytest.approx(1 / 2.718, rel=0.01)


def test_an_undated_article_is_not_preferred_to_any_other() -> None:
    assert nearness(None, DAY, days=10) == 0 < nearness(DAY - timedelta(days=99), DAY, days=10)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        pytest.param("What did the mayor say in May 2025?", date(2025, 4, 28), date(2025, 6, 15), id="month"),
        pytest.param("What happened yesterday?", date(2025, 6, 11), date(2025, 6, 21), id="yesterday"),
        pytest.param("What happened on 6 January 2021?", None, None, id="a day long ago is when it happened"),
        pytest.param("What has happened this week?", None, None, id="loosely now"),
        pytest.param("Who built the dam?", None, None, id="no time"),
    ],
)
def test_an_explicit_period_narrows_what_is_searched(question: str, since: date | None, until: date | None) -> None:
    assert narrowed(Scope(), read_period(question, DAY), DAY) == Scope(since, until)


def test_narrowing_never_widens_the_scope() -> None:
    scope = Scope(since=date(2025, 6, 13), until=date(2025, 6, 14))
    assert narrowed(scope, read_period("What happened yesterday?", DAY), DAY) == scope


def test_articles_are_preferred_near_a_period_long_past() -> None:
    assert nearest_day(read_period("What happened in March 2024?", DAY), DAY) == date(2024, 3, 31)
    assert nearest_day(read_period("What happened yesterday?", DAY), DAY) == DAY
