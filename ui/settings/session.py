"""What one tab has chosen, and the engine that answers it so."""

from dataclasses import dataclass, field

import streamlit as st

from qa.engine import ArticleQueryEngine
from qa.llm import Tried, read_environment
from ui.settings.preferences import Preferences

_KEY = "settings"


@dataclass(slots=True)
class SessionSettings:
    """Lives in the tab's session alone, and ends with it: a key is in no cache, file, address or cookie."""

    preferences: Preferences = field(default_factory=Preferences)
    tried: Tried | None = None  # what came of the last test of these preferences
    is_testing: bool = False  # whether a test was asked for
    fault: str = ""  # why what was entered last was not taken
    note: str = ""  # what is to be known of what was taken
    _engine: ArticleQueryEngine | None = None
    _shared: ArticleQueryEngine | None = None  # what `_engine` was made of

    def take(self, preferences: Preferences, note: str) -> None:
        """Answer so from now on."""
        self.fault, self.note = "", note
        if preferences != self.preferences:
            self.preferences, self.tried, self._engine = preferences, None, None

    def refuse(self, fault: str) -> None:
        """Stay as it was."""
        self.fault, self.note = fault, ""

    def engine(self, shared: ArticleQueryEngine) -> ArticleQueryEngine:
        """The engine to ask: the one all tabs share, or this tab's own over the same articles."""
        if self.preferences == Preferences():
            return shared
        if self._engine is None or self._shared is not shared:
            model = self.preferences.model.chat_model(read_environment())
            self._engine = ArticleQueryEngine(shared.store, self.preferences.settings, model)
            self._shared = shared
        return self._engine


def get_session_settings() -> SessionSettings:
    """This tab's settings, the server's in a new tab."""
    session = st.session_state.setdefault(_KEY, SessionSettings())
    if not isinstance(session, SessionSettings):
        raise TypeError(f"the session holds {type(session).__name__} where its settings belong")
    return session
