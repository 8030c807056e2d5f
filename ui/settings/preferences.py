"""The preferences: how one tab wants its questions answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qa.errors import ModelSettingsError
from qa.llm import ModelChoice
from qa.settings import AskedMode, QASettings

FEWEST_READ, MOST_READ = 4, 40
_USUAL = QASettings()
MODES: Mapping[AskedMode, str] = {
    "auto": "Automatic",
    "generative": "A model only",
    "extractive": "The articles’ own words",
}
MEANINGS: Mapping[AskedMode, str] = {
    "auto": "A model writes where there is one; where it fails, the articles’ own sentences answer.",
    "generative": "A model writes every answer; where it fails, that is said in the place of an answer.",
    "extractive": "No model is asked, and nothing leaves this machine.",
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is left as it is, is the server's."""

    mode: AskedMode = _USUAL.mode
    passages_read: int = _USUAL.passages_read
    model: ModelChoice = field(default_factory=ModelChoice)

    @property
    def settings(self) -> QASettings:
        """The engine's settings; a model is given as many more passages as the articles' own words are sought in."""
        more = self.passages_read - _USUAL.passages_read
        given = _USUAL.passages_given + more
        return replace(
            _USUAL,
            mode=self.mode,
            passages=max(_USUAL.passages, given),
            passages_read=self.passages_read,
            passages_given=given,
        )

    def check(self, env: Mapping[str, str]) -> None:
        """Raises `ModelSettingsError` where a question could not be asked this way."""
        if self.model.settings(env) is None and self.mode == "generative":
            raise ModelSettingsError(f"“{MODES['generative']}” needs a model; give a key, or the base URL of a server")

    def following(self, before: "Preferences", env: Mapping[str, str]) -> "Preferences":
        """These, with the key that was given before where none is given now and the server is still the same."""
        kept = before.model.api_key
        if self.model.api_key is not None or kept is None or self._server(env) != before._server(env):
            return self
        return replace(self, model=replace(self.model, api_key=kept))

    def without_key(self) -> "Preferences":
        """These, with the server's key or none."""
        return replace(self, model=replace(self.model, api_key=None))

    def _server(self, env: Mapping[str, str]) -> str:
        return self.model.base_url.rstrip("/") if self.model.names_other_server(env) else ""
