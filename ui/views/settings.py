"""Settings: who answers the questions of this tab, and whether the model behind them can be reached."""

import streamlit as st

from index_store.errors import ArticleQAError
from qa.llm import read_environment
from ui.markup import note_html
from ui.notices import show_error
from ui.settings.connection import show_tried, try_model
from ui.settings.form import show_forgetting, show_form
from ui.settings.session import get_session_settings
from ui.settings.summary import summary_html

st.html(
    '<header class="aq-header aq-alone"><h1>Settings</h1>'
    "<p>For the questions of this tab alone, until it is closed or loaded anew.</p></header>"
)
session = get_session_settings()
try:
    env = read_environment()
    model = session.preferences.model.chat_model(env)
except ArticleQAError as error:
    show_error(str(error))
    st.stop()

st.html(summary_html(session.preferences, model))
show_form(session, env)
if session.fault:
    show_error(session.fault)
if session.note and not (session.is_testing or session.tried):
    st.html(note_html(session.note))
if session.is_testing:
    session.is_testing = False
    if model is None:
        show_error("no model is configured, so there is no connection to test; give a key, or the base URL of a server")
    else:
        session.tried = try_model(model)
if session.tried and model:
    show_tried(session.tried, model)
show_forgetting(session)
