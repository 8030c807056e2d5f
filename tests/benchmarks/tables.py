"""Rows of Markdown tables of figures, each share with its 95 % interval."""

from collections.abc import Sequence

from qa.evaluation import EvaluationRun

SHARES = ("hit@1", "hit@5", "contains@60", "refusal_recall", "false_refusal")


def header(first: str, shares: Sequence[str] = SHARES) -> tuple[str, str]:
    """Names and rule of the table."""
    names = (first, *(name.replace("_", " ") for name in shares), "words (median)", "latency p50")
    return f"| {' | '.join(names)} |", "|---" * len(names) + "|"


def table_row(name: str, run: EvaluationRun, shares: Sequence[str] = SHARES) -> str:
    """One row of the table; `-` where a figure is undefined."""
    values = run.figures.values
    words, latency = values["words_median"], values["latency_p50_ms"]
    cells = (
        name,
        *(share_with_interval(run, share) for share in shares),
        f"{words:.0f}" if words is not None else "-",
        f"{latency or 0:.0f} ms",
    )
    return f"| {' | '.join(cells)} |"


def share_with_interval(run: EvaluationRun, name: str) -> str:
    """The share, and behind it what `qa.evaluation` gives for its interval."""
    share, interval = run.figures.values[name], run.intervals[name]
    if share is None:
        return "-"
    return f"{plain(share)} ({plain(interval.low)} to {plain(interval.high)})" if interval else plain(share)


def plain(share: float) -> str:
    """Three digits, without the zero before them."""
    return f"{share:.3f}".removeprefix("0")
