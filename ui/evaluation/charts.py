"""Charts of a run, drawn in the browser from what the page carries."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd  # type: ignore[import-untyped]
import streamlit as st

from qa.evaluation import Group, Outcome
from qa.evaluation.groups import By
from ui.evaluation.wording import COLOURS, OUTCOMES, percent

_ROW_PX = 26
_MOST_GROUPS = 15  # the largest: a thousand outlets are no chart
_LABEL_PX = 180
_LABEL_FONT_PX = 13
_PLAIN = "#3f6fa8"  # the page's own blue, pale enough for the dark page


def show_outcomes(outcomes: Mapping[Outcome, int]) -> None:
    """A bar for each outcome that any question had."""
    found = [(outcome, count) for outcome, count in outcomes.items() if count]
    labels = [f"{OUTCOMES[outcome]}: {count:,}" for outcome, count in found]
    table = pd.DataFrame({"outcome": labels, "questions": [count for _, count in found]})
    colours = alt.Scale(domain=labels, range=[COLOURS[outcome] for outcome, _ in found])
    bars = _bars(table, "outcome", "questions")
    _show(bars.encode(color=alt.Color("outcome:N", scale=colours, legend=None)), f"Outcomes: {', '.join(labels)}")


def show_groups(groups: Sequence[Group], by: By) -> int:
    """The share of right answers of each group, the largest first; how many groups there was no room for."""
    judged = [(group, share) for group in groups if (share := group.figures.values["correct"]) is not None]
    drawn = judged[:_MOST_GROUPS]
    labels = [f"{group.name} ({group.figures.counted}): {percent(share)}" for group, share in drawn]
    table = pd.DataFrame({by: labels, "right": [share for _, share in drawn]})
    _show(_bars(table, by, "right", most=1.0), f"Right answers: {', '.join(labels)}")
    return len(judged) - len(drawn)


def _bars(table: pd.DataFrame, name: str, number: str, most: float | None = None) -> alt.Chart:
    """A bar a row, in the order of the rows; the labels carry the numbers, in the colour of the page's own text."""
    scale = alt.Scale(domain=[0, most]) if most else alt.Undefined
    bars: alt.Chart = (
        alt.Chart(table)
        .mark_bar(cornerRadiusEnd=3, color=_PLAIN)
        .encode(
            x=alt.X(f"{number}:Q", title=None, axis=None, scale=scale),
            y=alt.Y(
                f"{name}:N",
                title=None,
                sort=list(table[name]),
                axis=_labels(),
            ),
            tooltip=[f"{name}:N"],
        )
    )
    return bars


def _labels() -> alt.Axis:
    # in the colour of the page's own text, light or dark, as Streamlit's grey for labels is too pale to read
    return alt.Axis(
        labelLimit=_LABEL_PX,
        labelFontSize=_LABEL_FONT_PX,
        labelColor="currentColor",
        ticks=False,
        domain=False,
        offset=2,
    )


def _show(chart: alt.Chart, spoken: str) -> None:
    st.altair_chart(chart.properties(height=alt.Step(_ROW_PX)), alt=spoken)
