"""The Settings page: whose model and key answer whose questions."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.loading import load_articles
from index_store.store import ArticleStore
from qa.errors import ModelSettingsError
from qa.llm import ModelChoice
from tests.scripted_server import ScriptedServer, Serve, error, free_port, reply, serve, stall, stream
from tests.ui.conftest import Markup
from ui import resources
from ui.settings.preferences import Preferences

__all__ = ["serve"]

APP = Path(resources.__file__).with_name("app.py")
START_TIMEOUT_S = 60
QUESTION = "What did Ida Holm say about the pier?"
WRITTEN = "Ida Holm said “We will not close the north pier” [1]."
PIER = {
    "id": "pier",
    "title": "Board keeps the north pier open",
    "source": "The Coast Courier",
    "date": "2025-03-04",
    "text": "The board met.\n\n“We will not close the north pier,” said Ida Holm, who chairs the harbour board.",
}
KEY = "sk-hush-0123456789"

OpenSettings = Callable[[], AppTest]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index that the application finds."""
    rows, folder = tmp_path / "articles.json", tmp_path / "index"
    rows.write_text(json.dumps([PIER]), encoding="utf-8")
    with ArticleStore.create(folder, MiniLMEmbedding()) as store:
        store.add(item for item in load_articles([str(rows)]) if isinstance(item, Article))
    monkeypatch.setenv("ARTICLE_QA_DATA_DIR", str(folder))
    monkeypatch.chdir(tmp_path)
    streamlit.cache_resource.clear()
    return folder


@pytest.fixture
def open_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OpenSettings:
    monkeypatch.chdir(tmp_path)  # without a file .env
    return lambda: turn_to(AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S).run(), "settings")


def turn_to(page: AppTest, view: str) -> AppTest:
    page.switch_page(f"views/{view}.py").run()
    assert not page.exception
    return page


def enter(page: AppTest, button: str = "settings-apply", **fields: str) -> AppTest:
    for name, value in fields.items():
        page.text_input(key=f"settings-{name.replace('_', '-')}").set_value(value)
    page.button(key=button).click().run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    texts = [Markup(each.body).text for each in page.get("html")]
    notices = [each.value for kind in (page.error, page.warning, page.success) for each in kind]
    return re.sub(r"\\(.)", r"\1", "\n".join([*texts, *notices]))


def ask(page: AppTest) -> AppTest:
    turn_to(page, "chat").chat_input[0].set_value(QUESTION).run()
    assert not page.exception
    return page


def keys_sent_to(server: ScriptedServer) -> list[str]:
    return [request.headers.get("authorization", "") for request in server.requests]


def test_a_tabs_model_and_key_answer_its_own_questions_alone(
    data_dir: Path, open_settings: OpenSettings, serve: Serve
) -> None:
    server = serve(stream([WRITTEN]))
    mine, yours = open_settings(), open_settings()
    enter(mine, base_url=server.url, model="scripted", key=KEY)
    assert "Answers are written by scripted" in read(mine)

    assert "Written by a model" in read(ask(mine))
    assert "In the articles’ own words" in read(ask(yours))
    assert keys_sent_to(server) == [f"Bearer {KEY}"]
    assert "No model is configured" in read(turn_to(yours, "settings"))


