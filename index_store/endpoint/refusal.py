"""The refusal: what an HTTP status other than success says."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from index_store.endpoint.fault import Fault
from index_store.endpoint.target import Target
from index_store.errors import (
    ModelAccessError,
    ModelBusyError,
    ModelError,
    ModelNotFoundError,
    ModelRefusedError,
    ModelUnavailableError,
    TextTooLongError,
)

# As OpenAI, vLLM, llama.cpp, LM Studio, Ollama and others word it; `param` and `code` are missing in most of them.
_TOO_LONG = re.compile(
    r"context[ _-](?:length|size|window|limit)|exceed_context|context the overflows|maximum (?:prompt|input) length"
    r"|(?:prompt|input|request) is too (?:long|large)|too many (?:input )?tokens|reduce the length",
    re.IGNORECASE,
)
_NO_MONEY = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}


def refusal_of(status: int, body: object, headers: Mapping[str, str], target: Target) -> Fault:
    """The fault behind a status, with what the server said about it.

    `body` is the error object of the reply, or a text; `headers` are looked up in lower case.
    """
    content: Mapping[str, Any] = body if isinstance(body, Mapping) else {"message": body}
    said = target.quoted(content.get("message") or content.get("detail") or content.get("error"))
    code = str(content.get("code") or content.get("type") or "")
    kind = {code, str(content.get("type") or "")}
    again = (status == 429 and not kind & _NO_MONEY) or status >= 500
    return Fault(
        _error(status, kind, said, headers, target),
        again=again,
        wait_s=_asked_wait(headers) if again else None,
        status=status,
        code=code,
        param=str(content.get("param") or ""),
        said=said,
    )


def _error(status: int, kind: set[str], said: str, headers: Mapping[str, str], target: Target) -> ModelError:
    reason = f": {said}" if said else ""
    if 300 <= status < 400:
        where = target.quoted(headers.get("location", "").partition("?")[0]) or "another address"
        text = f"sends requests on to {where} (status {status}), which is not followed; {target.address_advice}"
        return ModelRefusedError(f"{target.server} {text}")
    if status in {401, 403}:
        return ModelAccessError(f"{target.server} refused the key (status {status}){reason}; {target.key_advice}")
    if status == 404:
        text = f"does not have model {target.shown_model!r} (status 404){reason}; {target.model_advice}"
        return ModelNotFoundError(f"{target.server} {text}")
    if status == 402 or kind & _NO_MONEY:
        text = f"has no quota left for the key (status {status}){reason}; check the account that the key belongs to"
        return ModelBusyError(f"{target.server} {text}")
    if status == 429:
        return ModelBusyError(f"{target.server} is busy (status 429){reason}; try again later")
    if status >= 500:
        return ModelUnavailableError(f"{target.server} failed (status {status}){reason}; try again later")
    if status == 413 or "context_length_exceeded" in kind or _TOO_LONG.search(said + " ".join(kind)):
        text = f"the text is longer than model {target.shown_model!r} reads (status {status}){reason}"
        return TextTooLongError(f"{text}; {target.length_advice}")
    return ModelRefusedError(f"{target.server} refused the request (status {status}){reason}")


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait, given as such, in thousandths or as a date; None when it does not say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time())
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
