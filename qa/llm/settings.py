"""The settings of a model: read from the environment once, where the program begins."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import SecretStr

from index_store.chroma_server import laid_over
from index_store.endpoint import Endpoint, Environment
from qa.errors import ModelSettingsError
from qa.llm.usage import Prices

_OPENAI_MODEL = "gpt-4.1-mini"  # taken when there is a key, but neither a server nor a model is named
_OPENAI_CONTEXT_TOKENS = 128_000  # what OpenAI's chat models read at least
_MOST_TOKENS = 10_000_000
_HIGHEST_PRICE = 1_000_000.0


@dataclass(frozen=True, slots=True)
class ModelVariables:
    """What messages call a model, its server and its key: the variables that name them, or the words of a form."""

    url: str = "OPENAI_BASE_URL"
    key: str = "OPENAI_API_KEY"
    model: str = "ARTICLE_QA_MODEL"


_WRITING = ModelVariables()
_JUDGING = ModelVariables("ARTICLE_QA_JUDGE_BASE_URL", "ARTICLE_QA_JUDGE_API_KEY", "ARTICLE_QA_JUDGE_MODEL")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model, its server, and the limits of asking it; `ModelSettingsError` when a value cannot be used.

    The key is shown nowhere: not by `repr`, `str`, `asdict` with `json`, or a message.
    """

    model: str
    base_url: str | None = None  # None: OpenAI itself
    api_key: SecretStr | None = None  # None: the server asks for none
    organisation: str | None = None
    temperature: float = 0.0  # 0: as likely a wording as the model knows; an answer is not to vary
    max_output_tokens: int = 1024  # of a reply; a reasoning model thinks within them too
    context_tokens: int = 4096  # of prompt and reply; local servers read no more by default, and cut the rest silently
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 120.0  # between two bytes
    total_timeout_s: float = 300.0  # over all attempts, with the waits between them
    attempts: int = 3  # requests in all when the server is busy, fails or cannot be reached
    prices: Prices | None = None  # None: costs are not counted
    variables: ModelVariables = _WRITING

    def __post_init__(self) -> None:
        _ = self.endpoint  # which checks its own values
        if not 0 < self.max_output_tokens < self.context_tokens:
            raise ModelSettingsError(
                f"a reply of {self.max_output_tokens} tokens leaves no room for a prompt in {self.context_tokens};"
                " lower ARTICLE_QA_MAX_OUTPUT_TOKENS or raise ARTICLE_QA_CONTEXT_TOKENS"
            )

    @property
    def endpoint(self) -> Endpoint:
        """The server's part of these settings."""
        return Endpoint(
            self.base_url,
            self.api_key,
            self.organisation,
            self.connect_timeout_s,
            self.read_timeout_s,
            self.total_timeout_s,
            self.attempts,
        )

    @classmethod
    def from_environment(cls, env: Mapping[str, str], names: ModelVariables = _WRITING) -> "ModelSettings | None":
        """What the variables say; None when they name neither a key nor a server.

        Raises:
            ModelSettingsError: a value cannot be used; the message names its variable.
        """
        variables = Environment(env)
        endpoint = Endpoint.from_environment(variables, url_variable=names.url, key_variable=names.key)
        if endpoint.base_url is None and endpoint.api_key is None:
            return None
        return cls(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key,
            organisation=endpoint.organisation,
            connect_timeout_s=endpoint.connect_timeout_s,
            read_timeout_s=endpoint.read_timeout_s,
            total_timeout_s=endpoint.total_timeout_s,
            attempts=endpoint.attempts,
            prices=_prices(variables),
            variables=names,
            **_model(variables, names, is_openai=endpoint.base_url is None),
            **_sampling(variables),
        )

    @classmethod
    def for_judging(cls, env: Mapping[str, str]) -> "ModelSettings | None":
        """What the variables say of the model that judges answers, each that is missing taken from the one that writes.

        A judge on a server of its own is sent its own key or none, never the other server's.

        Raises:
            ModelSettingsError: a value cannot be used; the message names its variable.
        """
        own = {each.name for each in fields(ModelVariables) if Environment(env).text(getattr(_JUDGING, each.name))}
        own |= {each.name for each in fields(ModelVariables)} if "url" in own else set()
        named = cls.from_environment(env, replace(_WRITING, **{name: getattr(_JUDGING, name) for name in own}))
        is_another = own & {"url", "model"}  # whose price nobody has said
        return replace(named, prices=None) if named and is_another else named


def read_environment(folder: Path | None = None) -> dict[str, str]:
    """The environment, and beneath it what a file `.env` in `folder` (the current one) says; it is not changed.

    A variable of the environment that is empty or blank counts as not set, and hides nothing of the file. Headers that
    the file gives for one Chroma server are not taken for another.

    Raises:
        ModelSettingsError: the file cannot be read.
    """
    path = (folder or Path.cwd()) / ".env"
    found: Mapping[str, str | None] | None = {}
    with suppress(OSError, UnicodeDecodeError):
        found = None
        found = dotenv_values(path, interpolate=False) if path.is_file() else {}
    if found is None:  # outside of the handler: the fault would bring the file's content along, and a key with it
        raise ModelSettingsError(f"cannot read {str(path)!r} as text in UTF-8; correct or remove it")
    return laid_over({name: value for name, value in found.items() if value is not None}, os.environ)


def _model(variables: Environment, names: ModelVariables, *, is_openai: bool) -> dict[str, Any]:
    model = variables.text(names.model) or (_OPENAI_MODEL if is_openai else None)
    if model is None:
        raise ModelSettingsError(f"{names.url} names a server, but no model; set {names.model} to one it serves")
    context_tokens = variables.whole("ARTICLE_QA_CONTEXT_TOKENS", 1, _MOST_TOKENS)
    if context_tokens is None and is_openai:
        context_tokens = _OPENAI_CONTEXT_TOKENS
    return _given(model=model, context_tokens=context_tokens)


def _sampling(variables: Environment) -> dict[str, Any]:
    return _given(
        temperature=variables.number("ARTICLE_QA_TEMPERATURE", 0.0, 2.0),
        max_output_tokens=variables.whole("ARTICLE_QA_MAX_OUTPUT_TOKENS", 1, _MOST_TOKENS),
    )


def _prices(variables: Environment) -> Prices | None:
    names = [f"ARTICLE_QA_PRICE_{part}" for part in ("PROMPT", "COMPLETION", "CACHED")]
    prompt, completion, cached = (variables.number(name, 0.0, _HIGHEST_PRICE) for name in names)
    if prompt is None and completion is None and cached is None:
        return None
    if prompt is None or completion is None:
        raise ModelSettingsError(f"a price is missing; set {names[0]} and {names[1]}, or no price at all")
    return Prices(prompt, completion, cached)


def _given(**values: Any) -> dict[str, Any]:
    """Those that are set, so that the others fall to their defaults."""
    return {name: value for name, value in values.items() if value is not None}
