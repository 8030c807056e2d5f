"""The payload: what a server sends of a reply, read as far as it can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from qa.llm.usage import Usage


@dataclass(frozen=True, slots=True)
class Delta:
    """What one message of the server adds to a reply; a reply that comes whole is one."""

    text: str = ""
    refusal: str = ""  # the model's own sentence that it will not write
    finish: str = ""  # why the reply ends here; empty when it goes on
    usage: Usage | None = None  # tokens alone; None when not reported here
    model: str = ""


class _Details(BaseModel):
    cached_tokens: int | None = None


class _Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int = 0
    prompt_tokens_details: _Details | None = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message | None = None
    delta: _Message | None = None
    finish_reason: str | None = None


class _Payload(BaseModel):
    choices: list[_Choice] | None = None
    model: str | None = None


def read_payload(payload: object) -> Delta | None:
    """The payload of Chat Completions, whole or a chunk; None when it is no such thing."""
    try:
        read = _Payload.model_validate(payload)
    except ValidationError:
        return None
    usage = read_usage(payload.get("usage") if isinstance(payload, Mapping) else None)
    if not read.choices:
        return Delta(usage=usage, model=read.model or "")
    choice = read.choices[0]
    message = choice.message or choice.delta or _Message()
    return Delta(message.content or "", message.refusal or "", choice.finish_reason or "", usage, read.model or "")


def read_usage(usage: Any) -> Usage | None:
    """The tokens counted in an object of that name; None when it is missing or holds something else."""
    try:
        read = _Usage.model_validate(usage, from_attributes=True)
    except ValidationError:
        return None
    cached = (read.prompt_tokens_details.cached_tokens or 0) if read.prompt_tokens_details else 0
    prompt_tokens, completion_tokens = max(0, read.prompt_tokens), max(0, read.completion_tokens)
    return Usage(0, prompt_tokens, completion_tokens, min(max(0, cached), prompt_tokens))
