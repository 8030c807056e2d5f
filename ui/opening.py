"""Opening the index for a page that cannot do without it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from index_store.errors import ArticleQAError, IndexNotFoundError
from ui.holdings import Holdings
from ui.notices import show_fault, show_no_index


@contextmanager
def faults_shown(data_dir: Path | None) -> Iterator[None]:
    """Ends the page's run with the notice that fits, when what is done inside meets an expected fault."""
    try:
        yield
    except IndexNotFoundError:
        show_no_index(data_dir)
        st.stop()
    except ArticleQAError as error:
        show_fault(error, data_dir)
        st.stop()


def stop_without_articles(holdings: Holdings, data_dir: Path | None) -> None:
    """Ends the page's run with a notice where nothing has been indexed."""
    if not holdings.articles:
        show_no_index(data_dir)
        st.stop()
