"""The environment: variables read as what they must be, and a fault named after its variable."""

import math
import re
from collections.abc import Mapping

from pydantic import SecretStr

from index_store.errors import ModelSettingsError
from index_store.server_address import holds_more_than_address, is_server_address

_SHOWN = 16  # characters: a longer value may be a key in the wrong place, and is not repeated
_WORD = re.compile(r"[\x21-\x7e]+")  # what fits into a header; the transport would quote the rest in its complaint


class Environment:
    """Variables by name; one that is empty or blank counts as not set.

    Each reader raises `ModelSettingsError` when the value cannot be used.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str) -> str | None:
        """The value without the blanks around it."""
        return self._variables.get(name, "").strip() or None

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number from `low` to `high`."""
        return None if (text := self.text(name)) is None else _number(name, text, low, high)

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        value = self.number(name, low, high)
        if value is not None and not value.is_integer():
            raise ModelSettingsError(f"{name} is {_shown(value)}; give a whole number")
        return None if value is None else int(value)

    def url(self, name: str) -> str | None:
        """The address of a server."""
        return None if (text := self.text(name)) is None else checked_url(name, text)

    def word(self, name: str) -> str | None:
        """A word that is sent in a header."""
        return None if (text := self.text(name)) is None else checked_word(name, text)

    def key(self, name: str) -> SecretStr | None:
        """A key, which no message, log or representation shows."""
        return None if (text := self.text(name)) is None else checked_key(name, SecretStr(text))


def checked_url(name: str, url: str) -> str:
    """`url` when it is one of a server and holds no secret; else `ModelSettingsError`, which does not repeat it."""
    if not is_server_address(url):
        raise ModelSettingsError(f"{name} is no address of a server; give one such as http://127.0.0.1:11434/v1")
    if holds_more_than_address(url):
        raise ModelSettingsError(
            f"{name} holds more than an address; a user, a password or a key belongs where the key is given"
        )
    return url


def checked_key(name: str, key: SecretStr) -> SecretStr:
    """`key` when it can be sent in a header; else `ModelSettingsError`."""
    checked_word(name, key.get_secret_value(), "key")
    return key


def checked_word(name: str, word: str, kind: str = "name") -> str:
    """`word` when it can be sent in a header; else `ModelSettingsError`, which does not repeat it."""
    if not _WORD.fullmatch(word):
        raise ModelSettingsError(
            f"{name} is empty or holds blanks or characters that no {kind} has; copy the {kind} again"
        )
    return word


def _number(name: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:  # so is nan
        raise ModelSettingsError(f"{name} is {_shown(text)}; give a number from {low:g} to {high:g}")
    return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"a text of {len(str(value))} characters"
