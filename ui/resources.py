"""What all tabs share: the engine, opened once."""

import os
from pathlib import Path

import streamlit as st

from qa.engine import ArticleQueryEngine, open_engine
from qa.logs import start_logging

DATA_DIR_VARIABLE = "ARTICLE_QA_DATA_DIR"


def data_dir_from_environment() -> Path | None:
    """The data directory the `chat` command was given; None for the user's own."""
    named = os.environ.get(DATA_DIR_VARIABLE, "")
    return Path(named) if named else None


@st.cache_resource(show_spinner="Opening the index…", max_entries=1)
def load_engine(data_dir: Path | None) -> ArticleQueryEngine:
    """The engine over a data directory; a failure is not kept, so the next run tries again."""
    start_logging(os.environ.get("ARTICLE_QA_LOG", "warning").lower())
    return open_engine(data_dir)
