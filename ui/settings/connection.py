"""The test of the connection, and what came of it in words."""

import time
from concurrent.futures import ThreadPoolExecutor

import streamlit as st

from qa.llm import OpenAIModel, Trial, Tried, Verdict
from ui.markup import caption_html
from ui.notices import plain
from ui.scripts import scroll_to

_ANCHOR = "tried"
_MOMENT_S = 0.2  # how long a click elsewhere may go unnoticed
_HEADS = {
    Verdict.FINE: "It works.",
    Verdict.SLOW: "It is slow.",
    Verdict.KEY: "The key was refused.",
    Verdict.MODEL: "The model is unknown there.",
    Verdict.UNREACHABLE: "The server cannot be reached.",
    Verdict.FAULTY: "It does not work.",
}


def try_model(model: OpenAIModel) -> Tried:
    """What came of asking the model for one word; the page may be left meanwhile."""
    trial, place, begun = Trial(model), st.empty(), time.monotonic()
    with ThreadPoolExecutor(max_workers=1) as pool:
        trying = pool.submit(trial.run)
        try:
            while not trying.done():  # each drawing is where Streamlit can break off a run
                place.html(caption_html(f"Asking {model.name} for one word … {time.monotonic() - begun:.0f} s"))
                time.sleep(_MOMENT_S)
        finally:
            trial.stop()
    place.empty()
    return trying.result()


def show_tried(tried: Tried, model: OpenAIModel) -> None:
    """The verdict, and what to do about it."""
    show = st.success if tried.verdict is Verdict.FINE else st.warning if tried.verdict is Verdict.SLOW else st.error
    st.html(f'<div id="{_ANCHOR}"></div>')
    show(plain(f"{_HEADS[tried.verdict]} {_detail(tried, model)}"))
    scroll_to(_ANCHOR, "center")


def _detail(tried: Tried, model: OpenAIModel) -> str:
    if tried.verdict is Verdict.SLOW and tried.fault:
        return (
            f"No word of {model.name} came within {tried.seconds:.0f} s. A model that is still being loaded may be "
            "quicker the next time."
        )
    if not tried.fault:
        return f"The first word of {model.name} came after {tried.seconds:.1f} s."
    return f"{tried.fault[:1].upper()}{tried.fault[1:]}."
