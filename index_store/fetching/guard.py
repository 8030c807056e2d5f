"""The guard: which addresses a connection may be made to."""

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from index_store.errors import UnreadableInputError
from index_store.fetching.address import special_kind
from index_store.fetching.url import WebURL

Resolve = Callable[[str, int], Sequence[str]]
_MAX_ADDRESSES = 4  # that are tried; a name with more has them for balance


def system_addresses(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, as the system finds them, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets connections through to the public internet alone."""

    resolve: Resolve = system_addresses
    allowed: frozenset[tuple[str, int]] = frozenset()  # addresses and ports that are let through too

    def addresses(self, url: WebURL, seconds: float) -> tuple[str, ...]:
        """The addresses of a URL's host, every one of them checked, found within `seconds`.

        A connection is to be made to one of these and not to the name: asked again, a resolver may say another.

        Raises:
            UnreadableInputError: There are none, or one is not public.
        """
        is_name = not _is_address(url.host)
        found = _within(lambda: self.resolve(url.host, url.port), url.host, seconds) if is_name else (url.host,)
        if not found:
            raise UnreadableInputError(f"no host {url.host!r} can be found")
        for address in found:
            self.check(address, url)
        return found[:_MAX_ADDRESSES]

    def check(self, address: str, url: WebURL) -> None:
        """Passes an address that a connection for `url` may go to.

        Raises:
            UnreadableInputError: It may not.
        """
        kind = special_kind(address)
        if kind and (address, url.port) not in self.allowed:
            found = f"is {kind}" if address == url.host else f"resolves to {address}, {kind}"
            raise UnreadableInputError(f"not fetched: {url.host} {found}; only public addresses are fetched")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _within(resolve: Callable[[], Sequence[str]], host: str, seconds: float) -> tuple[str, ...]:
    """What `resolve` finds; it cannot be interrupted, so after `seconds` it is left behind in its thread."""
    found: list[tuple[str, ...]] = []

    def run() -> None:
        try:
            found.append(tuple(resolve()))
        except (OSError, ValueError):  # the name is not known, or nobody who knows names can be reached
            found.append(())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise UnreadableInputError(f"the address of {host} was not found within {seconds:.0f} s")
    return found[0]
