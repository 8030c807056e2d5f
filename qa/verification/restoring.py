"""Restoring: a statement with the article's own characters between its quotation marks."""

import re
from collections.abc import Iterable

from qa.verification.folding import fold
from qa.verification.quotations import Found
from qa.verification.quoted import Quoted

_LEAD = re.compile(r"^[\s.,;:…'\"“”‘’—–-]*")
_TAIL = re.compile(r"[\s.,;:…'\"“”‘’—–-]*$")
_MOVED = re.compile(r"[.,;:]")


def restore(text: str, found: Iterable[tuple[Quoted, Found]]) -> str:
    """The statement with each found quotation as the article has it; white space is folded.

    Ellipses, and words in brackets that are the writer's, stay. A stop or comma before the closing mark that the
    article does not have there goes behind the mark.
    """
    for quoted, place in sorted(found, key=lambda pair: -pair[0].start):
        pieces = place.pieces
        moved = ""
        for piece, span in reversed(list(zip(pieces, place.spans, strict=True))):
            own, rest = _own_characters(piece.text, span, place.passage.article.text)
            last = piece is pieces[-1] and piece.end == quoted.inner_end
            closing = text[quoted.inner_end : quoted.end]
            if last and rest and _MOVED.fullmatch(rest) and closing:
                moved = rest
            text = text[: piece.start] + own + ("" if last else rest) + text[piece.end :]
            if moved:
                at = piece.start + len(own) + len(closing)
                text = text[:at] + ("" if text[at : at + 1] in (",", ".", ";", ":") else moved) + text[at:]
                moved = ""
    return text


def _own_characters(written: str, span: tuple[int, int], article: str) -> tuple[str, str]:
    """The article's characters for a piece, and what the writer has behind it and the article has not."""
    lead, tail = _LEAD.match(written), _TAIL.search(written)
    before = lead[0] if lead else ""
    after = tail[0] if tail else ""
    start, end = span
    opening = fold(before).text.strip()
    preceding = article[max(0, start - len(before) - 2) : start].rstrip()
    if opening and fold(preceding).text.endswith(opening):
        own_before = preceding[-len(opening) :] + before[len(before.rstrip()) :]
    else:
        own_before = re.sub(r"[^\s…]", "", before)
    length = _own_tail(after, article[end : end + len(after) + 2])
    own = " ".join(article[start:end].split())
    own_after = article[end : end + length] if length else ""
    spaces = re.sub(r"\S", "", after) if not length else after[len(after.rstrip()) :]
    rest = "" if length else re.sub(r"\s", "", after)
    if rest and not _MOVED.fullmatch(rest):  # an ellipsis or a dash of the writer's
        own_after, rest = re.sub(r"[^…—–.\-]", "", rest), ""
    return own_before + own + own_after, rest + spaces


def _own_tail(after: str, following: str) -> int:
    """How many of the article's characters behind a piece are those that the writer has there."""
    wanted = fold(after).text.strip()
    if not wanted:
        return 0
    for length in range(1, len(following) + 1):
        if fold(following[:length]).text == wanted:
            return length
    return 0
