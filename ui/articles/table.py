"""The table of articles: find some, read one, remove them."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import streamlit as st

from index_store.catalog import ArticleHeader
from index_store.store import ArticleStore
from ui import markup
from ui.articles.forms import Office
from ui.articles.health import Stamp, read_stamp
from ui.articles.listing import ORDERS, Filter, columns, outlets
from ui.articles.order import Order
from ui.holdings import count_of
from ui.notices import plain
from ui.searching import ask_for_words

_NAMED = 5  # headlines in a confirmation


def show_table(store: ArticleStore, office: Office) -> None:
    """The articles that fit what is searched for, and what can be done with those that are chosen."""
    headers = _headers(office.data_dir, read_stamp(office.data_dir), store)
    listed = _filtered(headers)
    chosen = _chosen(listed, _state_of(listed))
    with st.container(horizontal=True, vertical_alignment="center", key="table-actions"):
        st.html(markup.caption_html(_counted(len(listed), len(headers), len(chosen))))
        if st.button("Open article", key="open-article", icon=":material/article:", disabled=len(chosen) != 1):
            _show_article(store, chosen[0])
        remove = "Remove" if len(chosen) < 2 else f"Remove {len(chosen):,}"
        if st.button(remove, key="remove", icon=":material/delete:", disabled=not chosen or office.is_busy):
            _confirm(office, chosen)


@st.cache_data(max_entries=2, show_spinner=False)
def _headers(data_dir: Path, stamp: Stamp, _store: ArticleStore) -> tuple[ArticleHeader, ...]:
    return tuple(_store.headers())


def _filtered(headers: Sequence[ArticleHeader]) -> list[ArticleHeader]:
    words = ask_for_words("Search headlines, outlets and authors", key="words")
    outlet, since, until, order = st.container(key="table-limits").columns([1.4, 1, 1, 1.2])
    limits = Filter(
        words,
        tuple(outlet.multiselect("Outlets", outlets(headers), key="outlets", placeholder="All")),
        since.date_input("From", value=None, format="YYYY-MM-DD", key="since", min_value="1600-01-01"),
        until.date_input("To", value=None, format="YYYY-MM-DD", key="until", min_value="1600-01-01"),
    )
    return ORDERS[order.selectbox("Order", list(ORDERS), key="order")](limits.chosen(headers))


def _state_of(listed: Sequence[ArticleHeader]) -> str:
    """What tells this list from every other, so that a choice made in one is not taken for a choice in the next."""
    return sha256("\n".join(header.id for header in listed).encode()).hexdigest()[:12]


def _chosen(listed: Sequence[ArticleHeader], state: str) -> list[ArticleHeader]:
    if not listed:
        st.html(markup.caption_html("No article fits."))
        return []
    selected = st.dataframe(
        columns(listed),
        hide_index=True,
        column_config={
            "Date": st.column_config.DateColumn(width=95, format="YYYY-MM-DD"),
            "Headline": st.column_config.TextColumn(width=330),
        },
        key=f"table-{state}",
        on_select="rerun",
        selection_mode="multi-row",
        alt="The articles; shift and space choose the one in focus",
    )
    return [listed[row] for row in selected.selection.rows if row < len(listed)]


def _counted(listed: int, every: int, chosen: int) -> str:
    found = count_of(every, "article") if listed == every else f"{listed:,} of {count_of(every, 'article')}"
    return f"{found} · {chosen:,} chosen" if chosen else f"{found} · choose one to open it"


@st.dialog("Article", width="medium", position="right")
def _show_article(store: ArticleStore, header: ArticleHeader) -> None:
    st.html(markup.article_html(store.article(header.id), ()))


@st.dialog("Remove from the index?")
def _confirm(office: Office, chosen: Sequence[ArticleHeader]) -> None:
    named = "\n".join(f"- {plain(header.title or header.id)}" for header in chosen[:_NAMED])
    rest = f"\n- and {len(chosen) - _NAMED:,} more" if len(chosen) > _NAMED else ""
    st.markdown(named + rest)
    st.html(markup.caption_html("No answer will cite what is removed. The files it came from stay as they are."))
    with st.container(horizontal=True):
        if st.button(f"Remove {count_of(len(chosen), 'article')}", key="confirm-remove", type="primary"):
            office.place(Order("remove", str(office.data_dir), tuple(header.id for header in chosen)))
        if st.button("Keep", key="keep"):
            st.rerun()
