import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.llms import LLM, CustomLLM, MockLLM

from prompts import Prompt
from qa.errors import (
    ModelAccessError,
    ModelBusyError,
    ModelError,
    ModelNotFoundError,
    ModelReplyError,
    ModelTimeoutError,
    ModelUnavailableError,
    ReplyFilteredError,
    ReplyInterruptedError,
    TextTooLongError,
)
from qa.llm import LlamaIndexModel, usage_of
from tests.scripted_server import (
    Pause,
    Script,
    ScriptedServer,
    Serve,
    cut_after,
    error,
    free_port,
    hang_up,
    raw,
    reply,
    stall,
    stream,
)

KEY = "sk-hush-0123456789abcdef"


class ScriptedLLM(CustomLLM):
    """Writes pieces, then fails if it is to."""

    pieces: tuple[str, ...] = ("The ", "warden.")
    fault: Any = None
    raw_reply: Any = None
    asked: list[Any] = []  # noqa: RUF012 - a field of pydantic, which copies it

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=2000, num_output=300, model_name="written")

    def chat(self, messages: Sequence[ChatMessage], **_: Any) -> ChatResponse:
        self.asked.append([(message.role.value, message.content) for message in messages])
        if self.fault:
            raise self.fault
        return ChatResponse(message=ChatMessage(content="".join(self.pieces)), raw=self.raw_reply)

    def stream_chat(self, messages: Sequence[ChatMessage], **_: Any) -> Iterator[ChatResponse]:  # type: ignore[override]
        for end in range(1, len(self.pieces) + 1):
            yield ChatResponse(message=ChatMessage(content="".join(self.pieces[:end])), raw=self.raw_reply)
        if self.fault:
            raise self.fault

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        raise AssertionError("only chat is asked for")

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:
        raise AssertionError("only chat is asked for")


def test_any_llm_completes_and_streams(prompt: Prompt) -> None:
    llm = ScriptedLLM()
    model = LlamaIndexModel(llm)

    assert (model.name, model.context_tokens, model.max_output_tokens) == ("written", 2000, 300)
    answer = model.complete(prompt)
    assert (answer.text, answer.model, answer.usage.requests, answer.usage.known) == (
        "The warden.",
        "written",
        1,
        False,
    )
    assert llm.asked == [[("system", prompt.system), ("user", prompt.user)]]
    assert list(model.stream(prompt)) == ["The ", "warden."]


def test_limits_may_be_given(prompt: Prompt) -> None:
    model = LlamaIndexModel(MockLLM(), context_tokens=800, max_output_tokens=50)

    assert (model.name, model.context_tokens, model.max_output_tokens) == ("MockLLM", 800, 50)
    assert model.complete(prompt).text


@pytest.mark.parametrize(
    ("fault", "expected", "says"),
    [
        pytest.param(RuntimeError(f"out of luck {KEY}"), ModelUnavailableError, "RuntimeError: out of luck", id="any"),
        pytest.param(KeyError("choices"), ModelReplyError, "cannot be read", id="a broken reply"),
        pytest.param(ValueError("no JSON"), ModelReplyError, "cannot be read", id="no JSON"),
        pytest.param(ConnectionRefusedError(), ModelUnavailableError, "refused the connection", id="refused"),
        pytest.param(type("Busy", (Exception,), {"status_code": 429})(), ModelBusyError, "429", id="a status"),
    ],
)
def test_fault_of_any_llm_is_translated(
    fault: Exception, expected: type[ModelError], says: str, prompt: Prompt
) -> None:
    model = LlamaIndexModel(ScriptedLLM(fault=fault))
    with pytest.raises(expected, match=says) as caught:
        model.complete(prompt)
    assert caught.value.__context__ is None
    assert KEY not in str(caught.value)
    assert (usage_of(caught.value).requests, usage_of(caught.value).known) == (1, False)

    with pytest.raises(ReplyInterruptedError, match=says) as interrupted:
        list(model.stream(prompt))
    assert interrupted.value.partial == "The warden."


def test_empty_reply_of_any_llm_is_an_error(prompt: Prompt) -> None:
    with pytest.raises(ModelReplyError, match="wrote nothing"):
        LlamaIndexModel(ScriptedLLM(pieces=())).complete(prompt)


@pytest.mark.parametrize(
    ("raw_reply", "expected"),
    [
        pytest.param({"done": True, "done_reason": "length"}, ReplyInterruptedError, id="Ollama, cut at its limit"),
        pytest.param({"choices": [{"finish_reason": "content_filter"}]}, ReplyFilteredError, id="filtered"),
    ],
)
def test_reason_for_the_end_is_read_from_what_the_server_sent(
    raw_reply: object, expected: type[ModelError], prompt: Prompt
) -> None:
    model = LlamaIndexModel(ScriptedLLM(raw_reply=raw_reply))
    for ask in (model.complete, lambda prompt: list(model.stream(prompt))):
        with pytest.raises(expected):
            ask(prompt)


def test_tokens_are_read_from_what_the_server_sent(prompt: Prompt) -> None:
    usage = {"prompt_tokens": 11, "completion_tokens": 2}
    answer = LlamaIndexModel(ScriptedLLM(raw_reply={"usage": usage})).complete(prompt)

    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.known) == (11, 2, True)


def test_length_is_bound_by_what_the_model_reads_as_nobody_told_it_another(prompt: Prompt) -> None:
    llm = ScriptedLLM(pieces=("word " * 500, "word " * 500))

    assert LlamaIndexModel(llm, context_tokens=400, max_output_tokens=10).complete(prompt).text == "word " * 1000
    with pytest.raises(ReplyInterruptedError, match="longer than asked for") as caught:
        list(LlamaIndexModel(llm, context_tokens=200, max_output_tokens=10).stream(prompt))
    assert len(caught.value.partial) == 3200
    assert usage_of(caught.value).requests == 1


