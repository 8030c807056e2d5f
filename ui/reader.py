"""The reader: whose conversations are shown, known by a secret that only their browser holds."""

import re
import secrets

import streamlit as st

_COOKIE = "article-qa-reader"
_KEPT_S = 365 * 24 * 3600
_SECRET = re.compile(r"[0-9a-f]{64}")
_KEY = "reader"


def read_reader() -> str:
    """The reader's secret, the same in all tabs of a browser; one without gets it.

    It is a cookie and never part of an address, so a link that is passed on opens nobody's conversations.
    """
    known = str(st.session_state.get(_KEY) or st.context.cookies.get(_COOKIE, ""))
    if _SECRET.fullmatch(known):
        st.session_state[_KEY] = known
        return known
    fresh = st.session_state[_KEY] = secrets.token_hex(32)
    return fresh


def give_secret(reader: str) -> None:
    """Has the browser keep the secret, unless it has one."""
    if _COOKIE in st.context.cookies:
        return
    # The value is ours, never an article's.
    cookie = f"{_COOKIE}={reader}; path=/; max-age={_KEPT_S}; samesite=strict"
    secure = "(location.protocol === 'https:' ? '; secure' : '')"
    st.html(f"<script>document.cookie = '{cookie}' + {secure}</script>", unsafe_allow_javascript=True)
