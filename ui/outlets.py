"""The outlets that the articles are from."""

from pathlib import Path

import streamlit as st

from index_store.store import ArticleStore
from ui.holdings import Holdings

_KEPT_S = 600  # a newcomer among as many articles as before is seen by then


@st.cache_data(show_spinner=False, max_entries=4, ttl=_KEPT_S)
def read_outlets(_store: ArticleStore, data_dir: Path | None, holdings: Holdings) -> tuple[str, ...]:
    """Their names, each once, in order of the alphabet; read anew when the holdings have changed."""
    return tuple(sorted({outlet for header in _store.headers() for outlet in header.outlets}, key=str.casefold))