def openai_like(server: str) -> LLM:
    integration = pytest.importorskip("llama_index.llms.openai_like")
    llm: LLM = integration.OpenAILike(
        model="scripted",
        api_base=server,
        api_key=KEY,
        is_chat_model=True,
        max_retries=0,
        timeout=1.5,
        context_window=4000,
        max_tokens=200,
    )
    return llm


def ollama(server: str) -> LLM:
    integration = pytest.importorskip("llama_index.llms.ollama")
    llm: LLM = integration.Ollama(
        model="scripted", base_url=server.removesuffix("/v1"), request_timeout=1.5, context_window=4000
    )
    return llm


def ollama_reply(text: str, **fields: Any) -> Script:
    return raw({"model": "scripted", "message": {"role": "assistant", "content": text}, "done": True, **fields})


def ollama_stream(*lines: object, end: bytes | Pause = b"") -> Script:
    import json

    return Script(
        (*(json.dumps(line).encode() + b"\n" for line in lines), end), headers={"Content-Type": "application/x-ndjson"}
    )


def piece(text: str, **fields: Any) -> dict[str, Any]:
    return {"model": "scripted", "message": {"role": "assistant", "content": text}, "done": False, **fields}


COUNTS = {"prompt_eval_count": 5, "eval_count": 2}
GOOD = {
    "openai-like": (openai_like, reply("The warden.", usage=(5, 2)), stream(["The ", "warden."])),
    "ollama": (
        ollama,
        ollama_reply("The warden.", done_reason="stop", **COUNTS),
        ollama_stream(piece("The "), piece("warden."), piece("", done=True, done_reason="stop", **COUNTS)),
    ),
}


@pytest.mark.parametrize(("build", "whole", "pieces"), GOOD.values(), ids=GOOD.keys())
def test_integration_completes_and_streams(
    build: Callable[[str], LLM], whole: Script, pieces: Script, serve: Serve, prompt: Prompt
) -> None:
    model = LlamaIndexModel(build(serve(whole, pieces).url))

    answer = model.complete(prompt)
    assert (answer.text, model.name, model.context_tokens) == ("The warden.", "scripted", 4000)
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.known) == (5, 2, True)
    assert [text for text in model.stream(prompt) if text] == ["The ", "warden."]


@pytest.mark.parametrize("build", [openai_like, ollama], ids=["openai-like", "ollama"])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(error(401, "invalid_api_key", f"wrong key {KEY}"), ModelAccessError, id="401"),
        pytest.param(error(404), ModelNotFoundError, id="404"),
        pytest.param(error(429), ModelBusyError, id="429"),
        pytest.param(error(500), ModelUnavailableError, id="500"),
        pytest.param(error(400, None, "maximum context length is 10 tokens"), TextTooLongError, id="too long"),
        pytest.param(raw("<html>hello</html>"), ModelReplyError, id="a page"),
        pytest.param(stall(30), ModelTimeoutError, id="stall"),
        pytest.param(hang_up(), ModelUnavailableError, id="reset"),
        pytest.param(None, ModelUnavailableError, id="nobody there"),
    ],
)
def test_fault_of_an_integration_is_translated(
    build: Callable[[str], LLM],
    streamed: bool,
    script: Script | None,
    expected: type[ModelError],
    serve: Serve,
    prompt: Prompt,
) -> None:
    model = LlamaIndexModel(build(serve(script).url if script else f"http://127.0.0.1:{free_port()}/v1"))
    with pytest.raises(expected) as caught:
        list(model.stream(prompt)) if streamed else model.complete(prompt)

    assert type(caught.value) is expected
    assert "hush" not in "".join(traceback.format_exception(caught.value))


INTERRUPTED = {
    "openai-like, reset": (openai_like, cut_after(2, reset=True), "piece1 piece2 "),
    "openai-like, no end": (openai_like, stream(["Half "], finish=None), "Half "),
    "openai-like, stalled": (openai_like, stream(["Half "], then=[Pause(30)]), "Half "),
    "ollama, error object": (ollama, ollama_stream(piece("Half "), {"error": "the card is gone"}), "Half "),
    "ollama, no end": (ollama, ollama_stream(piece("Half ")), "Half "),
    "ollama, stalled": (ollama, ollama_stream(piece("Half "), end=Pause(30)), "Half "),
}


@pytest.mark.parametrize(("build", "script", "kept"), INTERRUPTED.values(), ids=INTERRUPTED.keys())
def test_interrupted_stream_of_an_integration_keeps_what_had_come(
    build: Callable[[str], LLM], script: Script, kept: str, serve: Serve, prompt: Prompt
) -> None:
    with pytest.raises(ReplyInterruptedError) as caught:
        list(LlamaIndexModel(build(serve(script).url)).stream(prompt))

    assert caught.value.partial == kept


@pytest.mark.parametrize("build", [openai_like, ollama], ids=["openai-like", "ollama"])
def test_close_ends_the_request_of_an_integration(build: Callable[[str], LLM], serve: Serve, prompt: Prompt) -> None:
    slow = {
        openai_like: stream(["one ", "two "], then=[Pause(30)]),
        ollama: ollama_stream(piece("one "), piece("two "), end=Pause(30)),
    }
    server: ScriptedServer = serve(slow[build])
    pieces = LlamaIndexModel(build(server.url)).stream(prompt)
    assert next(pieces) == "one "
    pieces.close()

    assert server.left.wait(8)
    assert list(pieces) == []
