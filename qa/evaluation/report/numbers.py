"""Figures as a reader sees them."""

from qa.evaluation.bootstrap import Interval
from qa.evaluation.catalogue import is_share


def shown(name: str, value: float | None) -> str:
    """The value, or a dash where it is undefined."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if is_share(name) else f"{value:.1f}"


def bounds(name: str, interval: Interval | None) -> str:
    """Where 95 % of the draws lie; empty where that is unknown."""
    return f"{shown(name, interval.low)} to {shown(name, interval.high)}" if interval else ""
