"""Chunking: an article becomes passages."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index_store.article import Article
from index_store.passage import Passage
from index_store.sentences import Span, sentence_spans

TokenStarts = Callable[[str], Sequence[int]]  # text → the offset at which each of its word-pieces begins


@dataclass(frozen=True, slots=True)
class Chunker:
    """Cuts articles into passages of whole sentences and even size."""

    token_starts: TokenStarts
    passage_tokens: int  # at most; only one unbreakable word can be longer

    def passages(self, article: Article) -> tuple[Passage, ...]:
        """Passages of `article` in order; together they hold every character that is not white space."""
        starts = self.token_starts(article.text)
        pieces = [
            p for span in sentence_spans(article.text) for p in _fit(article.text, span, starts, self.passage_tokens)
        ]
        spans = _pack(pieces, starts, self.passage_tokens)
        return tuple(
            Passage(f"{article.id}#{position}", article.id, start, end, article.text[start:end])
            for position, (start, end) in enumerate(spans)
        )


def _tokens(span: Span, starts: Sequence[int]) -> int:
    return bisect_left(starts, span[1]) - bisect_left(starts, span[0])


def _fit(text: str, span: Span, starts: Sequence[int], limit: int) -> Iterator[Span]:
    """The sentence itself, or its parts when it alone is longer than a passage."""
    start, end = span
    while _tokens((start, end), starts) > limit:
        cut = _cut(text, start, starts[bisect_left(starts, start) + limit])
        yield start, start + len(text[start:cut].rstrip())
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, end


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut before `end`: after a sentence, a clause or a word, whichever is found first in the last half."""
    floor = start + (end - start) // 2
    for mark in (". ", "; ", ", ", "\n", " "):
        found = text.rfind(mark, floor, end)
        if found > start:
            return found + len(mark)
    return end


def _pack(pieces: Sequence[Span], starts: Sequence[int], limit: int) -> Iterator[Span]:
    """Runs of pieces of about equal size, so that no article ends in a scrap of a passage."""
    if not pieces:
        return
    total = sum(_tokens(piece, starts) for piece in pieces)
    target = total / -(-total // limit) if total else limit
    first, last = pieces[0]
    for start, end in pieces[1:]:
        grown = _tokens((first, end), starts)
        # half of the new piece may stick out over the even share, never over the limit
        if grown > limit or grown - _tokens((start, end), starts) / 2 > target:
            yield first, last
            first = start
        last = end
    yield first, last
