from datetime import date

import pytest

from ui.holdings import Holdings


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        pytest.param((date(2023, 1, 3), date(2025, 6, 12)), "3 January 2023 to 12 June 2025", id="range"),
        pytest.param((date(2025, 6, 2), date(2025, 6, 2)), "2 June 2025", id="one-day"),
        pytest.param(None, "", id="undated"),
    ],
)
def test_the_period_reads_as_in_a_newspaper(dates: tuple[date, date] | None, period: str) -> None:
    assert Holdings(2, 3, dates).period == period


@pytest.mark.parametrize(("articles", "size"), [(1, "1 article"), (1204, "1,204 articles")], ids=["one", "many"])
def test_articles_are_counted_in_words(articles: int, size: str) -> None:
    assert Holdings(articles, 0).size == size
