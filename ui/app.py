"""The application: its pages, and what they all look like."""

from pathlib import Path

import streamlit as st

# A file of our own: Streamlit would fetch a named symbol from another site.
st.set_page_config(page_title="Article QA", page_icon=Path(__file__).with_name("icon.svg"), layout="centered")
st.html(Path(__file__).with_name("style.css"))

st.navigation([st.Page("views/chat.py", title="Chat", default=True)], position="hidden").run()
