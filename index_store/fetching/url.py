"""The URL: one spelling for every way to write it."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from index_store.errors import UnreadableInputError

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")  # names in use hold underscores
_MAX_HOST_CHARS = 253
_BRACKETED = re.compile(r"\[[^\]]*\](?::\d*)?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PATH_SAFE = "/%:@!$&'()*+,;=~"  # beside letters, digits and -._; a percent sign stays as it is
_QUERY_SAFE = _PATH_SAFE + "?[]"
_USER = re.compile(r"(?<=//)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class WebURL:
    """An http or https URL in its plain spelling, without user name and fragment."""

    scheme: str
    host: str  # in lower case and ASCII, without a trailing dot; an IP address as `ipaddress` writes it
    port: int
    target: str  # path and query, percent-encoded

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """What one robots.txt is valid for."""
        return f"{self.scheme}://{self.authority}"

    def join(self, reference: str) -> "WebURL":
        """The URL that a reference on this page stands for.

        Raises:
            UnreadableInputError: None that can be fetched.
        """
        try:
            return parse_url(urljoin(str(self), reference.strip()))
        except ValueError as error:
            raise UnreadableInputError(f"leads to {reference!r}, which is no valid URL") from error


def is_url(given: str) -> bool:
    """Whether an input is meant as a URL, of whatever scheme."""
    return _SCHEME.match(given) is not None


def without_user(address: str) -> str:
    """An address as it can be shown and kept: whatever stands before an @, which may be a password, is left out."""
    return _USER.sub("", address)


def parse_url(address: str) -> WebURL:
    """Reads a URL as browsers do, or not at all.

    Raises:
        UnreadableInputError: It is no URL, has another scheme than http or https, or names a user.
    """
    try:
        parts = _split(address)
        host = _host(parts)
        port = parts.port or _PORTS[parts.scheme]
        target = quote(parts.path or "/", safe=_PATH_SAFE)
        query = quote(parts.query, safe=_QUERY_SAFE)
    except ValueError as error:  # idna's errors and those of encoding among them
        raise UnreadableInputError("not a valid URL") from error
    return WebURL(parts.scheme, host, port, f"{target}?{query}" if query else target)


def _split(address: str) -> SplitResult:
    if _CONTROL.search(address):  # which urlsplit drops silently
        raise UnreadableInputError("not a valid URL: it holds control characters")
    parts = urlsplit(address.strip())
    if parts.scheme not in _PORTS:
        raise UnreadableInputError(f"only http and https are fetched, not {parts.scheme or 'a path'}")
    if "@" in parts.netloc:
        raise UnreadableInputError("not fetched: the URL holds a user name or password before its host")
    if parts.port == 0:
        raise UnreadableInputError("not a valid URL: no server has port 0")
    return parts


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    if parts.netloc.startswith("["):
        if not _BRACKETED.fullmatch(parts.netloc):
            raise AddressValueError
        if "%" in name:
            raise UnreadableInputError("not fetched: an IPv6 address with a zone belongs to a local network")
        return str(IPv6Address(name))
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode("ascii")
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(_read_ipv4(labels))
    if len(name) > _MAX_HOST_CHARS or not all(_LABEL.fullmatch(label) for label in labels):
        raise UnreadableInputError(f"not a valid URL: {name!r} is no name of a host")
    return name


def _read_ipv4(labels: list[str]) -> IPv4Address:
    """An IPv4 address in the notations that systems understand: 127.1, 0x7f.0.0.1, 017700000001, 2130706433."""
    *leading, last = [_read_number(label) for label in labels]
    if len(leading) > 3 or any(number > 255 for number in leading) or last >= 256 ** (4 - len(leading)):
        raise AddressValueError
    return IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(leading)) + last)


def _read_number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)
