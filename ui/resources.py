"""What all tabs share: the engine, opened once."""

import os
from pathlib import Path

import streamlit as st

from index_store.layout import CATALOG_FILE
from qa.engine import ArticleQueryEngine, open_engine, resolve_data_dir
from qa.logs import start_logging

DATA_DIR_VARIABLE = "ARTICLE_QA_DATA_DIR"


def data_dir_from_environment() -> Path | None:
    """The data directory the `chat` command was given; None for the user's own."""
    named = os.environ.get(DATA_DIR_VARIABLE, "")
    return Path(named) if named else None


def load_engine(data_dir: Path | None) -> ArticleQueryEngine:
    """The engine over a data directory; where another folder has taken its place, or none, that is opened instead."""
    return _open(data_dir, _identity(resolve_data_dir(data_dir) / CATALOG_FILE))


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from every other that was there under its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@st.cache_resource(show_spinner="Opening the index…", max_entries=1)
def _open(data_dir: Path | None, catalog: tuple[int, int] | None) -> ArticleQueryEngine:
    """A failure is not kept, so the next run tries again."""
    start_logging(os.environ.get("ARTICLE_QA_LOG", "warning").lower())
    return open_engine(data_dir)
