"""The secret: a key that a server repeats in a reply, which is no part of the reply."""

from index_store.endpoint import HIDDEN

_TELLING = 8  # characters: what is shorter, such as "sk-", stands in front of every key


class SecretFilter:
    """Lets the reply through, piece by piece, with `[key]` in the place of the key that was sent.

    What may be the beginning of the key waits for the next piece; a key that breaks off is hidden too.
    """

    def __init__(self, key: str) -> None:
        self._key = key  # empty: there is nothing to hide
        self._held = ""

    def feed(self, piece: str) -> str:
        """What of the reply is certain after this piece."""
        if not self._key:
            return piece
        text = (self._held + piece).replace(self._key, HIDDEN)
        lengths = range(min(len(text), len(self._key) - 1), 0, -1)
        begun = next((length for length in lengths if text.endswith(self._key[:length])), 0)
        certain, self._held = text[: len(text) - begun], text[len(text) - begun :]
        return certain

    def flush(self) -> str:
        """What was held back; the reply is over."""
        held, self._held = self._held, ""
        return held if len(held) < _TELLING else HIDDEN
