"""The endpoint: where a server is, what opens it, and how long it is waited for."""

from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from index_store.endpoint.environment import Environment, checked_key, checked_url, checked_word
from index_store.errors import ModelSettingsError

OPENAI_URL = "https://api.openai.com/v1"

_LONGEST_S = 86_400.0
_MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks OpenAI's protocol; `ModelSettingsError` when a value cannot be used."""

    base_url: str | None = None  # None: OpenAI itself
    api_key: SecretStr | None = None  # None: the server asks for none
    organisation: str | None = None
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 120.0  # between two bytes; a model on a processor thinks long before its first
    total_timeout_s: float = 300.0  # over all attempts, with the waits between them
    attempts: int = 3  # requests in all when the server is busy, fails or cannot be reached

    def __post_init__(self) -> None:
        if self.base_url is not None:
            checked_url("base_url", self.base_url)
        if self.api_key is not None:
            checked_key("api_key", self.api_key)
        if self.organisation is not None:
            checked_word("organisation", self.organisation)
        if min(self.connect_timeout_s, self.read_timeout_s, self.total_timeout_s) <= 0 or self.attempts < 1:
            raise ModelSettingsError("timeouts must be above zero and attempts at least 1")

    @classmethod
    def from_environment(
        cls, variables: Environment, *, url_variable: str = "OPENAI_BASE_URL", key_variable: str = "OPENAI_API_KEY"
    ) -> "Endpoint":
        """The endpoint that the variables name, its server and its key from those given here."""
        given: dict[str, Any] = {
            f"{name}_timeout_s": variables.number(f"ARTICLE_QA_{name.upper()}_TIMEOUT_S", 0.001, _LONGEST_S)
            for name in ("connect", "read", "total")
        }
        given["attempts"] = variables.whole("ARTICLE_QA_ATTEMPTS", 1, _MOST_ATTEMPTS)
        return cls(
            base_url=variables.url(url_variable),
            api_key=variables.key(key_variable),
            organisation=variables.word("OPENAI_ORG_ID"),
            **{name: value for name, value in given.items() if value is not None},
        )

    @property
    def url(self) -> str:
        """The server's address, OpenAI's when no other is named; messages show `Target.server`."""
        return self.base_url or OPENAI_URL
