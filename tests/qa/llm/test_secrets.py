"""The key goes to the server and nowhere else."""

import logging
import traceback
from dataclasses import replace

import pytest
from pydantic import SecretStr

from prompts import Prompt
from qa.errors import ModelError, ReplyInterruptedError
from qa.llm import OpenAIModel
from tests.qa.llm.conftest import ModelOf
from tests.scripted_server import Script, Serve, cut_after, error, hang_up, raw, reply, stall, stream

KEY = "sk-hush-0123456789abcdef"
ECHO = f"Incorrect API key provided: {KEY}. You sent Bearer {KEY}."


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(reply("Yes."), id="reply"),
        pytest.param(stream(["Yes."]), id="stream"),
        pytest.param(error(401, "invalid_api_key", ECHO), id="401 that repeats the key"),
        pytest.param(error(429, None, ECHO), id="429 that repeats the key"),
        pytest.param(raw(f"<html>{KEY}</html>", status=500), id="a page that repeats the key"),
        pytest.param(raw({"error": {"message": ECHO}}), id="200 that repeats the key"),
        pytest.param(stream([], then=[f'data: {{"error": {{"message": "{ECHO}"}}}}\n\n'.encode()]), id="in the stream"),
        pytest.param(reply(f"It is {KEY}."), id="reply that repeats the key"),
        pytest.param(reply(f"It is {KEY}.", finish="length"), id="broken reply that repeats the key"),
        pytest.param(reply(None, refusal=f"no: {KEY}"), id="refusal that repeats the key"),
        pytest.param(stream(["It is ", KEY]), id="stream that repeats the key"),
        pytest.param(stream(["It is ", *KEY, "."]), id="stream that repeats the key by letters"),
        pytest.param(stream(["It is ", *KEY[:-1]], finish=None), id="stream that breaks off in the key"),
        pytest.param(stream([{"refusal": f"no: {KEY[:9]}"}, {"refusal": KEY[9:]}]), id="refusal in pieces"),
        pytest.param(raw({"choices": [{"message": {"content": "Yes."}}], "model": KEY}), id="a model named like it"),
        pytest.param(raw("", status=302, headers={"Location": "http://127.0.0.1:1/v2"}), id="redirect"),
        pytest.param(cut_after(1, reset=True), id="cut"),
        pytest.param(hang_up(), id="reset"),
        pytest.param(stall(30), id="stall"),
    ],
)
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_key_is_in_no_message_and_no_log(
    script: Script,
    streamed: bool,
    serve: Serve,
    model_of: ModelOf,
    prompt: Prompt,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2"):
        caplog.set_level(logging.DEBUG, logger=name)
    server = serve(script)
    model = model_of(server, api_key=SecretStr(KEY), read_timeout_s=1.0)

    seen = repr(model) + repr(model.settings) + _all_shown(model, prompt, streamed=streamed)

    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert "hush" not in seen
    assert "hush" not in "".join(record.getMessage() + repr(record.args) for record in caplog.records)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(error(404), id="404"),
        pytest.param(error(413), id="413"),
        pytest.param(error(500), id="500"),
        pytest.param(reply("Half", finish="length"), id="length"),
        pytest.param(reply(" "), id="nothing"),
        pytest.param(reply("Half", finish="content_filter"), id="filter"),
        pytest.param(raw("<html>hello</html>"), id="a page"),
    ],
)
@pytest.mark.parametrize("given", [SecretStr(KEY), None], ids=["key", "no key"])
def test_key_in_the_place_of_an_address_or_a_model_is_in_no_message(
    script: Script, given: SecretStr | None, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(script)
    model = OpenAIModel(
        replace(model_of(server).settings, base_url=server.url.replace("/v1", f"/{KEY}/v1"), model=KEY, api_key=given)
    )

    assert "hush" not in model.name + _all_shown(model, prompt, streamed=False)
    assert server.requests[0].path == f"/{KEY}/v1/chat/completions"
    assert server.requests[0].body["model"] == KEY


def test_word_in_the_place_of_a_key_is_left_in_the_reply(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    model = model_of(serve(reply("The ollama was none too fast.")), api_key=SecretStr("ollama"))

    assert model.complete(prompt).text == "The ollama was none too fast."


def _all_shown(model: OpenAIModel, prompt: Prompt, *, streamed: bool) -> str:
    pieces = model.stream(prompt)
    try:
        return repr(list(pieces) if streamed else model.complete(prompt)) + pieces.text + pieces.model
    except ModelError as fault:
        partial = fault.partial if isinstance(fault, ReplyInterruptedError) else ""
        return "".join(traceback.format_exception(fault)) + partial + pieces.text + pieces.model
