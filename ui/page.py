"""The page around the conversation and the articles."""

from collections.abc import Sequence
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


def show_navigation(pages: Sequence[st.Page]) -> None:
    """Links to the application's pages, above whatever a page says."""
    with st.container(horizontal=True, key="navigation", gap="small"):
        for page in pages:
            st.page_link(page)


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


def show_articles_header(holdings: Holdings, *, is_new: bool) -> None:
    """What the page is about: how much is indexed, or, where nothing is, that adding begins here."""
    period = f" · {holdings.period}" if holdings.period else ""
    told = "Nothing is indexed yet; what you add first begins the index" if is_new else f"{holdings.size}{period}"
    with st.container(key="header"):
        st.html(f'<header class="aq-header"><h1>Articles</h1><p>{escape(told)}</p></header>')
