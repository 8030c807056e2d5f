import asyncio
import json
import pickle
import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.embeddings import MockEmbedding
from pydantic import SecretStr

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding, OpenAIEmbedding, embedding_fingerprint, embedding_from
from index_store.endpoint import Endpoint
from index_store.errors import (
    IndexMismatchError,
    ModelAccessError,
    ModelBusyError,
    ModelError,
    ModelNotFoundError,
    ModelReplyError,
    ModelSettingsError,
    ModelTimeoutError,
    ModelUnavailableError,
    TextTooLongError,
)
from index_store.store import ArticleStore
from tests.fakes import FakeEmbedder
from tests.scripted_server import Received, Script, ScriptedServer, Serve, drip, embeddings, error, raw, serve, stall

__all__ = ["serve"]

KEY = "sk-hush-0123456789abcdef"
ARTICLE = Article("ulmarry", "The Ulmarry dam was shut on Monday. Nobody said why.", title="Ulmarry dam shut")


def embedding_of(server: ScriptedServer, *, is_patient: bool = True, **fields: Any) -> OpenAIEmbedding:
    """With limits that a busy machine does not reach by itself, or with those that a test waits for."""
    read_s, total_s = (10, 20) if is_patient else (1, 3)
    endpoint = Endpoint(
        server.url, SecretStr(KEY), connect_timeout_s=5, read_timeout_s=read_s, total_timeout_s=total_s, attempts=2
    )
    return OpenAIEmbedding(**{"model_name": "vectors-1", "endpoint": endpoint} | fields)


def lengths(request: Received) -> Script:
    """Vectors that tell a text's length, in reversed order, as a server may send them."""
    vectors = [[float(len(text)), 1.0] for text in request.body["input"]]
    payload = {"data": [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)][::-1]}
    return raw(payload)


def test_texts_are_sent_in_batches_and_come_back_in_order(serve: Serve) -> None:
    server = serve(lengths)
    embedding = embedding_of(server, embed_batch_size=2)

    assert embedding.get_text_embedding_batch(["a", "bbb", "cc"]) == [[1.0, 1.0], [3.0, 1.0], [2.0, 1.0]]
    assert [request.body["input"] for request in server.requests] == [["a", "bbb"], ["cc"]]
    assert server.requests[0].path == "/v1/embeddings"
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert server.requests[0].body == {"model": "vectors-1", "input": ["a", "bbb"], "encoding_format": "float"}


def test_questions_and_texts_are_embedded_alike_also_async(serve: Serve) -> None:
    embedding = embedding_of(serve(lengths))

    assert embedding.get_query_embedding("four") == embedding.get_text_embedding("four") == [4.0, 1.0]
    assert asyncio.run(embedding.aget_query_embedding("four")) == [4.0, 1.0]
    assert asyncio.run(embedding.aget_text_embedding_batch(["a", "bb"])) == [[1.0, 1.0], [2.0, 1.0]]


def test_dimension_is_asked_for_and_held_to(serve: Serve) -> None:
    server = serve(embeddings([1.0, 2.0]))
    embedding = embedding_of(server, dimension=2)

    assert embedding.get_text_embedding("port") == [1.0, 2.0]
    assert server.requests[0].body["dimensions"] == 2


def test_lone_surrogate_is_sent_as_a_question_mark(serve: Serve) -> None:
    server = serve(embeddings([1.0]))
    embedding_of(server).get_text_embedding("port \ud83d")

    assert server.requests[0].body["input"] == ["port ?"]


