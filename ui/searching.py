"""The line in which words to search a list for are typed."""

import streamlit as st


def ask_for_words(hint: str, key: str) -> str:
    """What is typed in, at every key that is pressed; empty where nothing is."""
    words = st.text_input(
        "Search", placeholder=hint, key=key, live=True, icon=":material/search:", label_visibility="collapsed"
    )
    return words or ""
