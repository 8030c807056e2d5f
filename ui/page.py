"""The page around the conversation and the articles."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.export import Dossier
from ui.export_controls import show_export
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
    with st.container(horizontal=True, vertical_alignment="center", key="navigation", gap="small"):
        for page in pages:
            st.page_link(page)


def show_header(holdings: Holdings, state: ChatState, *, is_written: bool) -> None:
    """The name, what there is to search and whether it is changing, and the conversation as a file."""
    told = " · ".join(filter(None, (holdings.size, holdings.period, "being written now" if is_written else "")))
    with st.container(horizontal=True, vertical_alignment="center", key="header", wrap=False):
        st.html(f'<header class="aq-header"><h1>Article QA</h1><p>{escape(told)}</p></header>')
        if len(state.turns) > 1:
            dossier = Dossier(state.name or state.turns[0].question, tuple(state.turns))
            show_export(dossier, "conversation", "Export conversation")


def show_welcome() -> None:
    """How to ask, on an empty chat."""
    st.html(_WELCOME)


def show_articles_header(holdings: Holdings | None) -> None:
    """What the page is about: how much is indexed, that adding begins here, or that the index cannot be read."""
    with st.container(key="header"):
        st.html(f'<header class="aq-header"><h1>Articles</h1><p>{escape(_told_of(holdings))}</p></header>')


def _told_of(holdings: Holdings | None) -> str:
    if holdings is None:
        return "The index cannot be read"
    if not holdings.articles:
        return "Nothing is indexed yet; what you add first begins the index"
    return " · ".join(filter(None, (holdings.size, holdings.period)))
