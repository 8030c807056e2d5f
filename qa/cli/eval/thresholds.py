"""Thresholds: what a figure must reach for a check to pass."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

BELOW_THRESHOLD = 5  # the exit code


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound of one figure."""

    name: str
    bound: float
    is_floor: bool  # False: the figure must not be above it

    def shortfall(self, values: Mapping[str, float | None]) -> str:
        """Why the figure does not pass; empty when it does. One that is undefined does not."""
        value, option = values[self.name], f"--fail-{'under' if self.is_floor else 'over'} {self.name}={self.bound:g}"
        if value is None:
            return f"{self.name} is undefined, as no question counts for it: {option} fails"
        passes = value >= self.bound if self.is_floor else value <= self.bound
        return "" if passes else f"{self.name} is {value:.4f}: {option} fails"


def floors(_context: click.Context, _parameter: click.Parameter, written: Sequence[str]) -> tuple[Threshold, ...]:
    """The values of `--fail-under`, or a usage error that names the figures."""
    return tuple(_parse(each, is_floor=True) for each in written)


def ceilings(_context: click.Context, _parameter: click.Parameter, written: Sequence[str]) -> tuple[Threshold, ...]:
    """The values of `--fail-over`, or a usage error that names the figures."""
    return tuple(_parse(each, is_floor=False) for each in written)


def _parse(written: str, *, is_floor: bool) -> Threshold:
    from qa.evaluation import FIGURES, is_share  # which take long to import

    name, _, bound = (part.strip() for part in written.partition("="))
    if name not in FIGURES:
        raise click.BadParameter(f"no figure is called {name!r}; there are {', '.join(FIGURES)}")
    try:
        value = float(bound)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise click.BadParameter(f"{written!r} names no number; write it as {name}=0.9")
    if is_share(name) and not 0 <= value <= 1:
        raise click.BadParameter(f"{written!r} is never reached: {name} lies between 0 and 1; write 90 % as 0.9")
    return Threshold(name, value, is_floor)
