"""Thinking: what a reasoning model writes between tags before its reply, which is no part of the reply."""

_TAGS = ("think", "thinking", "reasoning")


class ThinkingFilter:
    """Lets the reply through, piece by piece, without the blocks of thought at its head.

    A tag later in the text is the model quoting one, and stays. Blanks before the reply go too.
    """

    def __init__(self) -> None:
        self._held = ""  # text that may still turn out to be a tag, or lies inside a block
        self._closing = ""  # the tag that ends the block we are in
        self._at_head = True

    def feed(self, piece: str) -> str:
        """What of the reply is certain after this piece; often nothing, or `piece` as it is."""
        if not self._at_head:
            return piece
        self._held += piece
        while self._at_head and self._step():
            pass
        return "" if self._at_head else self._release()

    def flush(self) -> str:
        """What was held back although no block followed; the reply is over."""
        return "" if self._closing or not self._at_head else self._release()

    def _step(self) -> bool:
        """Takes one tag off the head; false when more text is needed first."""
        if self._closing:
            _, tag, after = self._held.partition(self._closing)
            if tag:
                self._held, self._closing = after, ""
            else:
                self._held = self._held[-len(self._closing) :]  # the tag may come in two pieces
            return bool(tag)
        self._held = self._held.lstrip()
        for name in _TAGS:
            if self._held.startswith(f"<{name}>"):
                self._held, self._closing = self._held.removeprefix(f"<{name}>"), f"</{name}>"
                return True
        self._at_head = any(f"<{name}>".startswith(self._held) for name in _TAGS)
        return False

    def _release(self) -> str:
        held, self._held = self._held, ""
        return held