@pytest.mark.parametrize(
    ("script", "expected", "says", "requests"),
    [
        pytest.param(embeddings([1.0, 2.0]), ModelReplyError, "1 vectors to 2 texts", 1, id="too few"),
        pytest.param(embeddings([1.0], [2.0], [3.0]), ModelReplyError, "3 vectors to 2 texts", 1, id="too many"),
        pytest.param(embeddings([1.0, 2.0], [1.0]), ModelReplyError, "1 dimensions in place of 2", 1, id="one shorter"),
        pytest.param(embeddings([1.0], [0.0]), ModelReplyError, "zeros or of no numbers", 1, id="zeros"),
        pytest.param(embeddings([], []), ModelReplyError, "0 dimensions", 1, id="empty vectors"),
        pytest.param(embeddings([1.0], [float("nan")]), ModelReplyError, "no numbers", 1, id="NaN"),
        pytest.param(embeddings([1.0], [1e300]), ModelReplyError, "no numbers", 1, id="too great to be stored"),
        pytest.param(raw({"data": [{"embedding": [None]}] * 2}), ModelReplyError, "else than vectors", 1, id="null"),
        pytest.param(raw({"data": [{"embedding": "AAAA"}] * 2}), ModelReplyError, "else than vectors", 1, id="base64"),
        pytest.param(
            raw({"data": [{"index": 1, "embedding": [1.0]}] * 2}), ModelReplyError, "numbered", 1, id="same number"
        ),
        pytest.param(raw('{"data": [{"embedding": [1.0'), ModelReplyError, "cannot be read", 1, id="broken JSON"),
        pytest.param(raw("<html>hello</html>"), ModelReplyError, "ARTICLE_QA_OWN_URL", 1, id="a page"),
        pytest.param(error(401, None, f"wrong key {KEY}"), ModelAccessError, "ARTICLE_QA_OWN_KEY", 1, id="401"),
        pytest.param(error(404), ModelNotFoundError, "ARTICLE_QA_EMBEDDING_MODEL", 1, id="404"),
        pytest.param(
            error(400, None, "maximum context length is 512"), TextTooLongError, "model that reads more", 1, id="long"
        ),
        pytest.param(Script((b"[1.0, " * 100_000,) * 100), ModelReplyError, "longer than asked for", 1, id="endless"),
        pytest.param(error(429), ModelBusyError, "busy", 2, id="429 for ever"),
        pytest.param(error(500), ModelUnavailableError, "failed", 2, id="500 for ever"),
        pytest.param(stall(30), ModelTimeoutError, "sent nothing within 1 s", 1, id="stall"),
        pytest.param(drip(embeddings([1.0], [2.0]), 0.5), ModelTimeoutError, "not done within 3 s", 1, id="drip"),
    ],
)
def test_fault_of_the_server_is_an_error_and_no_vector(
    script: Script, expected: type[ModelError], says: str, requests: int, serve: Serve
) -> None:
    server = serve(script)
    embedding = embedding_of(
        server,
        is_patient=expected is not ModelTimeoutError,
        url_variable="ARTICLE_QA_OWN_URL",
        key_variable="ARTICLE_QA_OWN_KEY",
    )
    started = time.monotonic()
    with pytest.raises(expected, match=says) as caught:
        embedding.get_text_embedding_batch(["one", "two"])

    assert type(caught.value) is expected
    assert len(server.requests) == requests
    assert time.monotonic() - started < 12
    assert "hush" not in "".join(traceback.format_exception(caught.value))


def test_fault_that_passes_is_asked_again(serve: Serve) -> None:
    server = serve(error(429, retry_after="0"), embeddings([1.0]))

    assert embedding_of(server).get_text_embedding("port") == [1.0]


def test_vectors_must_stay_of_one_dimension(serve: Serve) -> None:
    embedding = embedding_of(serve(embeddings([1.0, 2.0]), embeddings([1.0])))
    embedding.get_text_embedding("port")
    with pytest.raises(ModelReplyError, match="1 dimensions in place of 2"):
        embedding.get_text_embedding("port")


def test_fingerprint_names_model_and_dimension_but_not_the_server(serve: Serve) -> None:
    here, there = embedding_of(serve(embeddings([1.0, 2.0]))), embedding_of(serve(embeddings([3.0, 4.0])))

    assert embedding_fingerprint(here) == embedding_fingerprint(there) == "OpenAIEmbedding vectors-1 dim=2"


def test_fingerprint_of_a_given_dimension_asks_nobody(serve: Serve) -> None:
    server = serve(error(500))

    assert embedding_of(server, dimension=2).fingerprint == "OpenAIEmbedding vectors-1 dim=2"
    assert server.requests == []


def test_key_is_not_shown(serve: Serve) -> None:
    embedding = embedding_of(serve(embeddings([1.0])))
    shown = [repr(embedding), str(embedding), json.dumps(embedding.to_dict(), default=str), embedding.model_dump_json()]

    assert "hush" not in "".join(shown)


