"""The form: what a reader sets, taken over for this tab."""

from collections.abc import Mapping, MutableMapping
from typing import Any

import streamlit as st
from pydantic import SecretStr

from index_store.endpoint import OPENAI_URL
from qa.errors import ModelSettingsError
from qa.llm import ModelChoice, ModelSettings
from ui.markup import caption_html
from ui.settings.preferences import FEWEST_READ, MEANINGS, MODES, MOST_READ, Preferences
from ui.settings.session import SessionSettings

_MODE, _READ, _URL, _MODEL, _SECRET = (f"settings-{name}" for name in ("mode", "passages", "base-url", "model", "key"))
_SENT = (
    "Any server with OpenAI’s interface. It alone is sent the questions, the passages found and the key, which is kept "
    "in the memory of this tab’s session and nowhere else. What is left empty is as it is configured."
)
_APPLIED = "Applied to the questions of this tab from now on."
_FORGOTTEN = "The key was given for another server and was forgotten; give this server’s key where it needs one."


def show_form(session: SessionSettings, env: Mapping[str, str]) -> None:
    """The fields, and the buttons that take them over."""
    _fill(session.preferences)
    configured = ModelSettings.from_environment(env)
    with st.form("settings-form", border=False):
        st.radio("Who answers", list(MODES), format_func=MODES.get, captions=list(MEANINGS.values()), key=_MODE)
        st.slider(
            "Passages read for each question; more find what stands deeper, and take longer",
            FEWEST_READ,
            MOST_READ,
            key=_READ,
        )
        _show_model_fields(session, configured)
        with st.container(horizontal=True):
            arguments = (session, env)
            st.form_submit_button("Apply", key="settings-apply", type="primary", on_click=_take, args=arguments)
            st.form_submit_button(
                "Test connection", key="settings-test", icon=":material/network_check:", on_click=_test, args=arguments
            )


def _show_model_fields(session: SessionSettings, configured: ModelSettings | None) -> None:
    st.html('<h2 class="aq-heading">The model</h2>' + caption_html(_SENT))
    server, model = st.columns([3, 2])
    url = configured.endpoint.url if configured else OPENAI_URL
    server.text_input("Base URL", key=_URL, placeholder=url, autocomplete="off")
    model.text_input("Model", key=_MODEL, placeholder=configured.model if configured else "", autocomplete="off")
    has_key = session.preferences.model.api_key is not None
    st.text_input(
        "Key",
        type="password",
        key=_SECRET,
        placeholder="A key is kept; enter another to replace it" if has_key else "",
        autocomplete="new-password",  # so that no browser offers to keep it
    )


def show_forgetting(session: SessionSettings) -> None:
    """The ways back: without the key, or to all that is configured."""
    if session.preferences == Preferences():
        return
    with st.container(horizontal=True, key="settings-back"):
        if session.preferences.model.api_key is not None:
            st.button(
                "Forget the key",
                key="settings-forget-key",
                icon=":material/key_off:",
                on_click=session.take,
                args=(session.preferences.without_key(), "The key is forgotten."),
            )
        st.button("Back to what is configured", key="settings-reset", on_click=_reset, args=(session,))


def _fill(preferences: Preferences) -> None:
    for name, value in _values(preferences).items():
        st.session_state.setdefault(name, value)


def _values(preferences: Preferences) -> dict[str, Any]:
    model = preferences.model
    return {
        _MODE: preferences.mode,
        _READ: preferences.passages_read,
        _URL: model.base_url,
        _MODEL: model.model,
        _SECRET: "",
    }


def _take(session: SessionSettings, env: Mapping[str, str]) -> None:
    """Take the fields over; the key leaves its field at once, whatever comes of it."""
    session.is_testing = False
    entered = st.session_state.get(_SECRET, "").strip()
    st.session_state[_SECRET] = ""
    try:
        chosen = _entered(st.session_state, SecretStr(entered) if entered else None)
        preferences = chosen.following(session.preferences, env)
        preferences.check(env)
    except ModelSettingsError as error:
        session.refuse(str(error))
        return
    lost = session.preferences.model.api_key is not None and preferences.model.api_key is None
    session.take(preferences, f"{_APPLIED} {_FORGOTTEN}" if lost else _APPLIED)


def _entered(fields: "MutableMapping[Any, Any]", key: SecretStr | None) -> Preferences:
    model = ModelChoice(fields[_URL].strip(), fields[_MODEL].strip(), key)
    return Preferences(fields[_MODE], fields[_READ], model)


def _test(session: SessionSettings, env: Mapping[str, str]) -> None:
    _take(session, env)
    session.is_testing = not session.fault


def _reset(session: SessionSettings) -> None:
    session.take(Preferences(), "Questions of this tab are answered as it is configured again.")
    st.session_state.update(_values(session.preferences))
