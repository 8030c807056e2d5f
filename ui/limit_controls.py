"""The controls of the limits: what narrows the next question, above the line it is typed in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from ui.limits import Limits
from ui.notices import plain
from ui.state import ChatState

_DAYS = {"since": "Published from", "until": "Published until", "as_of": "As of"}
_HELP = {"as_of": "As if asked on that day: nothing published later is read."}
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)


def show_limits(state: ChatState, outlets: Sequence[str]) -> None:
    """The limits that hold, each as a pill that takes it away, and where to set them."""
    with st.popover("Limits", icon=":material/tune:", type="tertiary"):
        _show_fields(state, outlets)
    for number, pill in enumerate(state.limits.pills):
        st.button(
            plain(pill.words),
            key=f"limit-{number}",
            icon=":material/close:",
            icon_position="right",
            help="Take this limit away",
            on_click=state.limit,
            args=(state.limits.without(pill),),
        )


def _show_fields(state: ChatState, outlets: Sequence[str]) -> None:
    for name, label in _DAYS.items():
        st.session_state[_key(state, name)] = getattr(state.limits, name)  # a pill or the address may have changed it
        st.date_input(
            label,
            value=None,
            min_value=_FIRST,
            max_value=_LAST,
            key=_key(state, name),
            help=_HELP.get(name),
            format="YYYY-MM-DD",
            on_change=_take_day,
            args=(state, name),
        )
    if outlets:
        st.session_state[_key(state, "sources")] = [outlet for outlet in state.limits.sources if outlet in outlets]
        st.multiselect(
            "Outlets",
            outlets,
            key=_key(state, "sources"),
            placeholder="All outlets",
            on_change=_take_sources,
            args=(state,),
        )


def _key(state: ChatState, name: str) -> str:
    return f"set-{name}-{state.drawn}" if state.drawn else f"set-{name}"


def _take_day(state: ChatState, name: str) -> None:
    value = st.session_state[_key(state, name)]
    limits = Limits(**{**state.limits.options, name: value})
    if not limits.are_possible:
        limits = Limits(**{name: value}, sources=limits.sources)
        state.drawn += 1
        state.notes = ("Those dates exclude every day, so only the one you chose last is kept.",)
    state.limits = limits


def _take_sources(state: ChatState) -> None:
    state.limits = replace(state.limits, sources=tuple(st.session_state[_key(state, "sources")]))
