import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from pydantic import SecretStr

from qa.errors import ModelSettingsError
from qa.llm import ModelSettings, Prices, read_environment

SERVER = {"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1", "ARTICLE_QA_MODEL": "small"}


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"OPENAI_API_KEY": " ", "OPENAI_BASE_URL": ""}, id="blank"),
        pytest.param({"ARTICLE_QA_MODEL": "small", "ARTICLE_QA_ATTEMPTS": "2"}, id="no key and no server"),
    ],
)
def test_no_model_is_configured(env: dict[str, str]) -> None:
    assert ModelSettings.from_environment(env) is None


def test_key_alone_names_openai() -> None:
    settings = ModelSettings.from_environment({"OPENAI_API_KEY": "sk-1"})

    assert settings is not None
    assert (settings.base_url, settings.endpoint.url) == (None, "https://api.openai.com/v1")
    assert settings.model
    assert settings.context_tokens > 100_000


def test_server_needs_no_key() -> None:
    assert ModelSettings.from_environment(SERVER) == ModelSettings(model="small", base_url="http://127.0.0.1:11434/v1")


def test_every_variable_is_read() -> None:
    settings = ModelSettings.from_environment(
        SERVER
        | {
            "OPENAI_API_KEY": " sk-1\n",
            "OPENAI_ORG_ID": "org-1",
            "ARTICLE_QA_TEMPERATURE": "0.5",
            "ARTICLE_QA_CONTEXT_TOKENS": "16000",
            "ARTICLE_QA_MAX_OUTPUT_TOKENS": "500",
            "ARTICLE_QA_CONNECT_TIMEOUT_S": "1.5",
            "ARTICLE_QA_READ_TIMEOUT_S": "20",
            "ARTICLE_QA_TOTAL_TIMEOUT_S": "60",
            "ARTICLE_QA_ATTEMPTS": "5",
            "ARTICLE_QA_PRICE_PROMPT": "0.4",
            "ARTICLE_QA_PRICE_COMPLETION": "1.6",
            "ARTICLE_QA_PRICE_CACHED": "0.1",
        }
    )
    assert settings == ModelSettings(
        model="small",
        base_url="http://127.0.0.1:11434/v1",
        api_key=SecretStr("sk-1"),
        organisation="org-1",
        temperature=0.5,
        max_output_tokens=500,
        context_tokens=16000,
        connect_timeout_s=1.5,
        read_timeout_s=20,
        total_timeout_s=60,
        attempts=5,
        prices=Prices(0.4, 1.6, 0.1),
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        pytest.param("ARTICLE_QA_ATTEMPTS", "three", "'three'; give a number from 1 to 20", id="letters"),
        pytest.param("ARTICLE_QA_ATTEMPTS", "2.5", "2.5; give a whole number", id="a fraction"),
        pytest.param("ARTICLE_QA_ATTEMPTS", "0", "from 1 to 20", id="none"),
        pytest.param("ARTICLE_QA_TEMPERATURE", "3", "from 0 to 2", id="too hot"),
        pytest.param("ARTICLE_QA_TEMPERATURE", "nan", "from 0 to 2", id="no number"),
        pytest.param("ARTICLE_QA_READ_TIMEOUT_S", "0", "from 0.001", id="no time"),
        pytest.param("ARTICLE_QA_TOTAL_TIMEOUT_S", "inf", "from 0.001", id="for ever"),
        pytest.param("ARTICLE_QA_MAX_OUTPUT_TOKENS", "4096", "leaves no room for a prompt", id="no room"),
        pytest.param("ARTICLE_QA_PRICE_PROMPT", "1", "ARTICLE_QA_PRICE_COMPLETION", id="half a price"),
        pytest.param("ARTICLE_QA_PRICE_CACHED", "-1", "from 0", id="a gift"),
        pytest.param("ARTICLE_QA_MODEL", "", "set ARTICLE_QA_MODEL", id="a server without a model"),
        pytest.param("OPENAI_BASE_URL", "127.0.0.1:11434", "such as http://", id="no scheme"),
        pytest.param("OPENAI_BASE_URL", "ftp://host/v1", "such as http://", id="another scheme"),
        pytest.param("OPENAI_BASE_URL", "http://", "such as http://", id="no host"),
        pytest.param("OPENAI_BASE_URL", "http://host:port/v1", "such as http://", id="no port"),
        pytest.param("OPENAI_BASE_URL", "http://ho st/v1", "such as http://", id="a blank"),
        pytest.param("OPENAI_BASE_URL", "http://me:sk-hush@host/v1", "more than an address", id="a password"),
        pytest.param("OPENAI_BASE_URL", "http://host/v1?key=sk-hush", "more than an address", id="a key"),
        pytest.param("OPENAI_API_KEY", "sk-hush sk-hush", "copy the key again", id="two keys"),
        pytest.param("OPENAI_API_KEY", "“sk-hush”", "copy the key again", id="curly quotes"),
        pytest.param("OPENAI_ORG_ID", "örg", "copy the name again", id="an organisation with an umlaut"),
        pytest.param("OPENAI_ORG_ID", "org\nx", "copy the name again", id="two lines"),
        pytest.param("ARTICLE_QA_ATTEMPTS", "sk-hush-0123456789", "characters", id="a key in the wrong place"),
    ],
)
def test_value_that_cannot_be_used_is_named_with_its_variable(name: str, value: str, says: str) -> None:
    with pytest.raises(ModelSettingsError, match=name) as caught:
        ModelSettings.from_environment(SERVER | {name: value})

    assert says in str(caught.value)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"base_url": "host"}, id="address"),
        pytest.param({"api_key": SecretStr("a b")}, id="key"),
        pytest.param({"organisation": "o rg"}, id="organisation"),
        pytest.param({"attempts": 0}, id="attempts"),
        pytest.param({"read_timeout_s": 0.0}, id="timeout"),
        pytest.param({"max_output_tokens": 0}, id="no reply"),
    ],
)
def test_settings_built_by_hand_are_checked_too(settings: dict[str, object]) -> None:
    with pytest.raises(ModelSettingsError):
        ModelSettings(model="small", **settings)  # type: ignore[arg-type]


