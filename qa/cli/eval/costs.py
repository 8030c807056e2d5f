"""Costs: what a run took of models' services, that of the answers apart from that of the judge."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import click

# whatever takes long to import is imported when it is needed, so that `--help` answers at once
if TYPE_CHECKING:
    from qa.evaluation import EvaluationRun
    from qa.llm import ModelSettings, Prices

Named: TypeAlias = tuple[float, float] | None  # prices of a million tokens, of the prompt and of the reply


@dataclass(frozen=True, slots=True)
class Costs:
    """In the currency of the prices; None where no price is known, or no service was asked."""

    answers: float | None
    judge: float | None

    def text(self) -> str:
        """A line for each that is known."""
        told = {"Cost": self.answers, "Cost of the judge": self.judge}
        return "\n".join(f"{name}: {cost:.4f}" for name, cost in told.items() if cost is not None)


def finite(_context: click.Context, _parameter: click.Parameter, prices: Named) -> Named:
    """The values of `--prices`, or a usage error where one is no number."""
    if prices is not None and not all(map(math.isfinite, prices)):
        raise click.BadParameter("a price has to be a number")
    return prices


def costs_of(run: "EvaluationRun", answers: Named, judge: Named) -> Costs:
    """By the prices that are named, else by those of the configured models."""
    from qa.llm import ModelSettings, read_environment

    writing = judging = None
    if any(row.usage for row in run.rows) or run.was_judged_by_model:
        env = read_environment()
        writing, judging = ModelSettings.from_environment(env), ModelSettings.for_judging(env)
    of_answers, of_judge = _prices(answers, writing), _prices(judge, judging)
    return Costs(
        run.cost(of_answers) if of_answers else None,
        run.judge_cost(of_judge) if of_judge and run.was_judged_by_model else None,
    )


def _prices(named: Named, configured: "ModelSettings | None") -> "Prices | None":
    from qa.llm import Prices

    if named:
        return Prices(*named)
    return configured.prices if configured else None
