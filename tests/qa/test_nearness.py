from datetime import date, timedelta

import pytest

from qa.nearness import nearness

DAY = date(2025, 6, 15)


def test_an_article_of_the_day_is_nearest() -> None:
    assert nearness(DAY, DAY, days=10) == 1


def test_nearness_falls_to_a_third_either_way() -> None:
    before, after = (nearness(DAY + timedelta(days=gap), DAY, days=10) for gap in (-10, 10))
    assert before == after == pytest.approx(1 / 2.718, rel=0.01)


def test_an_undated_article_is_neither_preferred_nor_lost() -> None:
    undated = nearness(None, DAY, days=10)
    assert nearness(DAY - timedelta(days=5), DAY, days=10) > undated > nearness(DAY - timedelta(days=99), DAY, days=10)
