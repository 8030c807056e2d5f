"""The address of a server, as a user writes it."""

import re
from urllib.parse import urlsplit


def is_server_address(url: str) -> bool:
    """Whether `url` is the http or https address of a server."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket left open
        return False
    return usable and not re.search(r"[\s\x00-\x1f]", url)


def holds_more_than_address(url: str) -> bool:
    """Whether a user, a password, a query or a fragment stands in `url`, any of which may be a secret."""
    parts = urlsplit(url)
    return bool(parts.username or parts.password or parts.query or parts.fragment)


def spelled_plainly(url: str) -> str:
    """The address as every way of writing its scheme and host spells it; its path stays as it is."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/")
