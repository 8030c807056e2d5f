"""A model that somebody chooses in the place of the environment's, and whose key goes where."""

import pytest
from pydantic import SecretStr

from prompts import Prompt
from qa.errors import ModelAccessError, ModelSettingsError
from qa.llm import ModelChoice, ModelSettings, Prices
from tests.scripted_server import Serve, error, reply

SERVERS = {
    "OPENAI_BASE_URL": "http://127.0.0.1:11434/v1",
    "OPENAI_API_KEY": "sk-of-the-server",
    "OPENAI_ORG_ID": "org-1",
    "ARTICLE_QA_MODEL": "small",
    "ARTICLE_QA_CONTEXT_TOKENS": "16000",
    "ARTICLE_QA_ATTEMPTS": "2",
    "ARTICLE_QA_PRICE_PROMPT": "1",
    "ARTICLE_QA_PRICE_COMPLETION": "2",
}
KEY = SecretStr("sk-of-the-reader")


def settings_of(choice: ModelChoice, env: dict[str, str]) -> ModelSettings:
    settings = choice.settings(env)
    assert settings is not None
    return settings


def secret_of(settings: ModelSettings) -> str | None:
    return settings.api_key.get_secret_value() if settings.api_key else None


def test_no_choice_is_the_environments() -> None:
    assert ModelChoice().settings(SERVERS) == ModelSettings.from_environment(SERVERS)
    assert ModelChoice().settings({}) is None


def test_another_server_is_never_sent_the_environments_key() -> None:
    chosen = settings_of(ModelChoice("http://127.0.0.1:9/v1", "other"), SERVERS)
    assert (chosen.base_url, chosen.model, chosen.api_key) == ("http://127.0.0.1:9/v1", "other", None)
    assert chosen.organisation is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/"])
def test_the_environments_server_named_again_is_the_environments(url: str) -> None:
    assert secret_of(settings_of(ModelChoice(url), SERVERS)) == "sk-of-the-server"


def test_what_is_told_of_one_server_does_not_hold_for_another() -> None:
    chosen = settings_of(ModelChoice("http://127.0.0.1:9/v1", "other"), SERVERS)
    assert (chosen.context_tokens, chosen.attempts, chosen.prices) == (4096, 2, None)


def test_a_key_of_ones_own_is_sent_without_the_environments_organisation() -> None:
    chosen = settings_of(ModelChoice(api_key=KEY), SERVERS)
    assert (secret_of(chosen), chosen.organisation, chosen.model) == ("sk-of-the-reader", None, "small")
    assert chosen.prices == Prices(1, 2)


def test_another_model_has_another_price() -> None:
    chosen = settings_of(ModelChoice(model="large"), SERVERS)
    assert (chosen.model, chosen.context_tokens, chosen.prices) == ("large", 16000, None)
    assert secret_of(chosen) == "sk-of-the-server"


@pytest.mark.parametrize(
    ("url", "env"),
    [
        pytest.param("", {}, id="nothing named"),
        pytest.param("https://api.openai.com/v1", {}, id="named"),
        pytest.param("https://api.openai.com/v1/", SERVERS, id="named in the place of another"),
    ],
)
def test_a_key_needs_nothing_else_at_openai(url: str, env: dict[str, str]) -> None:
    chosen = settings_of(ModelChoice(url, api_key=KEY), env)
    assert (chosen.endpoint.url, chosen.model) == ("https://api.openai.com/v1", "gpt-4.1-mini")
    assert (secret_of(chosen), chosen.context_tokens) == ("sk-of-the-reader", 128_000)


@pytest.mark.parametrize(
    ("choose", "says"),
    [
        pytest.param(lambda: ModelChoice("http://host/v1").settings({}), "no model", id="a server alone"),
        pytest.param(lambda: ModelChoice(model="small").settings({}), "nothing says where", id="a model alone"),
        pytest.param(lambda: ModelChoice("host"), "the base URL is no address", id="no address"),
        pytest.param(lambda: ModelChoice("http://sk-hush@host/v1"), "more than an address", id="a key in it"),
        pytest.param(lambda: ModelChoice(api_key=SecretStr("sk hush")), "copy the key again", id="no key"),
    ],
)
def test_a_choice_that_cannot_be_used_says_why_in_words(choose: object, says: str) -> None:
    with pytest.raises(ModelSettingsError, match=says) as caught:
        choose()  # type: ignore[operator]
    assert "hush" not in str(caught.value)
    assert not any(word in str(caught.value) for word in ("OPENAI_", "ARTICLE_QA_"))


def test_the_key_is_not_shown() -> None:
    assert "sk-of" not in repr(ModelChoice(api_key=KEY))


def test_a_fault_of_a_chosen_model_speaks_of_what_was_chosen(serve: Serve, prompt: Prompt) -> None:
    server = serve(error(401, "invalid_api_key"))
    model = ModelChoice(server.url, "small", KEY).chat_model({})
    assert model is not None
    with pytest.raises(ModelAccessError, match="check the key") as caught:
        model.complete(prompt)
    assert "OPENAI" not in str(caught.value)
    assert server.requests[0].headers["authorization"] == "Bearer sk-of-the-reader"


def test_a_chosen_model_answers(serve: Serve, prompt: Prompt) -> None:
    model = ModelChoice(serve(reply("It held.")).url, "small").chat_model({})
    assert model is not None
    assert model.complete(prompt).text == "It held."
