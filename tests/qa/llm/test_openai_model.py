import threading
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from pydantic import SecretStr

from prompts import Prompt
from qa.errors import ModelRefusedError
from qa.llm import Usage
from tests.qa.llm.conftest import ModelOf
from tests.scripted_server import Received, Script, Serve, error, raw, reply, stall, stream


def unsupported(param: str, code: str = "unsupported_parameter") -> Script:
    message = f"Unsupported parameter: '{param}' is not supported with this model."
    return raw(
        {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}, status=400
    )


def test_complete_gives_text_usage_and_the_servers_name_of_the_model(
    serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(reply("The warden did.", usage=(12, 4)))

    answer = model_of(server).complete(prompt)

    assert (answer.text, answer.model) == ("The warden did.", "scripted")
    assert answer.usage == Usage(1, 12, 4, 0, answer.usage.seconds, known=True)
    assert 0 < answer.usage.seconds < 10


def test_request_holds_the_prompt_and_the_settings(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(reply("Yes."))
    model_of(
        server, api_key=SecretStr("sk-mine"), organisation="org-7", temperature=0.3, max_output_tokens=55
    ).complete(prompt)

    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == "Bearer sk-mine"
    assert request.headers["openai-organization"] == "org-7"
    assert request.body == {
        "model": "scripted",
        "messages": [
            {"role": "system", "content": "Answer from the passages."},
            {"role": "user", "content": "Who shut the Vennay sluice?"},
        ],
        "temperature": 0.3,
        "max_tokens": 55,
    }


def test_server_without_a_key_gets_nobodys(
    serve: Serve, model_of: ModelOf, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-server")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-server")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-another-server")
    server = serve(reply("Yes."))
    model_of(server).complete(prompt)

    assert "of-another-server" not in str(server.requests[0].headers)


def test_lone_surrogate_of_a_broken_page_is_sent_as_a_question_mark(serve: Serve, model_of: ModelOf) -> None:
    server = serve(reply("Yes."))
    model_of(server).complete(Prompt("Answer.", "shut \ud83d today"))

    assert server.requests[0].body["messages"][1]["content"] == "shut ? today"


def test_stream_gives_the_pieces_and_the_usage_of_the_chunk_without_choices(
    serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(stream(["The ", "warden."], usage=(9, 2)))

    with model_of(server).stream(prompt) as pieces:
        assert pieces.usage == Usage(), "nothing is sent before the first piece is asked for"
        assert list(pieces) == ["The ", "warden."]

    assert pieces.text == "The warden."
    assert pieces.usage == Usage(1, 9, 2, 0, pieces.usage.seconds, known=True)
    assert server.requests[0].body["stream_options"] == {"include_usage": True}


def test_text_and_usage_grow_with_the_pieces(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    pieces = model_of(serve(stream(["The ", "warden."]))).stream(prompt)

    assert next(pieces) == pieces.text == "The "
    assert (pieces.usage.requests, pieces.usage.known) == (1, False)
    assert next(pieces) == "warden."
    assert pieces.text == "The warden."


def test_usage_that_is_not_reported_is_not_known(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(stream(["Yes."]), reply("Yes.", usage=None))
    model = model_of(server)
    pieces = model.stream(prompt)

    assert list(pieces) == ["Yes."]
    assert not pieces.usage.known
    assert not model.complete(prompt).usage.known


def test_cached_tokens_are_counted(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    usage = {"prompt_tokens": 10, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 8}}
    choice = {"message": {"content": "Yes."}, "finish_reason": "stop"}

    assert model_of(serve(raw({"choices": [choice], "usage": usage}))).complete(prompt).usage.cached_tokens == 8


@pytest.mark.parametrize("status", [429, 500, 503])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_fault_that_passes_is_asked_again(
    status: int, streamed: bool, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(error(status), stream(["Yes."]) if streamed else reply("Yes."))
    model = model_of(server)
    pieces = model.stream(prompt)

    assert (list(pieces) if streamed else [model.complete(prompt).text]) == ["Yes."]
    assert len(server.requests) == 2
    assert not streamed or pieces.usage.requests == 2


@pytest.mark.parametrize("attempts", [1, 2, 3])
def test_attempts_are_the_requests_in_all(attempts: int, serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(*[error(429, retry_after="0")] * (attempts - 1), reply("Yes."))

    assert model_of(server, attempts=attempts).complete(prompt).usage.requests == attempts


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        pytest.param({"retry_after": "0.4"}, 0.4, 8, id="seconds"),
        pytest.param({"retry_after_ms": "400", "retry_after": "60"}, 0.4, 8, id="thousandths"),
        pytest.param({"retry_after": "-5"}, 0.0, 0.6, id="in the past"),
        pytest.param({"retry_after": "soon"}, 0.1, 1.0, id="no time at all"),
    ],
)
def test_wait_is_what_the_server_asks_for(
    header: dict[str, str], low: float, high: float, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(error(429, **header), reply("Yes."))
    model_of(server).complete(prompt)

    first, second = server.requests
    assert low <= second.time - first.time < high


def test_wait_until_a_date_is_kept(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    def in_a_second(_: Received) -> Script:
        moment = datetime.now(timezone.utc) + timedelta(seconds=2)  # a date has no fractions: one to two seconds
        return error(503, retry_after=format_datetime(moment, usegmt=True))

    server = serve(in_a_second, reply("Yes."))
    model_of(server).complete(prompt)

    first, second = server.requests
    assert 0.9 <= second.time - first.time < 10


@pytest.mark.parametrize(
    ("script", "gone", "instead"),
    [
        pytest.param(unsupported("max_tokens"), "max_tokens", "max_completion_tokens", id="max_tokens"),
        pytest.param(unsupported("temperature", "unsupported_value"), "temperature", None, id="temperature"),
        pytest.param(error(400, None, "`temperature` is deprecated for this model."), "temperature", None, id="words"),
        pytest.param(
            error(400, None, "Unsupported parameter: use 'max_completion_tokens' instead of 'max_tokens'"),
            "max_tokens",
            "max_completion_tokens",
            id="max_tokens in words",
        ),
    ],
)
def test_argument_that_is_turned_down_is_left_out_from_then_on(
    script: Script, gone: str, instead: str | None, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(script, reply("Yes."))
    model = model_of(server, attempts=1)

    assert model.complete(prompt).usage.requests == 2
    assert model.complete(prompt).usage.requests == 1
    assert [gone in request.body for request in server.requests] == [True, False, False]
    assert instead is None or server.requests[2].body[instead] == model.max_output_tokens


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(error(400, None, "Unrecognized request argument supplied: stream_options"), id="400"),
        pytest.param(raw({"detail": [{"loc": ["body", "stream_options"], "msg": "extra"}]}, status=422), id="422"),
    ],
)
def test_server_that_does_not_report_usage_in_streams_is_asked_without(
    script: Script, serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(script, stream(["Yes."]))
    model = model_of(server, attempts=1)

    for requests in (2, 1):
        pieces = model.stream(prompt)
        assert list(pieces) == ["Yes."]
        assert (pieces.usage.requests, pieces.usage.known) == (requests, False)
    assert ["stream_options" in request.body for request in server.requests] == [True, False, False]


def test_several_arguments_may_be_turned_down_one_after_the_other(
    serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(unsupported("max_tokens"), unsupported("temperature", "unsupported_value"), reply("Yes."))

    assert model_of(server).complete(prompt).usage.requests == 3


def test_argument_that_is_turned_down_for_ever_is_asked_about_once(
    serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(unsupported("temperature"))
    with pytest.raises(ModelRefusedError, match="not supported with this model"):
        model_of(server).complete(prompt)
    assert len(server.requests) == 2


def test_thoughts_are_no_part_of_the_text(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    thought = {"reasoning_content": "They ask about the sluice.", "reasoning": "So do I."}
    model = model_of(
        serve(
            reply("<think>The sluice, hm.</think>\n\nThe warden.", **thought),
            stream([thought, "<th", "ink>The sluice", ", hm.</thi", "nk>\n\n", "The ", "warden."]),
        )
    )

    assert model.complete(prompt).text == "The warden."
    assert list(model.stream(prompt)) == ["The ", "warden."]


def test_close_breaks_the_connection_at_once(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(stream(["one ", "two "], delay=0.02, then=[*stream(["three"], delay=30).steps]))
    with model_of(server, read_timeout_s=30).stream(prompt) as pieces:
        assert next(pieces) == "one "

    assert server.left.wait(8)
    assert list(pieces) == []
    assert pieces.text == "one "


def test_another_thread_may_close_a_stream_that_waits(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    server = serve(stall(30))
    pieces = model_of(server, read_timeout_s=30).stream(prompt)
    threading.Timer(0.2, pieces.close).start()
    started = time.monotonic()

    assert list(pieces) == []
    assert time.monotonic() - started < 8
    assert server.left.wait(8)


def test_stream_that_was_closed_before_its_first_piece_sends_nothing(
    serve: Serve, model_of: ModelOf, prompt: Prompt
) -> None:
    server = serve(stream(["Yes."]))
    pieces = model_of(server).stream(prompt)
    pieces.close()

    assert list(pieces) == []
    assert server.requests == []
    assert pieces.usage == Usage()


def test_reply_that_is_complete_needs_no_proper_end(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    end = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'

    assert list(model_of(serve(stream(["Yes."], then=[end, b"data: {\n\n"]))).stream(prompt)) == ["Yes."]


def test_model_says_its_name_and_its_limits(model_of: ModelOf) -> None:
    model = model_of("http://127.0.0.1:9/v1", context_tokens=9000, max_output_tokens=300)

    assert (model.name, model.context_tokens, model.max_output_tokens) == ("scripted", 9000, 300)


def test_one_model_serves_several_threads(serve: Serve, model_of: ModelOf, prompt: Prompt) -> None:
    from concurrent.futures import ThreadPoolExecutor

    server = serve(lambda request: reply(request.body["messages"][1]["content"]))
    model = model_of(server, read_timeout_s=5)
    questions = [f"Question {number}?" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        replies = pool.map(lambda question: model.complete(Prompt("Repeat.", question)).text, questions)

    assert list(replies) == questions
