"""The door to the OpenAI SDK: models behind Chat Completions."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from index_store.endpoint import Call, Fault, Faulted, Target, unusable
from prompts import Prompt
from qa.errors import ReplyFilteredError, TextTooLongError
from qa.llm.payload import Delta, read_payload
from qa.llm.reply import CHARACTERS, Reply, ReplyStream, whole_reply
from qa.llm.settings import ModelSettings

if TYPE_CHECKING:
    from openai import OpenAI

_BYTES = 4096  # of a response, for each token: a stream has an event of some hundred bytes for each
_MORE_BYTES = 1_000_000  # around the tokens


class OpenAIModel:
    """A model of OpenAI, or of any server with its Chat Completions: Ollama, vLLM, llama.cpp, LM Studio."""

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        names = settings.variables
        self.target = Target(
            settings.model,
            settings.endpoint,
            url_variable=names.url,
            key_variable=names.key,
            model_variable=names.model,
        )
        self.name = self.target.shown_model
        self.context_tokens = settings.context_tokens
        self.max_output_tokens = settings.max_output_tokens
        self._unknown: set[str] = set()  # arguments that this model or its server has turned down

    def complete(self, prompt: Prompt) -> Reply:
        """The whole reply; its errors are the `ModelError`s of qa/errors.py."""
        return whole_reply(_Request(self, prompt, streamed=False))

    def stream(self, prompt: Prompt) -> ReplyStream:
        """The reply in pieces; nothing is sent before the first is asked for."""
        return ReplyStream(_Request(self, prompt, streamed=True))

    def arguments(self, prompt: Prompt, *, streamed: bool) -> dict[str, Any]:
        """What is sent, without what was turned down before."""
        length = "max_completion_tokens" if "max_tokens" in self._unknown else "max_tokens"
        arguments: dict[str, Any] = {
            "model": self.settings.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user.encode("utf-8", "replace").decode()},  # no lone surrogates
            ],
            "temperature": self.settings.temperature,
            length: self.settings.max_output_tokens,
        }
        if streamed:
            arguments |= {"stream": True, "stream_options": {"include_usage": True}}
        return {name: value for name, value in arguments.items() if name not in self._unknown}

    def adapt(self, fault: Fault) -> bool:
        """Whether an argument was turned down that can be done without; it is left out from now on."""
        turned_down = _turned_down(fault) - self._unknown
        self._unknown |= turned_down
        return bool(turned_down)


class _Request:
    """One question to the model; a `Source` of a reply."""

    def __init__(self, model: OpenAIModel, prompt: Prompt, *, streamed: bool) -> None:
        self.target = model.target
        self.most_characters = CHARACTERS * model.max_output_tokens
        self.streamed = streamed
        self._asked, self._prompt = model, prompt
        self._call = Call(
            self.target,
            self._chunks if streamed else self._completion,
            self._adapt,
            most_bytes=_MORE_BYTES + _BYTES * model.max_output_tokens,
        )

    @property
    def requests(self) -> int:
        return self._call.requests

    @property
    def begun(self) -> bool:
        return self._call.begun

    def __iter__(self) -> Iterator[Delta]:
        return iter(self._call)

    def close(self) -> None:
        self._call.close()

    def _adapt(self, fault: Fault) -> bool:
        if fault.status and fault.code == "content_filter":  # the prompt was filtered, before any reply
            raise ReplyFilteredError(f"{fault.error}; the server's filter declined the articles or the question")
        return self._asked.adapt(fault)

    def _completion(self, client: "OpenAI") -> Iterator[Delta]:
        arguments = self._asked.arguments(self._prompt, streamed=False)
        answer = client.chat.completions.with_raw_response.create(**arguments)
        yield self._delta(json.loads(answer.content), whole=True)  # the SDK would take a web page for a reply

    def _chunks(self, client: "OpenAI") -> Iterator[Delta]:
        stream = cast(Any, client.chat.completions.create(**self._asked.arguments(self._prompt, streamed=True)))
        come = False
        with stream:
            for chunk in stream:
                come = True
                yield self._delta(chunk.to_dict() if hasattr(chunk, "to_dict") else chunk, whole=False)
        if not come:
            raise Faulted(unusable("answered with something else than a stream", self.target))

    def _delta(self, payload: Any, *, whole: bool) -> Delta:
        delta = read_payload(payload)
        if isinstance(payload, dict) and payload.get("error"):
            error = payload["error"]
            said = self.target.quoted(error.get("message") if isinstance(error, dict) else error)
            raise Faulted(unusable(f"reported an error in place of a reply: {said}", self.target))
        if delta is None or (whole and not payload.get("choices")):
            raise Faulted(unusable("answered with something else than a reply", self.target))
        return delta


def _turned_down(fault: Fault) -> set[str]:
    """Arguments that a server does not take, by its code where it has one, by its sentence where it has not."""
    if fault.status not in {400, 422} or isinstance(fault.error, TextTooLongError):
        return set()
    said = fault.said.casefold()
    if fault.param == "stream_options" or "stream_options" in said:
        return {"stream_options"}
    if fault.code in {"unsupported_parameter", "unsupported_value"} and fault.param in {"max_tokens", "temperature"}:
        return {fault.param}
    if any(word in said for word in ("unsupported", "not support", "deprecated", "unrecognized", "not permitted")):
        return {name for name in ("max_tokens", "temperature") if name in said.replace("max_completion_tokens", "")}
    return set()
