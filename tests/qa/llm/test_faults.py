"""What a server can do wrong: each with the error, the number of requests, the time and what the user reads."""

import gzip
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from prompts import Prompt
from qa.errors import (
    ModelAccessError,
    ModelBusyError,
    ModelError,
    ModelNotFoundError,
    ModelRefusedError,
    ModelReplyError,
    ModelTimeoutError,
    ModelUnavailableError,
    ReplyFilteredError,
    ReplyInterruptedError,
    TextTooLongError,
)
from qa.llm import usage_of
from tests.qa.llm.conftest import ModelOf
from tests.scripted_server import (
    Cut,
    Pause,
    Script,
    Serve,
    chunk,
    cut_after,
    drip,
    error,
    free_port,
    hang_up,
    raw,
    reply,
    stall,
    stream,
)

ATTEMPTS = 2  # of the fixture `model_of`
LONG_S = 30.0  # what nobody waits for
SOON_S = 8.0  # far below it, and far above what a busy machine takes
PAGE = raw("<!DOCTYPE html><html><body>Welcome to the router</body></html>")
EVENTS = {"Content-Type": "text/event-stream"}
IN_STREAM = b'data: {"error": {"message": "the graphics card is gone", "code": 500}}\n\n'


@dataclass(frozen=True, slots=True)
class Case:
    """A fault and what comes of it."""

    scripts: Sequence[Script]
    error: type[ModelError]
    says: Sequence[str]
    requests: int = 1
    read_timeout_s: float = 10.0


BEFORE_A_REPLY = {
    "429 for ever": Case([error(429)], ModelBusyError, ["busy", "scripted fault", "try again later"], ATTEMPTS),
    "429 that asks for longer than there is": Case(
        [error(429, retry_after="40")], ModelBusyError, ["asks to wait 40 s", "ARTICLE_QA_TOTAL_TIMEOUT_S"]
    ),
    "no money": Case([error(429, "insufficient_quota")], ModelBusyError, ["quota", "account"]),
    "402": Case([error(402)], ModelBusyError, ["quota", "account"]),
    "500 for ever": Case([error(500)], ModelUnavailableError, ["failed (status 500)", "2 requests"], ATTEMPTS),
    "503 with a page": Case(
        [raw("<html>upstream</html>", status=503)], ModelUnavailableError, ["failed (status 503);"], ATTEMPTS
    ),
    "401": Case([error(401, "invalid_api_key")], ModelAccessError, ["refused the key", "OPENAI_API_KEY"]),
    "403": Case([error(403)], ModelAccessError, ["refused the key", "OPENAI_API_KEY"]),
    "404 model": Case([error(404, "model_not_found")], ModelNotFoundError, ["'scripted'", "ARTICLE_QA_MODEL"]),
    "400": Case([error(400, None, "temperature must be at most 2")], ModelRefusedError, ["at most 2"]),
    "422": Case([raw({"detail": "no such field"}, status=422)], ModelRefusedError, ["no such field"]),
    "400 context length": Case(
        [error(400, "context_length_exceeded")], TextTooLongError, ["'scripted'", "ARTICLE_QA_CONTEXT_TOKENS"]
    ),
    "413": Case([error(413)], TextTooLongError, ["ARTICLE_QA_CONTEXT_TOKENS"]),
    "redirect": Case(
        [raw("", status=307, headers={"Location": "http://127.0.0.1:1/v2?token=abc"})],
        ModelRefusedError,
        ["http://127.0.0.1:1/v2 (status 307)", "not followed", "OPENAI_BASE_URL"],
    ),
    "HTML with status 200": Case([PAGE], ModelReplyError, ["OPENAI_BASE_URL", "must name a model server"]),
    "broken JSON": Case([raw('{"choices": [')], ModelReplyError, ["OPENAI_BASE_URL"]),
    "JSON of another kind": Case([raw([1, 2])], ModelReplyError, ["something else than a"]),
    "empty choices": Case([raw({"choices": []})], ModelReplyError, ["something else than a"]),
    "an error with status 200": Case([raw({"error": {"message": "no slot"}})], ModelReplyError, []),
    "nothing for too long": Case(
        [stall(LONG_S)],
        ModelTimeoutError,
        ["sent nothing within 0.5 s", "ARTICLE_QA_READ_TIMEOUT_S"],
        read_timeout_s=0.5,
    ),
    "hung up": Case([hang_up(reset=False)], ModelUnavailableError, ["closed the connection"], ATTEMPTS),
    "reset": Case([hang_up()], ModelUnavailableError, ["closed the connection"], ATTEMPTS),
}
WHOLE = {
    "null content": Case([reply(None)], ModelReplyError, ["wrote nothing"]),
    "a tool in place of a text": Case([reply(None, finish="tool_calls")], ModelReplyError, ["wrote nothing"]),
    "an error in place of a reply": Case([raw({"error": {"message": "no slot"}})], ModelReplyError, ["no slot"]),
    "content filter": Case([reply("Half a", finish="content_filter")], ReplyFilteredError, ["declined", "ask other"]),
    "content filter on the prompt": Case([error(400, "content_filter")], ReplyFilteredError, ["declined"]),
    "refusal": Case([reply(None, refusal="I will not.")], ReplyFilteredError, ["I will not."]),
}


