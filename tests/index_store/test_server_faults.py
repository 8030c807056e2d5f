"""Servers that are down, restart, hang, refuse or are none: a clear error, and everything goes on afterwards."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from index_store.article import Article
from index_store.care import examine, repair
from index_store.chroma_server import ChromaServer
from index_store.errors import (
    ChromaServerAccessError,
    ChromaServerError,
    ChromaServerUnavailableError,
    IndexDamagedError,
)
from index_store.scope import Scope
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from tests.chroma_run import ChromaRun
from tests.fakes import FakeEmbedder
from tests.index_store.damage import articles, drop_collection, indexed, unfound
from tests.index_store.stored import found, kept_on_server
from tests.scripted_server import Received, Script, ScriptedServer, Serve, drip, free_port, hang_up, raw, serve, stall

__all__ = ["serve"]
pytestmark = pytest.mark.usefixtures("short_pauses")

SETTINGS = StoreSettings(passage_tokens=20, batch_passages=4)
COUNT = 20
TOKEN = "ck-hush-0123456789"  # noqa: S105 - nobody's
FAULT = {"error": "InternalError", "message": f"the token {TOKEN} is unknown here"}


@pytest.fixture
def own_run(tmp_path: Path) -> Iterator[ChromaRun]:
    """A server that this test alone stops and starts."""
    with ChromaRun(tmp_path / "server") as server:
        yield server


@pytest.fixture
def own(own_run: ChromaRun) -> StoreSettings:
    return replace(SETTINGS, chroma=own_run.database())


def stopping(server: ChromaRun, items: Iterable[Article], at: int) -> Iterator[Article]:
    """The items, with the server killed before one of them."""
    for number, item in enumerate(items):
        if number == at:
            server.stop()
        yield item


def test_a_server_that_is_down_is_named_with_what_to_do(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    settings = replace(SETTINGS, chroma=ChromaServer(url, headers={"x-chroma-token": TOKEN}))
    with pytest.raises(ChromaServerUnavailableError, match=f"{url} cannot be reached .*see whether it runs") as told:
        ArticleStore.create(tmp_path, FakeEmbedder(), settings)
    assert "hush" not in str(told.value)


def test_a_server_that_goes_away_in_mid_indexing_loses_nothing(
    tmp_path: Path, own_run: ChromaRun, own: StoreSettings
) -> None:
    data_dir = tmp_path / "index"
    with ArticleStore.create(data_dir, FakeEmbedder(), own) as store:
        with pytest.raises(ChromaServerUnavailableError):
            store.add(stopping(own_run, articles(COUNT), at=10))
        held = store.counts().articles
        assert 0 < held < COUNT
        with pytest.raises(ChromaServerUnavailableError):
            store.search("Ferry1 crates")
        own_run.start()
        assert unfound(store) == []  # what was committed, without opening it again
        assert store.add(articles(COUNT)).added == COUNT - held
        assert unfound(store) == []
    assert examine(data_dir, FakeEmbedder(), own).is_healthy


def test_the_old_version_answers_after_an_update_was_cut_off(
    tmp_path: Path, own_run: ChromaRun, own: StoreSettings
) -> None:
    data_dir = indexed(tmp_path / "index", COUNT, own)
    with ArticleStore(data_dir, FakeEmbedder(), own) as store, pytest.raises(ChromaServerUnavailableError):
        store.add(stopping(own_run, articles(COUNT, revision=" anew"), at=0))
    own_run.start()
    with ArticleStore(data_dir, FakeEmbedder(), own) as store:
        assert store.counts().articles == COUNT
        assert "anew" not in store.article("a13").text
        assert unfound(store) == []
        assert store.add(articles(COUNT, revision=" anew")).updated == COUNT
        assert unfound(store) == []


def test_questions_go_on_over_a_restart_of_the_server(tmp_path: Path, own_run: ChromaRun, own: StoreSettings) -> None:
    indexed(tmp_path / "index", COUNT, own)
    with ArticleStore(tmp_path / "index", FakeEmbedder(), own) as store:
        for number in range(2):
            own_run.stop()
            own_run.start()
            assert found(store, f"Ferry{number} crates of salt")[0] == f"a{number}"


class Proxy:
    """Passes requests on to a Chroma server, under a path of its own, to those who send the token."""

    def __init__(self, server: ChromaRun) -> None:
        self._client = httpx.Client(base_url=server.url)
        self.instead: list[Script] = []  # played to the next requests

    def __call__(self, request: Received) -> Script:
        if self.instead:
            return self.instead.pop(0)
        if request.headers.get("x-chroma-token") != TOKEN:
            return raw({"error": "ChromaAuthError", "message": f"wrong token {TOKEN}"}, status=401)
        response = self._client.request(request.method, request.path.removeprefix("/v1"), json=request.body)
        return raw(response.content, status=response.status_code)

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def proxy(chroma_run: ChromaRun) -> Iterator[Proxy]:
    with closing(Proxy(chroma_run)) as proxy:
        yield proxy


@pytest.fixture
def front(serve: Serve, proxy: Proxy) -> ScriptedServer:
    return serve(proxy)


@pytest.fixture
def guarded(chroma_run: ChromaRun, front: ScriptedServer) -> StoreSettings:
    """A server that asks for a token."""
    return replace(SETTINGS, chroma=replace(chroma_run.database(), url=front.url, headers={"x-chroma-token": TOKEN}))


def test_no_request_asks_more_of_a_server_than_chroma_cloud_allows(
    tmp_path: Path, front: ScriptedServer, guarded: StoreSettings
) -> None:
    many = replace(guarded, batch_passages=2000, candidates=150)
    indexed(tmp_path, 200, many)
    with ArticleStore(tmp_path, FakeEmbedder(), many) as store:
        assert len(store.search("crates of salt", limit=400, scope=Scope(sources=("",)))) == 400
        store.remove([f"a{number}" for number in range(160)])
    assert repair(tmp_path, FakeEmbedder(), many).is_healthy
    rows = [len(request.body["ids"]) for request in front.requests if request.body and request.body.get("ids")]
    asked = [(request.body or {}).get(name) for request in front.requests for name in ("limit", "n_results")]
    assert max(rows) == max(filter(None, asked)) == 300


def test_a_search_that_met_a_deletion_is_sent_again(tmp_path: Path, proxy: Proxy, guarded: StoreSettings) -> None:
    indexed(tmp_path, COUNT, guarded)
    with ArticleStore(tmp_path, FakeEmbedder(), guarded) as store:
        overtaken = {"error": "InternalError", "message": "Error executing plan: Internal error: Error finding id"}
        proxy.instead = [raw(overtaken, status=500)]
        assert found(store, "Ferry7 crates of salt")[0] == "a7"
        assert proxy.instead == []


def test_a_request_is_sent_again_when_a_server_restarts(tmp_path: Path, proxy: Proxy, guarded: StoreSettings) -> None:
    indexed(tmp_path, COUNT, guarded)
    with ArticleStore(tmp_path, FakeEmbedder(), guarded) as store:
        proxy.instead = [hang_up(), raw("", status=503)]
        assert found(store, "Ferry7 crates of salt")[0] == "a7"
        assert proxy.instead == []


def test_a_token_is_sent_and_kept_out_of_files_logs_and_messages(
    tmp_path: Path, guarded: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "chromadb"):
        caplog.set_level(logging.DEBUG, logger=name)
    indexed(tmp_path, COUNT, guarded)
    with ArticleStore(tmp_path, FakeEmbedder(), guarded) as store:
        assert unfound(store) == []
    diagnosis = examine(tmp_path, FakeEmbedder(), guarded)
    assert diagnosis.is_healthy
    assert guarded.chroma
    refused = replace(guarded, chroma=replace(guarded.chroma, headers={"x-chroma-token": f"Bearer {TOKEN}"}))
    with pytest.raises(ChromaServerAccessError, match=r"refused the headers \(status 401\).*--chroma-header") as told:
        ArticleStore(tmp_path, FakeEmbedder(), refused)
    shown = [str(told.value), repr(diagnosis), *(record.getMessage() + repr(record.args) for record in caplog.records)]
    assert "hush" not in "".join(shown)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"hush" in path.read_bytes()]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(raw("<html>Welcome</html>"), "no Chroma server", id="a page"),
        pytest.param(raw("<html>Gone</html>", status=404), "no Chroma server", id="a page that is not there"),
        pytest.param(raw({"detail": "Not Found"}, status=404), "no Chroma server", id="another service"),
        pytest.param(raw({"error": "Not Found", "message": ""}, status=404), "no Chroma server", id="yet another"),
        pytest.param(raw({"status": "green"}), "cannot be used", id="another service that answers"),
        pytest.param(raw([1]), "cannot be used", id="a list"),
        pytest.param(raw("{", headers={"Content-Type": "application/json"}), "cannot be used", id="half a reply"),
        pytest.param(raw("", status=301, headers={"Location": f"http://{TOKEN}@127.0.0.1/"}), "sends", id="redirect"),
        pytest.param(raw(FAULT, status=500), r"refused the request \(status 500\): the token \[hidden\]", id="fault"),
        pytest.param(raw("<html>", status=403), "refused the headers", id="no access"),
        pytest.param(raw(FAULT, status=429), "busy", id="busy"),
        pytest.param(stall(30), r"did not answer within 0.5 s", id="silence"),
        pytest.param(drip(raw({"nanosecond heartbeat": 10**300}), 0.05), "did not answer within 0.5 s", id="drops"),
        pytest.param(hang_up(), "cannot be reached", id="hung up"),
    ],
)
def test_whatever_else_answers_is_a_clear_error(serve: Serve, script: Script, expected: str, tmp_path: Path) -> None:
    url = serve(script).url
    settings = replace(SETTINGS, chroma=ChromaServer(url, headers={"x-chroma-token": TOKEN}, timeout_s=0.5))
    started = time.monotonic()
    with pytest.raises(ChromaServerError, match=expected) as told:
        ArticleStore.create(tmp_path, FakeEmbedder(), settings)
    assert url in str(told.value)
    assert "hush" not in str(told.value)
    assert time.monotonic() - started < 20  # about 2 s at most; the silence lasts 30


def test_a_database_that_is_not_there_is_named(chroma_run: ChromaRun, tmp_path: Path) -> None:
    settings = replace(SETTINGS, chroma=ChromaServer(chroma_run.url, database="nowhere"))
    with pytest.raises(ChromaServerError, match=r"no such tenant or database .*--chroma-database"):
        ArticleStore.create(tmp_path, FakeEmbedder(), settings)


@kept_on_server
def test_a_collection_that_is_deleted_meanwhile_is_damage(store: ArticleStore) -> None:
    drop_collection(store.data_dir)
    for use in (lambda: store.search("bridge"), lambda: store.add([Article("ferry", "The ferry sails.")])):
        with pytest.raises(IndexDamagedError, match="article-qa repair"):
            use()
    with pytest.raises(IndexDamagedError, match=r"is not on the Chroma server .*article-qa repair"):
        ArticleStore(store.data_dir, FakeEmbedder(), store.settings)
    assert repair(store.data_dir, FakeEmbedder(), store.settings).is_healthy
    assert found(store, "bridge")[0] == "bridge"  # it was open all the time


def test_the_checks_say_that_the_server_is_down_and_a_repair_leaves_all_as_it_was(
    tmp_path: Path, own_run: ChromaRun, own: StoreSettings
) -> None:
    data_dir = indexed(tmp_path / "index", COUNT, own)
    own_run.stop()
    (problem,) = [finding for finding in examine(data_dir, FakeEmbedder(), own).findings if not finding.is_ok]
    assert problem.check == "vectors"
    assert "cannot be reached" in problem.detail
    assert "see whether it runs" in problem.remedy
    with pytest.raises(ChromaServerUnavailableError):
        repair(data_dir, FakeEmbedder(), own)
    own_run.start()
    assert examine(data_dir, FakeEmbedder(), own).is_healthy
