"""The session: requests to a Chroma server, bounded in time, repeated where that helps, their faults as errors of ours.

Chroma's own waits for ever, and what it raises for a server that refuses or is none is a bare `Exception`.
"""

import json
import ssl
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx

from index_store.chroma_server import ChromaServer
from index_store.errors import ChromaServerAccessError, ChromaServerError, ChromaServerUnavailableError

_CONNECT_S = 5.0
_PAUSES_S = (0.1, 0.5, 1.5)  # before a request is sent again: a server that restarts is back within them
_PASSING = {429, 502, 503, 504}  # too many requests; a proxy whose server restarts
_OVERTAKEN = "Error finding id"  # said by a server whose search met a deletion; asked again, it finds what is left
_SAID_LENGTH = 300  # characters of a server's sentence that are repeated
_HIDDEN = "[hidden]"
_TELLING = 6  # characters; what is shorter is no secret, and may be part of any word


class MissingError(Exception):
    """The server has no such tenant, database or collection; never reaches a caller."""


class ServerSession(httpx.Client):
    """The transport that Chroma's client is given in place of its own; safe to use from several threads."""

    def __init__(self, server: ChromaServer, headers: Mapping[str, str]) -> None:
        self._server = server
        super().__init__(
            headers={**headers, **server.sent_headers},
            timeout=httpx.Timeout(server.timeout_s, connect=min(_CONNECT_S, server.timeout_s)),
            verify=trusted_certificates(),
            follow_redirects=False,  # a header goes nowhere but to the address it was given for
        )

    def request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Response:
        """The reply to a request, which may be sent again: all that are made leave the same, once or twice.

        Raises:
            ChromaServerError: the server cannot be reached, refuses, or is none.
            MissingError: what the request is about is not there.
        """
        for pause_s in (*_PAUSES_S, None):
            try:
                response = self._reply(method, url, **options)
            except httpx.TimeoutException as error:
                raise self._unanswered() from error
            except httpx.HTTPError as error:
                fault: Exception | None = self._unreachable(error)
            else:
                fault = self._fault(response)
            if fault is None:
                return response
            if pause_s is None or not isinstance(fault, ChromaServerUnavailableError):
                raise fault
            time.sleep(pause_s)
        raise AssertionError("the last attempt returns or raises")

    def _reply(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Response:
        """The response, read within the time for all of it: the transport's own limit counts from byte to byte."""
        deadline = time.monotonic() + self._server.timeout_s
        content = bytearray()
        with self.stream(method, url, **options) as response:
            if _is_json(response):  # else it is not looked at
                for part in response.iter_bytes():
                    content += part
                    if time.monotonic() > deadline:
                        raise httpx.ReadTimeout("the reply does not end", request=response.request)
        kind = {"content-type": response.headers.get("content-type", "")}
        return httpx.Response(response.status_code, headers=kind, content=bytes(content), request=response.request)

    def _fault(self, response: httpx.Response) -> Exception | None:
        """What a reply that is none of success says; None for success."""
        status, shown = response.status_code, self._server.shown
        kind, said = self._said(response)
        reason = f": {said}" if said else ""
        if response.is_success and _is_json(response):
            return None
        if 300 <= status < 400:
            text = f"{shown} sends requests on to another address (status {status}), which is not followed"
            return ChromaServerError(f"{text}; check --chroma-url")
        if status in {401, 403}:
            text = f"{shown} refused the headers (status {status}){reason}; check --chroma-header"
            return ChromaServerAccessError(text)
        if status in _PASSING or _OVERTAKEN in said:
            return ChromaServerUnavailableError(
                f"{shown} is busy or restarts (status {status}){reason}; try again later"
            )
        if kind == "NotFoundError":
            return MissingError(said)
        if kind and status != 404:
            return ChromaServerError(f"{shown} refused the request (status {status}){reason}")
        text = f"what answers at {self._server.url} is no Chroma server of version 1 or later (status {status})"
        return ChromaServerError(f"{text}; check --chroma-url")

    def _said(self, response: httpx.Response) -> tuple[str, str]:
        """The kind of fault and the sentence in a reply as Chroma words it; empty in any other."""
        try:
            body = json.loads(response.content) if not response.is_success else {}
        except ValueError:
            body = {}
        if not isinstance(body, dict) or not isinstance(body.get("error"), str) or "message" not in body:
            return "", ""
        text = self._without_secrets(" ".join(str(body["message"]).split()))
        return body["error"], text if len(text) <= _SAID_LENGTH else text[: _SAID_LENGTH - 1] + "…"

    def _unanswered(self) -> ChromaServerUnavailableError:
        text = f"{self._server.shown} did not answer within {self._server.timeout_s:g} s"
        return ChromaServerUnavailableError(f"{text}; see whether it runs and is not overloaded, then try again")

    def _unreachable(self, error: httpx.HTTPError) -> ChromaServerUnavailableError:
        reason = self._without_secrets(str(error)) or type(error).__name__
        text = f"{self._server.shown} cannot be reached ({reason}); see whether it runs, and check --chroma-url"
        return ChromaServerUnavailableError(text)

    def _without_secrets(self, text: str) -> str:
        for value in self._server.sent_headers.values():
            for secret in (value, *value.split()):  # "Bearer" and what follows it
                text = text.replace(secret, _HIDDEN) if len(secret) >= _TELLING else text
        return text


@cache
def trusted_certificates() -> ssl.SSLContext:
    """The certificates that the transport trusts, read once a process: that takes longer than opening an index."""
    return httpx.create_ssl_context()


def _is_json(response: httpx.Response) -> bool:
    kind = str(response.headers.get("content-type", ""))
    return kind.partition(";")[0].strip().lower() == "application/json"
