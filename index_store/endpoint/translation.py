"""The translation: exceptions of the SDK and of its transports become faults of ours."""

import socket
import ssl
import sys
from collections.abc import Iterator

from index_store.endpoint.fault import Fault, Faulted
from index_store.endpoint.refusal import refusal_of
from index_store.endpoint.target import Target
from index_store.errors import ModelReplyError, ModelSettingsError, ModelTimeoutError, ModelUnavailableError

_TRANSPORTS = ("httpx", "httpx2")  # openai 2 rides on the first, openai 3 on the second


def fault_of(error: BaseException, target: Target) -> Fault | None:
    """What `error` means for a caller; None when it is nothing that a model or its server brings about."""
    import openai

    faulted = next((cause for cause in _chain(error) if isinstance(cause, Faulted)), None)
    if faulted:  # raised while the SDK read from its transport, it comes out as a cause
        return faulted.fault
    if isinstance(error, openai.APIStatusError):
        return refusal_of(error.status_code, error.body, error.response.headers, target)
    if isinstance(error, (openai.APIConnectionError, ConnectionError, *_types("TransportError"))):
        return _connection_fault(error, target)
    if isinstance(error, openai.APIError):  # an error object inside a stream
        return _reported(target.quoted(error.message), error.code or "", target)
    if isinstance(error, openai.OpenAIError):
        return Fault(ModelSettingsError(f"model {target.shown_model!r} cannot be asked; {target.key_advice}"))
    return _foreign_fault(error, target)


def unusable(reason: str, target: Target) -> Fault:
    """A reply that cannot be used, `reason` saying why."""
    return Fault(ModelReplyError(f"{target.server} {reason}; {target.address_advice}, which must name a model server"))


def overlong(target: Target) -> Fault:
    """A response without an end, which would fill the memory."""
    text = f"{target.server} sent a reply longer than asked for; {target.address_advice}"
    return Fault(ModelReplyError(text), within=True)


def _foreign_fault(error: BaseException, target: Target) -> Fault | None:
    """Of exceptions that only models built by others raise, and of replies that cannot be read."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", getattr(response, "status_code", None))
    if isinstance(status, int):  # as many an SDK has it; Ollama's is -1 for an error object inside a stream
        said = getattr(error, "error", None) or getattr(error, "message", None) or str(error)
        if status < 300:
            return _reported(target.quoted(said), "", target)
        return refusal_of(status, {"message": said}, getattr(response, "headers", {}), target)
    if isinstance(error, (ValueError, *_types("RequestError"))):  # no JSON, broken compression
        return unusable("answered with something that cannot be read", target)
    return None


def _reported(said: str, code: str, target: Target) -> Fault:
    reason = f": {said}" if said else ""
    return Fault(ModelReplyError(f"{target.server} reported an error in its reply{reason}"), code=code, said=said)


def _connection_fault(error: BaseException, target: Target) -> Fault:
    chain = tuple(_chain(error))
    names = {type(cause).__name__ for cause in chain}
    if "ConnectTimeout" in names:
        text = f"did not accept a connection {target.deadline('connect')}; {target.address_advice}"
        return Fault(ModelUnavailableError(f"{target.server} {text}"), again=True)
    if any("Timeout" in name for name in names):
        text = f"sent nothing {target.deadline('read')}; try again, or raise that limit for a slow model"
        return Fault(ModelTimeoutError(f"{target.server} {text}"))
    if any(isinstance(cause, ssl.SSLError) for cause in chain):
        return _unreachable("has no certificate that is trusted here", target, again=False)
    if any(isinstance(cause, socket.gaierror) for cause in chain):
        return _unreachable("has a name that cannot be found", target)
    if "ProxyError" in names:
        return _unreachable("cannot be reached through the proxy that the environment names", target)
    if any(isinstance(cause, ConnectionRefusedError) for cause in chain):
        return _unreachable("refused the connection; start it", target, "or ")
    if "ConnectError" in names:
        return _unreachable("cannot be reached", target)
    return Fault(ModelUnavailableError(f"{target.server} closed the connection without a whole reply"), again=True)


def _unreachable(reason: str, target: Target, joint: str = "", *, again: bool = True) -> Fault:
    advice = f"{reason}, {joint}{target.address_advice}" if joint else f"{reason}; {target.address_advice}"
    return Fault(ModelUnavailableError(f"{target.server} {advice}"), again=again)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _types(name: str) -> tuple[type[BaseException], ...]:
    """The exceptions of that name in the transports that are loaded: one that is not cannot have raised."""
    return tuple(getattr(sys.modules[module], name) for module in _TRANSPORTS if module in sys.modules)