def test_instance_survives_pickling_between_processes_of_ours(serve: Serve) -> None:
    copy = pickle.loads(pickle.dumps(embedding_of(serve(embeddings([1.0])))))  # noqa: S301 - our own bytes

    assert copy.get_text_embedding("port") == [1.0]


def test_store_takes_a_servers_vectors_and_refuses_another_model(serve: Serve, tmp_path: Path) -> None:
    server = serve(lengths)
    with ArticleStore.create(tmp_path, embedding_of(server)) as store:
        store.add([ARTICLE])
        assert store.search("the dam")[0].stored.passage.article_id == "ulmarry"
    with pytest.raises(IndexMismatchError, match="OpenAIEmbedding vectors-1 dim=2"):
        ArticleStore(tmp_path, embedding_of(server, model_name="vectors-2"))


@pytest.mark.parametrize(
    "embedder",
    [
        pytest.param(MockEmbedding(embed_dim=4, model_name="even"), id="LlamaIndex's"),
        pytest.param(FakeEmbedder(), id="ours"),
    ],
)
def test_store_takes_any_embedding_of_llama_index(embedder: Any, tmp_path: Path) -> None:
    with ArticleStore.create(tmp_path, embedder) as store:
        store.add([ARTICLE])
        assert store.search("the Ulmarry dam")[0].stored.passage.article_id == "ulmarry"
    with pytest.raises(IndexMismatchError, match=type(embedder).__name__):
        ArticleStore(tmp_path, MockEmbedding(embed_dim=4, model_name="another"))


def test_bundled_model_is_the_default() -> None:
    env = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "ARTICLE_QA_MODEL": "small"}

    assert isinstance(embedding_from({}), MiniLMEmbedding)
    assert isinstance(embedding_from(env), MiniLMEmbedding)


def test_model_that_is_named_is_asked_of_the_server_of_the_models_that_write() -> None:
    env = {"ARTICLE_QA_EMBEDDING_MODEL": "v", "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    chosen = embedding_from(env | {"ARTICLE_QA_EMBEDDING_DIMENSION": "256", "ARTICLE_QA_ATTEMPTS": "1"})

    assert isinstance(chosen, OpenAIEmbedding)
    assert (chosen.model_name, chosen.dimension) == ("v", 256)
    assert chosen.endpoint == Endpoint("http://127.0.0.1:1/v1", SecretStr(KEY), attempts=1)


def test_server_of_its_own_does_not_get_the_other_servers_key() -> None:
    env = {
        "ARTICLE_QA_EMBEDDING_MODEL": "v",
        "ARTICLE_QA_EMBEDDING_BASE_URL": "http://127.0.0.1:2/v1",
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
    }
    alone, keyed = embedding_from(env), embedding_from(env | {"ARTICLE_QA_EMBEDDING_API_KEY": "own"})

    assert isinstance(alone, OpenAIEmbedding)
    assert isinstance(keyed, OpenAIEmbedding)
    assert alone.endpoint == Endpoint("http://127.0.0.1:2/v1", None)
    assert keyed.endpoint == Endpoint("http://127.0.0.1:2/v1", SecretStr("own"))


@pytest.mark.parametrize(
    ("env", "says"),
    [
        pytest.param({"ARTICLE_QA_EMBEDDING_MODEL": "v"}, "OPENAI_API_KEY", id="no server"),
        pytest.param(
            {"ARTICLE_QA_EMBEDDING_BASE_URL": "http://127.0.0.1:2/v1"}, "ARTICLE_QA_EMBEDDING_MODEL", id="no model"
        ),
        pytest.param(
            {"ARTICLE_QA_EMBEDDING_MODEL": "v", "ARTICLE_QA_EMBEDDING_BASE_URL": "host"},
            "ARTICLE_QA_EMBEDDING_BASE_URL",
            id="no address",
        ),
        pytest.param(
            {"ARTICLE_QA_EMBEDDING_MODEL": "v", "OPENAI_API_KEY": KEY, "ARTICLE_QA_EMBEDDING_DIMENSION": "big"},
            "ARTICLE_QA_EMBEDDING_DIMENSION",
            id="no number",
        ),
    ],
)
def test_choice_that_cannot_be_made_names_the_variable(env: dict[str, str], says: str) -> None:
    with pytest.raises(ModelSettingsError, match=says):
        embedding_from(env)
