"""What the page says when there is nothing to show."""

import re
import shlex
from pathlib import Path

import streamlit as st

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$:~<>&])")


def show_error(message: str) -> None:
    """An expected fault, as the one line it is."""
    st.error(plain(message), icon=":material/error:")


def show_no_index(data_dir: Path | None) -> None:
    """That nothing has been indexed yet, and the command that changes it."""
    st.html(
        '<div class="aq-notice"><h2>No articles yet</h2>'
        "<p>Add some on the Articles page, or index a folder and come back. Plain text, Markdown, HTML, PDF, JSON, "
        "JSON Lines and CSV are read.</p></div>"
    )
    st.code(index_command(data_dir), language=None, wrap_lines=True)
    st.button("Look again", key="look-again")  # any click runs the script anew


def index_command(data_dir: Path | None) -> str:
    """The shell command that indexes into this data directory."""
    place = [] if data_dir is None else ["--data-dir", str(data_dir)]
    return f"{shlex.join(['article-qa', *place, 'index'])} path/to/articles"


def plain(text: str) -> str:
    """Text as one line of Markdown that shows exactly these characters."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
