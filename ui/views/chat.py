"""The chat: ask, read the answer, check each citation in its article."""

import streamlit as st

from index_store.errors import ArticleQAError, IndexNotFoundError
from ui import resources
from ui.holdings import read_holdings
from ui.notices import show_error, show_no_index
from ui.page import show_header, show_welcome
from ui.state import get_state
from ui.turns import show_question, show_turn, take_turn

state = get_state()
state.settle()  # what a click has ended
data_dir = resources.data_dir_from_environment()

try:
    engine = resources.load_engine(data_dir)
    holdings = read_holdings(engine.store)
except IndexNotFoundError:
    show_no_index(data_dir)
    st.stop()
except ArticleQAError as error:
    show_error(str(error))
    st.stop()
if not holdings.articles:
    show_no_index(data_dir)
    st.stop()

show_header(holdings, state)
if not state.turns:
    show_welcome()
for number, turn in enumerate(state.turns):
    with st.container(key=f"turn-{number}"):
        show_turn(turn, key=f"turn-{number}")

# Put at the bottom by hand: where Streamlit puts it, the page runs on past the answer to its last citation.
question = st.bottom.chat_input("Ask about the articles", max_chars=2_000)
if question and question.strip():
    with st.container(key=f"turn-{len(state.turns)}"):
        show_question(question, key=f"turn-{len(state.turns)}")
        take_turn(engine, state, question.strip(), holdings)
    st.rerun()  # what was drawn above must see the new turn
