"""Evaluation: run a question set, read what came of it, compare two runs."""

import streamlit as st

from ui import resources
from ui.evaluation.choosing import show_choice
from ui.evaluation.collected import show_collected
from ui.evaluation.comparing import show_comparison
from ui.evaluation.folder import RunsFolder
from ui.evaluation.job import get_desk
from ui.evaluation.progress import awaited, show_end, show_progress
from ui.evaluation.results import show_results
from ui.holdings import read_holdings
from ui.opening import faults_shown, stop_without_articles

RUN, RESULTS, COMPARE, COLLECTED = "Run", "Results", "Compare", "Found wrong"

data_dir = resources.data_dir_from_environment()
with faults_shown(data_dir):
    engine = resources.load_engine(data_dir)
    holdings = read_holdings(engine.store)
stop_without_articles(holdings, data_dir)

folder = RunsFolder(engine.store.data_dir)
desk = get_desk(folder.path)
st.session_state.setdefault("evaluation-view", RUN)
ended = awaited(desk)
if ended and st.session_state["evaluation-view"] == RUN:  # whoever reads something else goes on reading
    st.session_state.update({"evaluation-view": RESULTS, "evaluation-run": ended})

st.html(
    '<header class="aq-header aq-alone"><h1>Evaluation</h1>'
    f"<p>How good the answers from these {holdings.size} are, by questions whose answers are known.</p></header>"
)
view = st.segmented_control(
    "View", (RUN, RESULTS, COMPARE, COLLECTED), required=True, key="evaluation-view", label_visibility="collapsed"
)
if desk.job and desk.job.is_running:
    show_progress(desk.job)
elif view == RUN:
    show_end(desk)
    show_choice(engine, folder, desk)
runs = folder.runs()
if view == COLLECTED:
    show_collected(folder.collection)
elif view == RESULTS and runs:
    show_results(engine, runs, desk)
elif view == COMPARE and len(runs) > 1:
    show_comparison(engine, runs)
elif view != RUN:
    st.info("Nothing to show yet: run a question set first." if not runs else "A comparison needs two runs.")
