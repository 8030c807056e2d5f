"""Surroundings: the text before, beside and after an utterance, by paragraphs."""

_REACH = 300  # characters each way
_BREAK = "\n"


def own_text(text: str, start: int, end: int) -> str:
    """What stands in the paragraphs of `text[start:end]`, up to 300 characters each way; the utterance with it."""
    return text[_own_start(text, start) : _own_end(text, end)]


def preceding_text(text: str, start: int) -> str:
    """What stands in paragraphs before, as far as the 300 characters reach."""
    return text[max(0, start - _REACH) : _own_start(text, start)].strip()


def following_text(text: str, end: int) -> str:
    """What stands in paragraphs after, as far as the 300 characters reach."""
    return text[_own_end(text, end) : end + _REACH].strip()


def _own_start(text: str, start: int) -> int:
    opened = text.rfind(_BREAK, max(0, start - _REACH), start)
    return opened + 1 if opened >= 0 else max(0, start - _REACH)


def _own_end(text: str, end: int) -> int:
    closed = text.find(_BREAK, end, end + _REACH)
    return closed if closed >= 0 else min(len(text), end + _REACH)