def test_a_key_stays_in_its_session(data_dir: Path, open_settings: OpenSettings, serve: Serve) -> None:
    server = serve(error(401, "invalid_api_key", f"Incorrect key {KEY}"))
    page = enter(open_settings(), "settings-test", base_url=server.url, model="scripted", key=KEY)
    ask(page)
    turn_to(page, "settings")

    assert keys_sent_to(server)[0] == f"Bearer {KEY}"
    assert page.text_input(key="settings-key").value == ""
    assert KEY not in read(page)
    assert KEY not in repr(page.session_state)
    assert KEY not in repr(page.session_state["settings"])
    assert KEY not in json.dumps({name: page.query_params[name] for name in page.query_params})
    files = [path for path in data_dir.parent.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_a_tab_without_a_key_uses_what_is_configured(
    data_dir: Path, open_settings: OpenSettings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured, own = serve(stream([WRITTEN])), serve(stream([WRITTEN]))
    monkeypatch.setenv("OPENAI_BASE_URL", configured.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-configured")
    monkeypatch.setenv("ARTICLE_QA_MODEL", "scripted")
    page = open_settings()
    assert "with the configured key" in read(page)
    assert "Written by a model" in read(ask(page))

    enter(turn_to(page, "settings"), base_url=own.url, model="other")
    assert "without a key" in read(page)
    ask(page)
    assert keys_sent_to(configured) == ["Bearer sk-configured"]
    assert keys_sent_to(own)
    assert not any("sk-configured" in key for key in keys_sent_to(own))


def test_the_articles_own_words_ask_no_model(data_dir: Path, open_settings: OpenSettings, serve: Serve) -> None:
    server = serve(stream([WRITTEN]))
    page = open_settings()
    page.radio(key="settings-mode").set_value("extractive")
    enter(page, base_url=server.url, model="scripted")
    assert "In the articles’ own words" in read(ask(page))
    assert server.requests == []


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param(stream(["ready"]), "It works. The first word of scripted came after", id="fine"),
        pytest.param(error(401, "invalid_api_key"), "The key was refused.", id="wrong key"),
        pytest.param(error(404, "model_not_found"), "The model is unknown there.", id="unknown model"),
        pytest.param(stall(20), "It is slow. No word of scripted came within", id="slow"),
        pytest.param(reply("no stream"), "It does not work.", id="no stream"),
        pytest.param(None, "The server cannot be reached.", id="nobody there"),
    ],
)
def test_the_connection_is_tested(
    script: object, says: str, open_settings: OpenSettings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_QA_DATA_DIR", "none")
    monkeypatch.setenv("ARTICLE_QA_READ_TIMEOUT_S", "0.5")
    url = serve(script).url if script else f"http://127.0.0.1:{free_port()}/v1"
    page = enter(open_settings(), "settings-test", base_url=url, model="scripted", key=KEY)
    assert says in read(page)
    enter(page, model="another")
    assert says not in read(page), "it was said of another model"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({"base_url": "host"}, "the base URL is no address of a server", id="no address"),
        pytest.param({"base_url": "http://127.0.0.1:9/v1"}, "a server is named, but no model", id="no model"),
        pytest.param({"model": "small"}, "nothing says where the model is", id="no server"),
        pytest.param({"key": "two words"}, "copy the key again", id="no key"),
    ],
)
def test_what_cannot_be_used_is_not_taken(
    fields: dict[str, str], says: str, open_settings: OpenSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_QA_DATA_DIR", "none")
    page = enter(open_settings(), "settings-test", **fields)
    assert says in read(page)
    assert "No model is configured" in read(page)
    assert page.text_input(key="settings-key").value == ""


def test_a_model_alone_is_not_taken_without_a_model(open_settings: OpenSettings, data_dir: Path) -> None:
    page = open_settings()
    page.radio(key="settings-mode").set_value("generative")
    assert "“A model only” needs a model" in read(enter(page))
    assert "In the articles’ own words" in read(ask(page))


def test_a_key_is_forgotten_and_all_is_as_configured_again(
    open_settings: OpenSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_QA_DATA_DIR", "none")
    page = enter(open_settings(), base_url="http://127.0.0.1:9/v1", model="small", key=KEY)
    assert "with this tab’s key" in read(page)
    page.button(key="settings-forget-key").click().run()
    assert "without a key" in read(page)
    page.button(key="settings-reset").click().run()
    assert "No model is configured" in read(page)
    assert page.text_input(key="settings-base-url").value == ""
    assert [button.key for button in page.button] == ["settings-apply", "settings-test"]


def test_a_key_stays_with_the_server_it_was_given_for() -> None:
    before = Preferences(model=ModelChoice("http://127.0.0.1:9/v1", "small", SecretStr(KEY)))
    same = Preferences(model=ModelChoice("http://127.0.0.1:9/v1/", "large")).following(before, {})
    other = Preferences(model=ModelChoice("http://127.0.0.1:10/v1", "small")).following(before, {})
    assert same.model.api_key == SecretStr(KEY)
    assert other.model.api_key is None


def test_more_passages_are_read_found_and_given() -> None:
    usual, deep = Preferences().settings, Preferences(passages_read=30).settings
    assert (usual.passages, usual.passages_read, usual.passages_given) == (20, 8, 10)
    assert (deep.passages, deep.passages_read, deep.passages_given) == (32, 30, 32)


def test_preferences_that_need_a_model_say_so() -> None:
    with pytest.raises(ModelSettingsError, match="needs a model"):
        Preferences(mode="generative").check({})
    Preferences(mode="generative").check({"OPENAI_API_KEY": "sk-1"})
