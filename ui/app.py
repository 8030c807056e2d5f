"""The application: its pages, and what they all look like."""

from pathlib import Path

import streamlit as st

from ui.page import show_navigation

st.html(Path(__file__).with_name("style.css"))

pages = [
    st.Page("views/chat.py", title="Chat", default=True),
    st.Page("views/articles.py", title="Articles"),
    st.Page("views/evaluation.py", title="Evaluation"),
    st.Page("views/settings.py", title="Settings"),
]
page = st.navigation(pages, position="hidden")
st.set_page_config(
    page_title=f"{page.title} · Article QA",
    # a file of our own: Streamlit would fetch a named symbol from another site
    page_icon=Path(__file__).with_name("icon.svg"),
    layout="centered",
)
show_navigation(pages)
page.run()
