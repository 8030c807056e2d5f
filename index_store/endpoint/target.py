"""The target: what a request is sent to, in the words of a message."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from index_store.endpoint.endpoint import Endpoint

_KEY_LIKE = re.compile(r"\b(?:sk|pk|rk|gsk|hf|key)[-_][\w*.-]{6,}|\bBearer\s+\S+", re.IGNORECASE)
_SAID_LENGTH = 300  # characters of a server's sentence that are repeated
_KEY_LENGTH = 12  # characters; what is shorter fills the place of a key and may be a word: "ollama", "none"

HIDDEN = "[key]"  # what is shown in the place of a key


@dataclass(frozen=True, slots=True)
class Target:
    """A model and its server; without `endpoint` it was built by somebody else, who knows the address and the limits.

    The variables are what a user sets to name another, or to say how much the model reads.
    """

    model: str
    endpoint: Endpoint | None
    secret: SecretStr | None = None
    url_variable: str = "OPENAI_BASE_URL"
    key_variable: str = "OPENAI_API_KEY"
    model_variable: str = "ARTICLE_QA_MODEL"
    length_variable: str | None = "ARTICLE_QA_CONTEXT_TOKENS"  # None: it is not told

    @property
    def server(self) -> str:
        """Names the server."""
        if self.endpoint is None:
            return f"the server of model {self.shown_model!r}"
        parts = urlsplit(self.endpoint.url)
        return f"the model server {parts._replace(path=self._without_key(parts.path)).geturl()}"

    @property
    def shown_model(self) -> str:
        """The model's name, without anything in it that looks like a key."""
        return self._without_key(self.model)

    @property
    def key(self) -> str:
        """What no text may show; empty without a key, and where it is too short to be one."""
        key = self._secret
        return key if len(key) >= _KEY_LENGTH else ""

    @property
    def address_advice(self) -> str:
        """What to do about an address."""
        return f"check {self.url_variable}" if self.endpoint else "check the address that the model was built with"

    @property
    def key_advice(self) -> str:
        """What to do about a key."""
        return f"check {self.key_variable}" if self.endpoint else "check the key that the model was built with"

    @property
    def model_advice(self) -> str:
        """What to do about a model that is not there."""
        if self.endpoint:
            return f"check {self.model_variable}, and {self.url_variable} if the model belongs to another server"
        return "check the name and the address that the model was built with"

    @property
    def length_advice(self) -> str:
        """What to do about a text that is too long."""
        if self.length_variable is None:
            return "name a model that reads more"
        if self.endpoint:
            return f"set {self.length_variable} to what it reads"
        return "say how much it reads where the model is built"

    def deadline(self, kind: str) -> str:
        """Names the deadline `kind` (connect, read or total) with its length and its variable."""
        if self.endpoint is None:
            return "in the time that the model was built with"
        seconds = getattr(self.endpoint, f"{kind}_timeout_s")
        return f"within {seconds:g} s (ARTICLE_QA_{kind.upper()}_TIMEOUT_S)"

    def quoted(self, said: object) -> str:
        """A server's sentence on one line, cut, without anything that looks like a key; a web page is left out."""
        text = " ".join(str(said or "").split())
        if text.startswith("<"):
            return ""
        text = _KEY_LIKE.sub(HIDDEN, text.replace(self._secret, HIDDEN) if self._secret else text)
        return text if len(text) <= _SAID_LENGTH else text[: _SAID_LENGTH - 1] + "…"

    @property
    def _secret(self) -> str:
        secret = self.secret or (self.endpoint.api_key if self.endpoint else None)
        return secret.get_secret_value() if secret else ""

    def _without_key(self, name: str) -> str:
        return _KEY_LIKE.sub(HIDDEN, name.replace(self.key, HIDDEN) if self.key else name)
