"""The key goes to the server and nowhere else."""

import logging
import traceback

import pytest
from pydantic import SecretStr

from prompts import Prompt
from qa.errors import ModelError
from qa.llm import Reply
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
        pytest.param(raw("", status=302, headers={"Location": "http://127.0.0.1:1/v2"}), id="redirect"),
        pytest.param(cut_after(1, reset=True), id="cut"),
        pytest.param(hang_up(), id="reset"),
        pytest.param(stall(3), id="stall"),
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
    model = model_of(server, api_key=SecretStr(KEY))

    seen = repr(model) + repr(model.settings)
    try:
        seen += repr(list(model.stream(prompt)) if streamed else _text(model.complete(prompt)))
    except ModelError as fault:
        seen += "".join(traceback.format_exception(fault))

    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert "hush" not in seen
    assert "hush" not in "".join(record.getMessage() + repr(record.args) for record in caplog.records)


def _text(reply: Reply) -> str:
    return reply.text
