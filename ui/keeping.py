"""Keeping: what a tab's conversation leaves on the disk, and how one that was kept goes on."""

from index_store.errors import ArticleQAError
from index_store.store import ArticleStore
from ui.conversations import Conversations
from ui.state import ChatState

_DELETED = "This conversation was deleted in another tab. What follows is kept as a new one."


def keep_turns(state: ChatState, conversations: Conversations) -> None:
    """Keep what is new in the conversation; where that fails, it is said once and the chat goes on."""
    if state.is_tried:
        return
    if state.is_stored and not conversations.holds(state.conversation):
        state.part()
        state.notes = (*state.notes, _DELETED)
    state.is_tried = True
    try:
        state.name = conversations.keep(state.conversation, state.unkept)
    except ArticleQAError as error:
        state.notes = (*state.notes, f"It is not kept: {error}.")
    else:
        state.kept, state.is_stored = len(state.turns), True


def begin_anew(state: ChatState, conversations: Conversations) -> None:
    """Leave the conversation for an empty one; what is on its way ends in the one that it was asked in."""
    state.settle()
    keep_turns(state, conversations)
    state.clear()


def resume(state: ChatState, conversations: Conversations, store: ArticleStore, conversation: str) -> None:
    """Go on with a conversation where it ended."""
    kept = conversations.read(conversation)
    state.resume(conversation, kept.name, [turn.resolved(store) for turn in kept.turns])
