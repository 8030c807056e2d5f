"""Numbering: the number of a cited span, the same wherever a conversation cites it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.answer import Statement
from qa.citation import Citation, CitedSpan
from qa.reading import Turn


class Numbering:
    """Gives each cited span its number: that of its first use, else the next free one."""

    def __init__(self, history: Iterable[Turn] = ()) -> None:
        earlier = [span for turn in history for span in turn.citations]
        self._numbers = {_place(span): span.number for span in earlier}
        self._last = max(self._numbers.values(), default=0)

    def numbered(self, citation: Citation) -> Citation:
        """The citation under its number in the conversation."""
        place = _place(citation.span)
        if place not in self._numbers:
            self._last += 1
            self._numbers[place] = self._last
        return replace(citation, number=self._numbers[place])

    def renumbered(
        self, statements: Sequence[Statement], citations: Sequence[Citation]
    ) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        """Statements and citations of an answer numbered by itself, under the numbers of the conversation."""
        numbered = {citation.number: self.numbered(citation) for citation in citations}
        told = tuple(replace(s, citations=tuple(numbered[number].number for number in s.citations)) for s in statements)
        return told, tuple(numbered.values())


def _place(span: CitedSpan) -> tuple[str, int, int]:
    return span.article_id, span.start, span.end
