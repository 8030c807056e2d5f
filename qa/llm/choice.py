"""The choice of a model: one asker's own server, model and key in the place of what the environment names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import SecretStr

from index_store.endpoint import OPENAI_URL, Environment, checked_key, checked_url
from qa.errors import ModelSettingsError
from qa.llm.openai_model import OpenAIModel
from qa.llm.settings import ModelSettings, ModelVariables

_URL, _KEY, _MODEL, _ORGANISATION = "OPENAI_BASE_URL", "OPENAI_API_KEY", "ARTICLE_QA_MODEL", "OPENAI_ORG_ID"
_WORDS = ModelVariables("the base URL", "the key", "the name of the model")
_OF_A_MODEL = ("ARTICLE_QA_PRICE_PROMPT", "ARTICLE_QA_PRICE_COMPLETION", "ARTICLE_QA_PRICE_CACHED")
_OF_A_SERVER = (_URL, _KEY, _MODEL, _ORGANISATION, "ARTICLE_QA_CONTEXT_TOKENS", "ARTICLE_QA_MAX_OUTPUT_TOKENS")


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What is left empty is the environment's; `ModelSettingsError` when a value cannot be used.

    The environment's key goes to the environment's server alone: whoever names another server names its key too.
    """

    base_url: str = ""
    model: str = ""
    api_key: SecretStr | None = None  # shown by no `repr`, message or reply

    def __post_init__(self) -> None:
        if self.base_url:
            checked_url("the base URL", self.base_url)
        if self.api_key is not None:
            checked_key("the key", self.api_key)

    def settings(self, env: Mapping[str, str]) -> ModelSettings | None:
        """The model to ask; None when neither this nor the environment names a key or a server.

        Raises:
            ModelSettingsError: a model is named and no server, or a server and no model, or a variable is wrong.
        """
        settings = ModelSettings.from_environment(self._chosen(env))
        if settings is None and self != ModelChoice():
            raise ModelSettingsError("nothing says where the model is; give OpenAI's key, or the base URL of a server")
        return settings

    def chat_model(self, env: Mapping[str, str]) -> OpenAIModel | None:
        """The model of `settings`, whose messages speak of the base URL, the key and the model's name."""
        settings = self.settings(env)
        return OpenAIModel(replace(settings, variables=_WORDS)) if settings else None

    def names_other_server(self, env: Mapping[str, str]) -> bool:
        """Whether another server is asked than the environment's."""
        return bool(self.base_url) and _plain(self.base_url) != _plain(Environment(env).text(_URL) or OPENAI_URL)

    def _chosen(self, env: Mapping[str, str]) -> dict[str, str]:
        """The variables that say the same as this choice."""
        others = self.names_other_server(env)
        is_openai = _plain(self.base_url) == OPENAI_URL
        if others and not (self.model or is_openai):
            raise ModelSettingsError("a server is named, but no model; give the name of one that it serves")
        dropped = {*self._dropped(others=others)}
        chosen = {name: value for name, value in env.items() if name not in dropped}
        if others and not is_openai:
            chosen[_URL] = self.base_url
        if self.model:
            chosen[_MODEL] = self.model
        if self.api_key is not None:
            chosen[_KEY] = self.api_key.get_secret_value()
        return chosen

    def _dropped(self, *, others: bool) -> Iterator[str]:
        """What the environment says of its own server, key and model alone."""
        if others:
            yield from _OF_A_SERVER
        if self.api_key is not None:
            yield _ORGANISATION
        if others or self.model:
            yield from _OF_A_MODEL


def _plain(url: str) -> str:
    return url.rstrip("/").casefold()
