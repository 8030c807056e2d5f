"""`--chroma-url` and its companions, as a user gives them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index_store.chroma_server import DATABASE_VARIABLE, HEADERS_VARIABLE, TENANT_VARIABLE, URL_VARIABLE, ChromaServer
from index_store.errors import ChromaServerSettingsError, IndexMismatchError
from index_store.settings import StoreSettings
from qa import open_engine
from qa.cli.chat import _environment
from qa.cli.context import CLIContext
from qa.cli.main import cli
from qa.configured import configured_index
from qa.evaluation.run_header import describe_run
from tests.chroma_run import ChromaRun

TOKEN = "ck-hush-0123456789"  # noqa: S105 - nobody's
QUESTION = "What was shut on Monday?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dam.txt").write_text("Title: Dam shut\n\nThe Ulmarry dam was shut on Monday.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: str, server: ChromaServer | None = None) -> Result:
    options = ["--chroma-url", server.url, "--chroma-database", server.database] if server else []
    return CliRunner().invoke(cli, ["--data-dir", "index", *options, *arguments], catch_exceptions=False)


def test_every_command_uses_the_server_that_is_named(
    folder: Path, chroma_run: ChromaRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = chroma_run.database()
    assert invoke("index", "dam.txt", server=server).exit_code == 0
    assert not list(folder.glob("index/vectors*"))
    assert "dam was shut" in invoke("ask", QUESTION, server=server).stdout
    assert f"1 are on {server.shown} and find themselves" in invoke("doctor", server=server).stdout
    for command in (["ask", QUESTION], ["index", "dam.txt"], ["articles", "list"], ["eval", "init", "set.yaml"]):
        with pytest.raises(IndexMismatchError, match=f"on the Chroma server {server.url} .*--chroma-url"):
            invoke(*command)
    monkeypatch.setenv(URL_VARIABLE, server.url)
    monkeypatch.setenv(DATABASE_VARIABLE, server.database)
    assert "dam was shut" in invoke("ask", QUESTION).stdout
    assert str(open_engine("index").query(QUESTION))
    monkeypatch.delenv(URL_VARIABLE)
    assert str(open_engine("index", chroma=server).query(QUESTION))
    assert "problem" not in invoke("repair").stdout  # brings them back


def test_where_the_vectors_are_is_no_part_of_what_an_evaluation_compares(folder: Path, chroma_run: ChromaRun) -> None:
    server = chroma_run.database()
    invoke("index", "dam.txt", server=server)
    paths = {"question_path": folder / "set.jsonl", "run_path": folder / "run.jsonl"}
    on_server = describe_run(open_engine("index", chroma=server), (), **paths, asked_on=None)
    invoke("repair")
    in_folder = describe_run(open_engine("index"), (), **paths, asked_on=None)
    assert (on_server.index, on_server.settings) == (in_folder.index, in_folder.settings)
    assert server.url not in repr(on_server)


def test_an_option_that_cannot_be_used_is_one_line_and_a_usage_error(folder: Path) -> None:
    with pytest.raises(ChromaServerSettingsError, match="--chroma-header") as refused:
        CliRunner().invoke(
            cli, ["--chroma-url", "http://x", "--chroma-header", TOKEN, "doctor"], catch_exceptions=False
        )
    assert refused.value.exit_code == 2
    assert "hush" not in str(refused.value)


def test_headers_of_the_file_are_not_sent_to_a_server_that_an_option_names(folder: Path) -> None:
    (folder / ".env").write_text(f'{URL_VARIABLE}=http://a\n{HEADERS_VARIABLE}="x-chroma-token={TOKEN}"\n')
    assert (chroma := configured_index(folder).settings.chroma)
    assert chroma.sent_headers == {"x-chroma-token": TOKEN}
    named = CLIContext(folder, chroma={URL_VARIABLE: "http://b"})
    assert named.index().settings == StoreSettings(chroma=ChromaServer("http://b"))
    assert "hush" not in repr(CLIContext(folder, chroma={HEADERS_VARIABLE: TOKEN}))


def test_the_chat_is_given_what_the_options_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL_VARIABLE, "http://a")
    monkeypatch.setenv(HEADERS_VARIABLE, f"x-chroma-token={TOKEN}")
    assert _environment(CLIContext(None))[HEADERS_VARIABLE] == f"x-chroma-token={TOKEN}"
    given = _environment(CLIContext(None, chroma={URL_VARIABLE: "http://b", TENANT_VARIABLE: "us"}))
    assert (given[URL_VARIABLE], given[TENANT_VARIABLE]) == ("http://b", "us")
    assert HEADERS_VARIABLE not in given
