from pathlib import Path

import pytest
from click.testing import CliRunner

from index_store.errors import ModelSettingsError, ModelUnavailableError
from qa.cli.main import cli
from tests.scripted_server import Received, Script, Serve, embeddings, free_port, serve

__all__ = ["serve"]


def two_numbers_a_text(request: Received) -> Script:
    return embeddings(*([float(len(text)), 1.0] for text in request.body["input"]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dam.txt").write_text("Title: Dam shut\n\nThe Ulmarry dam was shut on Monday.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTICLE_QA_EMBEDDING_MODEL", "vectors-1")
    monkeypatch.setenv("ARTICLE_QA_ATTEMPTS", "1")
    return tmp_path


def test_index_embeds_with_the_model_that_file_and_environment_name(serve: Serve, folder: Path) -> None:
    server = serve(two_numbers_a_text)
    (folder / ".env").write_text(f"ARTICLE_QA_EMBEDDING_BASE_URL={server.url}\n", encoding="utf-8")

    for command in (["index", "dam.txt"], ["articles", "list"]):
        done = CliRunner().invoke(cli, ["--data-dir", "index", *command], catch_exceptions=False)
        assert done.exit_code == 0
    assert {request.body["model"] for request in server.requests} == {"vectors-1"}
    assert any("Ulmarry" in text for request in server.requests for text in request.body["input"])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("host", ModelSettingsError, id="no address"),
        pytest.param(f"http://127.0.0.1:{free_port()}/v1", ModelUnavailableError, id="nobody there"),
    ],
)
def test_server_that_cannot_be_asked_stops_before_anything_is_indexed(
    url: str, expected: type[Exception], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_QA_EMBEDDING_BASE_URL", url)
    with pytest.raises(expected, match="ARTICLE_QA_EMBEDDING_BASE_URL"):
        CliRunner().invoke(cli, ["--data-dir", "index", "index", "dam.txt"], catch_exceptions=False)
