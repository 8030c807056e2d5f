"""The list of conversations: go on with one, name it, delete it."""

from collections.abc import Sequence

import streamlit as st

from index_store.errors import ArticleQAError
from index_store.store import ArticleStore
from ui.conversations import Conversations, Heading, with_words
from ui.holdings import count_of, day
from ui.keeping import begin_anew, resume
from ui.markup import caption_html
from ui.notices import plain, show_error
from ui.searching import ask_for_words
from ui.state import ChatState

_SHOWN = 50  # of the list: more would take long to draw, and those changed last come first
_FEW = 8  # are found without a search
_NAME_CHARS = 120


def show_ways(state: ChatState, conversations: Conversations, store: ArticleStore, *, is_begun: bool) -> None:
    """The ways to the conversations that are kept and, out of one, to a new one."""
    if not conversations.is_empty and st.button(
        "Conversations", key="conversations", type="tertiary", icon=":material/history:"
    ):
        _show_conversations(state, conversations, store)
    if is_begun:
        st.button(
            "New chat",
            key="new-chat",
            type="tertiary",
            icon=":material/add:",
            on_click=begin_anew,
            args=(state, conversations),
        )


@st.dialog("Conversations")
def _show_conversations(state: ChatState, conversations: Conversations, store: ArticleStore) -> None:
    """All that are kept of this reader, the one that changed last first."""
    st.html(caption_html("Kept beside the index, and shown in this browser alone."))
    headings = conversations.headings()
    found = _found(headings) if len(headings) > _FEW else headings
    if not found:
        st.html(caption_html("No conversation fits." if headings else "None is kept."))
    for heading in found[:_SHOWN]:
        with st.container(key=f"conversation-{heading.id}", border=True, gap=None):
            _show_row(heading, state, conversations, store)
    if len(found) > _SHOWN:
        st.html(caption_html(f"{len(found) - _SHOWN:,} more; a word of their name finds them."))


def _found(headings: Sequence[Heading]) -> Sequence[Heading]:
    return with_words(headings, ask_for_words("Search names and first questions", key="conversation-words"))


def _show_row(heading: Heading, state: ChatState, conversations: Conversations, store: ArticleStore) -> None:
    if st.button(plain(heading.name), key=f"resume-{heading.id}", type="tertiary", help="Go on with it"):
        try:
            resume(state, conversations, store, heading.id)
        except ArticleQAError as error:
            show_error(str(error))
        else:
            st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        changed = f"{day(heading.changed.date())}, {heading.changed:%H:%M}"
        st.html(caption_html(f"{changed} · {count_of(heading.questions, 'question')}"))
        with st.popover("Change", type="tertiary"):
            _show_changes(heading, state, conversations)


def _show_changes(heading: Heading, state: ChatState, conversations: Conversations) -> None:
    with st.form(f"name-form-{heading.id}", border=False):
        name = st.text_input("Name", heading.name, max_chars=_NAME_CHARS, key=f"name-{heading.id}")
        renamed = st.form_submit_button("Rename")
    deleted = st.button("Delete for good", key=f"delete-{heading.id}", icon=":material/delete:")
    is_open = heading.id == state.conversation
    try:
        if renamed:
            conversations.rename(heading.id, name)
            state.name = name.strip() if is_open else state.name
        if deleted:
            conversations.delete(heading.id)
            if is_open:
                state.clear()
    except ArticleQAError as error:
        show_error(str(error))
    else:
        if renamed or deleted:
            st.rerun()