def test_key_is_not_shown() -> None:
    settings = ModelSettings(model="small", api_key=SecretStr("sk-hush"))

    for shown in (repr(settings), str(settings), f"{settings}", json.dumps(asdict(settings), default=str)):
        assert "hush" not in shown


def test_file_lies_beneath_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        'OPENAI_API_KEY="sk-file"\nexport ARTICLE_QA_MODEL=small # of ours\nOPENAI_ORG_ID=a${HOME}\nEMPTY\n', "utf-8"
    )
    monkeypatch.setenv("OPENAI_API_KEY", "sk-real")
    before = dict(os.environ)

    read = read_environment(tmp_path)

    assert (read["OPENAI_API_KEY"], read["ARTICLE_QA_MODEL"], read["OPENAI_ORG_ID"]) == ("sk-real", "small", "a${HOME}")
    assert "EMPTY" not in read
    assert dict(os.environ) == before


@pytest.mark.parametrize("blank", ["", " \t"])
def test_blank_variable_does_not_hide_the_file(blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("OPENAI_BASE_URL=http://127.0.0.1:1/v1\nARTICLE_QA_MODEL=small", "utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-local-server")
    monkeypatch.setenv("OPENAI_BASE_URL", blank)
    monkeypatch.setenv("OPENAI_ORG_ID", blank)

    settings = ModelSettings.from_environment(read_environment(tmp_path))

    assert settings is not None
    assert (settings.endpoint.url, settings.organisation) == ("http://127.0.0.1:1/v1", None)


def test_file_is_read_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ARTICLE_QA_MODEL=small", "utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_environment()["ARTICLE_QA_MODEL"] == "small"
    monkeypatch.chdir(tmp_path / "below")
    assert "ARTICLE_QA_MODEL" not in read_environment(), "no folder above is looked into"


def test_file_that_is_no_text_is_named_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"OPENAI_API_KEY=sk-hush\xff")
    with pytest.raises(ModelSettingsError, match=r"cannot read .*\.env") as caught:
        read_environment(tmp_path)

    assert caught.value.__context__ is None


JUDGE = {"ARTICLE_QA_JUDGE_BASE_URL": "http://127.0.0.1:2/v1", "ARTICLE_QA_JUDGE_MODEL": "strict"}


@pytest.mark.parametrize(
    ("env", "model", "server", "key"),
    [
        pytest.param(SERVER, "small", SERVER["OPENAI_BASE_URL"], None, id="nothing of its own"),
        pytest.param({"OPENAI_API_KEY": "sk-1"}, "gpt-4.1-mini", None, "sk-1", id="OpenAI"),
        pytest.param(
            SERVER | {"OPENAI_API_KEY": "sk-1", "ARTICLE_QA_JUDGE_MODEL": "strict"},
            "strict",
            SERVER["OPENAI_BASE_URL"],
            "sk-1",
            id="another model of the same server",
        ),
        pytest.param(
            SERVER | {"OPENAI_API_KEY": "sk-1", "ARTICLE_QA_JUDGE_API_KEY": "sk-2"},
            "small",
            SERVER["OPENAI_BASE_URL"],
            "sk-2",
            id="another account",
        ),
        pytest.param(
            JUDGE | {"OPENAI_API_KEY": "sk-1"},
            "strict",
            JUDGE["ARTICLE_QA_JUDGE_BASE_URL"],
            None,
            id="another server, which is not sent the key of the first",
        ),
        pytest.param(
            SERVER | JUDGE | {"OPENAI_API_KEY": "sk-1", "ARTICLE_QA_JUDGE_API_KEY": "sk-2"},
            "strict",
            JUDGE["ARTICLE_QA_JUDGE_BASE_URL"],
            "sk-2",
            id="all its own",
        ),
        pytest.param(JUDGE, "strict", JUDGE["ARTICLE_QA_JUDGE_BASE_URL"], None, id="nobody writes"),
    ],
)
def test_the_judge_has_its_own_settings_and_else_those_of_the_model_that_writes(
    env: dict[str, str], model: str, server: str | None, key: str | None
) -> None:
    settings = ModelSettings.for_judging(env)

    assert settings is not None
    assert (settings.model, settings.base_url) == (model, server)
    assert (settings.api_key.get_secret_value() if settings.api_key else None) == key


def test_no_model_judges_where_none_is_configured() -> None:
    assert ModelSettings.for_judging({"ARTICLE_QA_JUDGE_MODEL": "strict"}) is None


def test_a_server_of_the_judge_needs_a_model_of_its_own() -> None:
    with pytest.raises(ModelSettingsError, match=r"ARTICLE_QA_JUDGE_BASE_URL names a server.*ARTICLE_QA_JUDGE_MODEL"):
        ModelSettings.for_judging(SERVER | {"ARTICLE_QA_JUDGE_BASE_URL": "http://127.0.0.1:2/v1"})
