"""`article-qa index` with URLs, as far as nothing leaves this machine."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index_store.web_site import page
from tests.qa.cli.command import run
from tests.scripted_server import ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer([page()]) as server:
        yield server


def test_an_address_inside_is_refused_and_the_rest_is_indexed(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam of Ostrel held through the night.", encoding="utf-8")
    url = f"http://localhost:{server.port}/a?b=*"

    done = run("index", "--limit", "5", "--json", url, tmp_path / "a.txt", data_dir=tmp_path / "index")

    report = json.loads(done.stdout)
    assert (done.returncode, report["added"]) == (3, 1)
    (skipped,) = report["skipped"]
    assert skipped["input"] == url
    assert "localhost resolves to " in skipped["reason"]
    assert "only public addresses are fetched" in skipped["reason"]
    assert server.requests == []


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    done = run("index", "http://jo:secret@127.0.0.1/", data_dir=tmp_path / "index")

    assert done.returncode == 1
    assert "user name or password" in done.stdout
    assert "secret" not in done.stdout + done.stderr


def test_a_limit_is_at_least_one(tmp_path: Path) -> None:
    assert run("index", "--limit", "0", tmp_path, data_dir=tmp_path / "index").returncode == 2
