"""Charts, as SVG that needs neither a script nor the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.bootstrap import Interval
from qa.evaluation.outcomes import Outcome
from qa.evaluation.report.markup import Html, joined, tag

_WIDTH = 640  # units of the outcomes' bar
_TICKS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One share with where 95 % of the draws lie."""

    label: str
    value: float
    interval: Interval | None = None


def shares_chart(rows: Sequence[ChartRow]) -> Html:
    """A line for each share in [0, 1]: a dot on its interval, between its name and its value."""
    axis = tag("span", *(tag("span", each) for each in ("0", "0.5", "1")), class_="axis", aria_hidden="true")
    return tag("div", axis, *map(_share, rows), class_="shares")


def outcomes_chart(outcomes: Mapping[Outcome, int]) -> Html:
    """One bar, divided by outcome, and what its parts stand for."""
    total = sum(outcomes.values()) or 1
    parts, at = [], 0.0
    for outcome, count in outcomes.items():
        width = _WIDTH * count / total
        if count:
            parts.append(tag("rect", x=f"{at:.1f}", y=0, width=f"{width:.1f}", height=18, class_=_class(outcome)))
        at += width
    spoken = ", ".join(f"{outcome.value} {count}" for outcome, count in outcomes.items() if count)
    bar = tag(
        "svg", tag("title", f"Outcomes: {spoken}"), *parts,
        viewBox=f"0 0 {_WIDTH} 18", preserveAspectRatio="none", role="img", class_="bar",
    )  # fmt: skip
    legend = [
        tag(
            "li",
            tag("span", "", class_=f"dot {_class(outcome)}"),
            tag("b", str(count)),
            f" {outcome.value}",
            tag("span", outcome.meaning, class_="quiet"),
        )
        for outcome, count in outcomes.items()
        if count
    ]
    return joined(bar, tag("ul", *legend, class_="legend"))


def _share(row: ChartRow) -> Html:
    ticks = [tag("line", x1=_at(tick), x2=_at(tick), y1="0", y2="100%", class_="grid") for tick in _TICKS]
    interval = row.interval
    whisker = (
        [tag("line", x1=_at(interval.low), x2=_at(interval.high), y1="50%", y2="50%", class_="whisker")]
        if interval
        else []
    )
    spoken = f"{row.value:.2f}, 95 % interval {interval.low:.2f} to {interval.high:.2f}" if interval else ""
    drawn = [*ticks, *whisker, tag("circle", cx=_at(row.value), cy="50%", r=5, class_="value")]
    track = tag("svg", tag("title", f"{row.label}: {spoken}"), *drawn, role="img", class_="track")
    return joined(tag("span", row.label, class_="label"), track, tag("span", f"{row.value:.3f}", class_="number"))


def _at(share: float) -> str:
    return f"{100 * share:.1f}%"


def _class(outcome: Outcome) -> str:
    return f"o-{outcome.value.replace(' ', '-')}"
