import pytest

from qa.errors import ModelReplyError
from qa.llm import Prices, Usage, usage_of


def test_usage_of_two_replies_is_their_sum() -> None:
    first = Usage(2, 100, 10, 60, 1.5)
    second = Usage(1, 50, 5, 0, 0.5, known=False)

    assert first + second == Usage(3, 150, 15, 60, 2.0, known=False)
    assert first + Usage() == first


@pytest.mark.parametrize(
    ("cached", "expected"),
    [
        pytest.param(0.5, (40 * 2 + 60 * 0.5 + 10 * 8) / 1_000_000, id="cheaper where cached"),
        pytest.param(None, (100 * 2 + 10 * 8) / 1_000_000, id="cached like the rest"),
    ],
)
def test_cost_counts_cached_tokens_by_their_own_price(cached: float | None, expected: float) -> None:
    assert Usage(1, 100, 10, 60).cost(Prices(2.0, 8.0, cached)) == pytest.approx(expected)


def test_error_of_no_model_has_cost_nothing() -> None:
    assert usage_of(ModelReplyError("not what was asked for")) == Usage()