@pytest.fixture(scope="module", autouse=True)
def imported_sdk() -> None:
    import openai  # noqa: F401 - takes a second, which is none of a server's


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("case", BEFORE_A_REPLY.values(), ids=BEFORE_A_REPLY.keys())
def test_fault_before_a_reply(case: Case, streamed: bool, serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(*case.scripts)
    model = model_of(server, read_timeout_s=case.read_timeout_s)

    caught, seconds = _caught(lambda: list(model.stream(prompt)) if streamed else model.complete(prompt))

    assert type(caught) is case.error
    assert all(part in str(caught) for part in case.says), str(caught)
    assert len(server.requests) == usage_of(caught).requests == case.requests
    assert not usage_of(caught).known
    assert seconds < SOON_S


@pytest.mark.parametrize("case", WHOLE.values(), ids=WHOLE.keys())
def test_fault_of_a_whole_reply(case: Case, serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(*case.scripts)

    caught, _ = _caught(lambda: model_of(server).complete(prompt))

    assert type(caught) is case.error
    assert all(part in str(caught) for part in case.says), str(caught)
    assert len(server.requests) == usage_of(caught).requests == case.requests


@pytest.mark.parametrize(
    ("script", "kept", "says"),
    [
        pytest.param(cut_after(2, reset=True), "piece1 piece2 ", "closed the connection", id="reset"),
        pytest.param(cut_after(2), "piece1 piece2 ", "without saying that it is complete", id="cut"),
        pytest.param(stream(["Half "], then=[Pause(LONG_S)]), "Half ", "sent nothing within 0.5 s", id="stalled"),
        pytest.param(stream(["Half "], then=[IN_STREAM]), "Half ", "the graphics card is gone", id="error object"),
        pytest.param(stream(["Half "], then=[b"data: {nonsense\n\n"]), "Half ", "cannot be read", id="no JSON"),
        pytest.param(stream(["Half "], finish=None), "Half ", "without saying that", id="no finish reason"),
        pytest.param(stream(["Half "], finish="length"), "Half ", "ARTICLE_QA_MAX_OUTPUT_TOKENS", id="length"),
        pytest.param(stream([], finish="length"), "", "ARTICLE_QA_MAX_OUTPUT_TOKENS", id="nothing but thought"),
    ],
)
def test_interrupted_stream_keeps_what_had_come(
    script: Script, kept: str, says: str, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(script)
    stream_ = model_of(server, read_timeout_s=0.5 if "within" in says else 10.0).stream(prompt)

    caught, seconds = _caught(lambda: list(stream_))

    assert isinstance(caught, ReplyInterruptedError)
    assert caught.partial == stream_.text == kept
    assert says in str(caught)
    assert (caught.usage.requests, caught.usage.known) == (1, False)
    assert len(server.requests) == 1, "what was begun is not asked again"
    assert seconds < SOON_S


def test_reply_that_reached_its_limit_is_interrupted(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    caught, _ = _caught(lambda: model_of(serve(reply("The sluice was", finish="length"))).complete(prompt))

    assert isinstance(caught, ReplyInterruptedError)
    assert caught.partial == "The sluice was"
    assert (caught.usage.prompt_tokens, caught.usage.completion_tokens, caught.usage.known) == (7, 3, True)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(stream(["Half a "], finish="content_filter"), id="filter"),
        pytest.param(stream([{"refusal": "I will "}, {"refusal": "not."}]), id="refusal"),
    ],
)
def test_filtered_stream_is_told_from_an_interrupted_one(
    script: Script, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    caught, _ = _caught(lambda: list(model_of(serve(script)).stream(prompt)))

    assert type(caught) is ReplyFilteredError


@pytest.mark.parametrize(
    "script", [reply("Yes, on Monday." * 9), error(500), stream(["Yes"])], ids=["200", "500", "SSE"]
)
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_server_that_drips_is_left_at_the_total_deadline(
    script: Script, streamed: bool, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(drip(script, 0.5))
    model = model_of(server, total_timeout_s=0.5)

    caught, seconds = _caught(lambda: list(model.stream(prompt)) if streamed else model.complete(prompt))

    assert type(caught) is ModelTimeoutError
    assert "not done within 0.5 s (ARTICLE_QA_TOTAL_TIMEOUT_S)" in str(caught)
    assert seconds < SOON_S
    assert server.left.wait(SOON_S), "the server must see the connection closed"


def test_stream_ends_at_the_total_deadline(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(stream(["one "] * 1000, delay=0.05))
    caught, seconds = _caught(lambda: list(model_of(server, total_timeout_s=1.0).stream(prompt)))

    assert isinstance(caught, ReplyInterruptedError)
    assert caught.partial.startswith("one one ")
    assert "not done within 1 s" in str(caught)
    assert seconds < SOON_S


def test_total_deadline_covers_all_attempts(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(error(500))
    caught, seconds = _caught(lambda: model_of(server, attempts=20, total_timeout_s=1.0).complete(prompt))

    assert type(caught) is ModelUnavailableError
    assert 2 <= len(server.requests) <= 5, "the waits between them grow"
    assert seconds < SOON_S


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_connection_refused(streamed: bool, model_of: ModelOf, prompt: Prompt) -> None:
    url = f"http://127.0.0.1:{free_port()}/v1"
    model = model_of(url)
    stream_ = model.stream(prompt)

    caught, seconds = _caught(lambda: list(stream_) if streamed else model.complete(prompt))

    assert type(caught) is ModelUnavailableError
    assert f"{url} refused the connection; start it, or check OPENAI_BASE_URL (2 requests)" in str(caught)
    assert usage_of(caught).requests == ATTEMPTS
    assert not streamed or stream_.usage.requests == ATTEMPTS
    assert seconds < SOON_S


def test_unknown_server_name_is_said(model_of: ModelOf, prompt: Prompt, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    caught, _ = _caught(lambda: model_of("http://models.invalid/v1").complete(prompt))

    assert type(caught) is ModelUnavailableError
    assert "has a name that cannot be found; check OPENAI_BASE_URL" in str(caught)


def test_server_that_speaks_no_tls_is_unavailable(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    url = serve(reply("yes")).url.replace("http://", "https://")
    caught, _ = _caught(lambda: model_of(url).complete(prompt))

    assert type(caught) is ModelUnavailableError


def test_proxy_that_is_down_is_said(model_of: ModelOf, prompt: Prompt, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://user:hush@127.0.0.1:{free_port()}")
    caught, _ = _caught(lambda: model_of("http://127.0.0.1:9/v1").complete(prompt))

    assert type(caught) is ModelUnavailableError
    assert "hush" not in str(caught)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            {"error": {"message": "This model's maximum context length is 4097 tokens.", "type": "x"}}, id="OpenAI"
        ),
        pytest.param({"object": "error", "message": "maximum context length is 2048 tokens", "code": 400}, id="vLLM"),
        pytest.param(
            {"error": {"code": 400, "message": "too big", "type": "exceed_context_size_error"}}, id="llama.cpp"
        ),
        pytest.param({"error": "the model is loaded with context length of only 4096 tokens"}, id="LM Studio"),
        pytest.param({"error": {"message": "prompt is too long: 210000 tokens"}}, id="another"),
    ],
)
def test_context_length_is_known_in_the_words_of_several_servers(
    body: object, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(raw(body, status=400))
    caught, _ = _caught(lambda: model_of(server).complete(prompt))

    assert type(caught) is TextTooLongError
    assert len(server.requests) == 1


def test_stream_cut_before_its_first_piece_is_asked_again(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(stream([], then=[Cut(reset=True)]), stream(["Yes."]))

    assert "".join(model_of(server).stream(prompt)) == "Yes."
    assert len(server.requests) == 2


def test_tokens_of_a_reply_that_is_not_to_be_used_are_counted(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(reply("Half a", finish="content_filter", usage=(7, 3)), reply(" ", usage=(7, 1)))
    filtered, _ = _caught(lambda: model_of(server).complete(prompt))
    empty, _ = _caught(lambda: model_of(server).complete(prompt))

    assert [type(fault) for fault in (filtered, empty)] == [ReplyFilteredError, ModelReplyError]
    spent = usage_of(filtered) + usage_of(empty)
    assert (spent.requests, spent.prompt_tokens, spent.completion_tokens, spent.known) == (2, 14, 4, True)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(reply("word " * 1000), id="whole"),
        pytest.param(stream(["word "] * 1000), id="stream"),
        pytest.param(stream(["<think>", *["word "] * 1000]), id="thoughts"),
    ],
)
def test_reply_of_more_than_16_characters_a_token_is_interrupted(
    script: Script, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    model = model_of(serve(script), max_output_tokens=10)
    streamed = b"data:" in (script.steps[0] if isinstance(script.steps[0], bytes) else b"")
    caught, _ = _caught(lambda: list(model.stream(prompt)) if streamed else model.complete(prompt))

    assert isinstance(caught, ReplyInterruptedError)
    assert "is longer than asked for; check ARTICLE_QA_MODEL" in str(caught)
    assert len(caught.partial) in {0, 160}


def test_reply_of_16_characters_a_token_is_taken(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(reply("word " * 32), stream(["word " * 31, "word."]))
    model = model_of(server, max_output_tokens=10)

    assert model.complete(prompt).text == "word " * 32
    assert "".join(model.stream(prompt)) == "word " * 31 + "word."


ENDLESS = [b"a" * 1_000_000] * 100
CHATTER = [chunk([{"index": 0, "delta": {"reasoning_content": "hm " * 100_000}}])] * 200


@pytest.mark.parametrize(
    ("script", "streamed"),
    [
        pytest.param(Script((b'{"choices": [{"message": {"content": "', *ENDLESS)), False, id="whole"),
        pytest.param(Script(tuple(ENDLESS), 500), False, id="refusal"),
        pytest.param(raw(gzip.compress(bytes(20_000_000)), headers={"Content-Encoding": "gzip"}), False, id="gzip"),
        pytest.param(Script((b"data: ", *ENDLESS), headers=EVENTS), True, id="one event"),
        pytest.param(Script(tuple(CHATTER), headers=EVENTS), True, id="thoughts beside the text"),
    ],
)
def test_response_without_an_end_is_not_read_to_its_end(
    script: Script, streamed: bool, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(script)
    model = model_of(server)
    caught, _ = _caught(lambda: list(model.stream(prompt)) if streamed else model.complete(prompt))

    assert isinstance(caught, ReplyInterruptedError)
    assert "sent a reply longer than asked for; check OPENAI_BASE_URL" in str(caught)
    assert (caught.partial, caught.usage.requests) == ("", 1)
    assert len(server.requests) == 1
    assert "gzip" in str(script.headers) or server.left.wait(SOON_S), "the connection must be closed"


def _caught(act: Callable[[], object]) -> tuple[ModelError, float]:
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        act()
    assert caught.value.__cause__ is None, "a vendor's exception may hold the key"
    assert caught.value.__context__ is None
    return caught.value, time.monotonic() - started
