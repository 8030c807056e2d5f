"""The chat: ask, read the answer, check each citation in its article."""

import streamlit as st

from index_store.writing import writer_at_work
from ui import resources
from ui.address import MOST_CHARS
from ui.conversation_list import show_ways
from ui.conversations import Conversations
from ui.evaluation.folder import RunsFolder
from ui.holdings import read_holdings
from ui.keeping import keep_turns
from ui.limit_controls import show_limits
from ui.linking import follow_address, keep_address
from ui.markup import note_html
from ui.opening import faults_shown, stop_without_articles
from ui.outlets import read_outlets
from ui.page import show_header, show_welcome
from ui.reader import give_secret, read_reader
from ui.scripts import focus_input, take_typed_days
from ui.settings.session import get_session_settings
from ui.state import get_state
from ui.suggestions import show_suggestions, suggest
from ui.turns import begin_turn, seek_way_on, show_coming, show_earlier, show_question, show_turn

state = get_state()
state.settle()  # what a click has ended
data_dir = resources.data_dir_from_environment()

with faults_shown(data_dir):
    shared = resources.load_engine(data_dir)
    engine = get_session_settings().engine(shared)
    holdings = read_holdings(engine.store)
    outlets = read_outlets(engine.store, data_dir, holdings)
stop_without_articles(holdings, data_dir)

reader = read_reader()
give_secret(reader)
conversations = Conversations.of(engine.store.data_dir, reader)
follow_address(state, outlets, conversations, engine.store)
keep_turns(state, conversations)
keep_address(state)
is_written = bool(writer_at_work(engine.store.data_dir))
show_header(holdings, state, is_written=is_written)
take_typed_days()
with st.container():  # one piece whether a note stands there or none: what follows keeps its place on the page
    for note in state.told():
        st.html(note_html(note))
collection = RunsFolder(engine.store.data_dir).collection
is_asking = bool(state.pending or st.session_state.get("question"))
opening = st.empty()  # which goes at once when a question is asked; a container would stay, faded, until the answer
beginning = None if state.turns or is_asking else opening.container()
if beginning:
    with beginning:
        show_welcome()
with st.container(key="earlier"):
    show_earlier(state)
    for number in state.reopened:
        with st.container(key=f"past-{number}"):
            show_turn(state, number, collection, is_asking=is_asking)
for number in state.newest:
    with st.container(key=f"turn-{number}"):
        show_turn(state, number, collection, is_asking=is_asking)

# Put at the bottom by hand: where Streamlit puts it, the page runs on past the answer to its last citation.
with st.bottom:
    with st.container(horizontal=True, vertical_alignment="center", key="tools", gap="small"):
        show_limits(state, outlets)
        show_ways(state, conversations, engine.store, is_begun=bool(state.turns or is_asking))
    if state.draft:
        st.session_state["question"] = state.take_draft()
        focus_input(state.drawn)
    elif not state.turns:
        focus_input(0)
    question = st.chat_input("Ask about the articles", key="question", max_chars=MOST_CHARS)
if asked := (question or "").strip() or state.take_pending():
    # Nested as a finished turn is: then that takes its place piece by piece, and the answer never stands there twice.
    with st.container(key=f"turn-{len(state.turns)}"), st.container():
        show_question(asked, key=f"turn-{len(state.turns)}")
        stream = begin_turn(engine, state, asked, holdings)
        keep_turns(state, conversations)  # so that a page that is left meanwhile finds its question again
        keep_address(state)
        show_coming(stream)
        state.settle()
    st.rerun()  # what was drawn above must see the new turn
if state.is_seeking:
    seek_way_on(engine, state)
if beginning:
    with beginning:  # filled last: the line to type in does not wait for it
        show_suggestions(state, suggest(shared, data_dir, holdings))
