"""The fault: what went wrong with a request, and whether another one may do better."""

from dataclasses import dataclass

from index_store.errors import ModelError


@dataclass(frozen=True, slots=True)
class Fault:
    """A request that failed."""

    error: ModelError  # holds no exception of a vendor: those carry the request, and with it the key
    again: bool = False  # the same request may succeed
    within: bool = False  # a part of the reply had come
    wait_s: float | None = None  # what the server asked to wait
    status: int | None = None  # of HTTP; None when no answer came
    code: str = ""  # the server's own word for it
    param: str = ""  # the argument that the server complains of
    said: str = ""  # the server's own sentence


class Faulted(Exception):  # noqa: N818 - never leaves this package
    """Carries a fault from where it was met to where it is decided on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault.error))
        self.fault = fault
