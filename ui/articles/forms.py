"""The forms: files, pasted text and addresses that a reader hands in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from index_store.errors import ArticleQAError, UnreadableInputError
from index_store.fetching.url import parse_url
from ui.articles.desk import Desk, TabState
from ui.articles.order import Order
from ui.articles.staging import PastedArticle, Upload
from ui.notices import show_error

_MAX_UPLOAD_MB = 200  # a file; larger ones are for the command, which need not hold them in memory
_MAX_TEXT_CHARS = 500_000
_PAGES, _MOST_PAGES = 20, 200  # of a feed or sitemap: each is fetched after a pause


@dataclass(frozen=True, slots=True)
class Office:
    """Where orders for one index are handed in from one tab."""

    data_dir: Path
    desk: Desk
    state: TabState

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way, so that no other can begin."""
        return self.desk.running is not None

    def place(self, order: Order, uploads: Sequence[Upload] = ()) -> None:
        """Has the order carried out and the page drawn anew, or says why that cannot be."""
        try:
            job = self.desk.begin(order, uploads)
        except ArticleQAError as error:
            show_error(str(error))
            return
        if job is None:  # another tab was quicker
            show_error("another tab is changing the index; try again when it is done")
            return
        self.state.follow(job)
        st.rerun()

    def index(self, *names: str, uploads: Sequence[Upload] = (), limit: int = _PAGES) -> None:
        """Has the uploads and what is named indexed."""
        self.place(Order("index", str(self.data_dir), names, limit), uploads)


def show_forms(office: Office) -> None:
    """The ways to add articles, one at a time."""
    forms: dict[str, Callable[[Office], None]] = {
        "Files": _show_upload,
        "Pasted text": _show_paste,
        "From the web": _show_address,
    }
    chosen = st.radio("Add", list(forms), horizontal=True, key="way", label_visibility="collapsed")
    forms[chosen](office)


def _show_upload(office: Office) -> None:
    files = st.file_uploader(
        "Text, Markdown, HTML, PDF, JSON, JSON Lines or CSV; also compressed (.gz) or in an archive (.zip)",
        accept_multiple_files=True,
        max_upload_size=_MAX_UPLOAD_MB,
        key=f"files-{office.state.round}",
    )
    if st.button("Add to the index", key="add-files", type="primary", disabled=office.is_busy or not files):
        office.index(uploads=[Upload(file.name, file.getbuffer()) for file in files])


def _show_paste(office: Office) -> None:
    with st.form(f"paste-{office.state.round}", border=False):
        pasted = _pasted()
        if st.form_submit_button("Add text", key="add-text", type="primary", disabled=office.is_busy):
            if not pasted.text.strip():
                show_error("there is no text; paste the article into the field “Text”")
            else:
                office.index(uploads=[pasted.upload])


def _pasted() -> PastedArticle:
    text = st.text_area("Text", height=220, max_chars=_MAX_TEXT_CHARS)
    title = st.text_input("Headline")
    left, right = st.columns(2)
    return PastedArticle(
        text,
        title,
        left.text_input("Outlet"),
        right.text_input("Author"),
        left.date_input("Published", value=None, format="YYYY-MM-DD", min_value="1600-01-01", max_value="today"),
        right.text_input("Address", placeholder="https://"),
    )


def _show_address(office: Office) -> None:
    with st.form(f"address-{office.state.round}", border=False):
        address = st.text_input("Address of a page, feed or sitemap", placeholder="https://").strip()
        limit = st.number_input("Pages taken of a feed or sitemap, the newest first", 1, _MOST_PAGES, _PAGES)
        if st.form_submit_button("Add from the web", key="add-address", type="primary", disabled=office.is_busy):
            _place_address(office, address, int(limit))


def _place_address(office: Office, address: str, limit: int) -> None:
    try:
        parse_url(address)  # what is no address would be taken for a file on this machine
    except UnreadableInputError as error:
        show_error(f"{error}; an address begins with https:// or http://" if address else "there is no address")
        return
    office.index(address, limit=limit)
