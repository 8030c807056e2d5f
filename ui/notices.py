"""What the page says when there is nothing to show."""

import re
import shlex
from html import escape
from pathlib import Path

import streamlit as st

from index_store.errors import (
    ArticleQAError,
    ChromaServerError,
    DataDirError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    ModelError,
    ModelSettingsError,
)
from index_store.remedies import REPAIR

_HEADLINES: tuple[tuple[type[ArticleQAError], str], ...] = (  # the first that fits
    (IndexDamagedError, "The index is damaged"),
    (IndexLockedError, "The index is being written"),
    (IndexMismatchError, "The index was made otherwise"),
    (DataDirError, "The folder of the index cannot be used"),
    (ChromaServerError, "The server that keeps the vectors cannot be asked"),
    (ModelSettingsError, "A setting cannot be used"),
    (ModelError, "The model cannot be asked"),
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$:~<>&])")
_LINKED = re.compile(r"((?:https?://|www\.)[^\s`]+|[^\s`@]+@[^\s`]+)", re.IGNORECASE)  # without being asked for


def show_error(message: str) -> None:
    """An expected fault, as the one line it is."""
    st.error(plain(message), icon=":material/error:")


def show_no_index(data_dir: Path | None) -> None:
    """That nothing has been indexed yet, and the command that changes it."""
    _show_state(
        "No articles yet",
        "Add some on the Articles page, or index a folder and come back. Plain text, Markdown, HTML, PDF, JSON, "
        "JSON Lines and CSV are read.",
        index_command(data_dir),
    )


def show_fault(error: ArticleQAError, data_dir: Path | None) -> None:
    """Why the articles cannot be asked, and what to do."""
    headline = next((words for kind, words in _HEADLINES if isinstance(error, kind)), "The articles cannot be searched")
    message = str(error)
    command = _command(data_dir, "repair") if REPAIR in message else ""
    _show_state(headline, f"{message[:1].upper()}{message[1:]}.", command, role="alert")


def _show_state(headline: str, told: str, command: str, role: str = "status") -> None:
    """A page that has nothing else to show."""
    st.html(f'<div class="aq-notice" role="{role}"><h1>{escape(headline)}</h1><p>{escape(told)}</p></div>')
    if command:
        st.code(command, language=None, wrap_lines=True)
    st.button("Look again", key="look-again")  # any click runs the script anew


def index_command(data_dir: Path | None) -> str:
    """The shell command that indexes into this data directory."""
    return f"{_command(data_dir, 'index')} path/to/articles"


def _command(data_dir: Path | None, name: str) -> str:
    place = [] if data_dir is None else ["--data-dir", str(data_dir)]
    return shlex.join(["article-qa", *place, name])


def plain(text: str) -> str:
    """Text as one line of Markdown that shows exactly these characters; an address is code, which is no link."""
    parts = _LINKED.split(" ".join(text.split()))
    return "".join(f"`{part}`" if number % 2 else _MARKDOWN.sub(r"\\\1", part) for number, part in enumerate(parts))
