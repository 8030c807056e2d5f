"""The page around the conversation."""

from html import escape

import streamlit as st

from ui.holdings import Holdings
from ui.state import ChatState

_WELCOME = """
<section class="aq-welcome">
<h2>Ask about your articles</h2>
<p>Answers come from the indexed articles alone, and every sentence names the passages that prove it.</p>
<ul>
<li>Ask in plain words, one question at a time.</li>
<li>Name the people, places and days you mean.</li>
<li>Open a citation to read the passage in its place.</li>
</ul>
</section>
"""


def show_header(holdings: Holdings, state: ChatState) -> None:
    """The name, what there is to search, and the way back to an empty chat."""
    period = f" · {holdings.period}" if holdings.period else ""
    with st.container(horizontal=True, vertical_alignment="center", key="header", wrap=False):
        st.html(f'<header class="aq-header"><h1>Article QA</h1><p>{escape(holdings.size)}{escape(period)}</p></header>')
        if state.turns:
            st.button("New chat", on_click=state.clear, key="new-chat", icon=":material/add:")


def show_welcome() -> None:
    """How to ask, on an empty chat."""
    st.html(_WELCOME)
