"""The link: the page's address follows what was asked, and what it asks is asked."""

from collections.abc import Sequence

import streamlit as st

from index_store.errors import ArticleQAError
from index_store.store import ArticleStore
from ui.address import parameters, read_address
from ui.conversations import Conversations
from ui.keeping import resume
from ui.state import ChatState

_OURS = ("q", "since", "until", "as_of", "source", "chat")


def follow_address(state: ChatState, outlets: Sequence[str], conversations: Conversations, store: ArticleStore) -> None:
    """Take over what the address asks for, once in a tab's life.

    The reader's own conversation goes on; whoever else has the link asks its question.
    """
    if state.opened:
        return
    state.opened = True
    opened = read_address(st.query_params.get_all, outlets)
    state.limits, state.notes = opened.limits, opened.notes
    if not conversations.holds(opened.conversation):
        state.pending = opened.question
        return
    try:
        resume(state, conversations, store, opened.conversation)
    except ArticleQAError as error:
        state.notes = (*state.notes, f"{error}.")


def keep_address(state: ChatState) -> None:
    """Make the address a link to the last question under the limits that hold."""
    wanted = parameters(state.linked_question, state.limits, state.conversation if state.is_begun else "")
    if wanted != {name: st.query_params.get_all(name) for name in _OURS if name in st.query_params}:
        st.query_params.from_dict(wanted)
