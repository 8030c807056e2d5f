"""The articles: find and read what is indexed, add to it, remove from it, see how it is."""

from datetime import datetime

import streamlit as st

from index_store.errors import ArticleQAError, IndexNotFoundError
from qa.engine import resolve_data_dir
from ui import resources
from ui.articles.desk import get_desk, get_tab_state
from ui.articles.forms import Office, show_forms
from ui.articles.health import facts, facts_html
from ui.articles.order import Order
from ui.articles.reports import show_outcome, show_running
from ui.articles.table import show_table
from ui.holdings import Holdings, read_holdings
from ui.notices import show_error
from ui.page import show_articles_header
from ui.scripts import take_typed_days

named_dir = resources.data_dir_from_environment()
data_dir = resolve_data_dir(named_dir)
office = Office(data_dir, get_desk(data_dir), get_tab_state())
office.state.settle()

store, holdings, fault = None, Holdings(0, 0), ""
try:
    store = resources.load_engine(named_dir).store
    holdings = read_holdings(store)
except IndexNotFoundError:
    pass  # what is added first makes it
except ArticleQAError as error:
    fault = str(error)

show_articles_header(None if fault else holdings)
take_typed_days()
if fault:
    show_error(fault)
if job := office.desk.running:
    show_running(job, is_own=job is office.state.job)
elif office.state.job:
    show_outcome(office.state.job, office.state)

if store and not fault and holdings.articles:
    library, adding, health = st.tabs(["Library", "Add", "Index"], key="parts")
    with library:
        show_table(store, office)
else:
    adding, health = st.tabs(["Add", "Index"], key="first-parts", default="Index" if fault else "Add")
with adding:
    show_forms(office)
with health:
    server = store.settings.chroma.shown if store and store.settings.chroma else ""
    st.html(facts_html(facts(data_dir, None if fault else holdings, datetime.now(), server)))
    if st.button("Check the index", key="check", icon=":material/health_and_safety:", disabled=office.is_busy):
        office.place(Order("check", str(data_dir)))
