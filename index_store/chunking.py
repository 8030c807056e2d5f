"""Chunking: an article becomes passages."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index_store.article import Article
from index_store.passage import Passage
from index_store.sentences import Span, sentence_spans

_PIECE_CHARACTERS = 8  # of a word-piece and the space after it, far more than any language has on average

TokenStarts = Callable[[str], Sequence[int]]  # text → the offset at which each of its word-pieces begins


@dataclass(frozen=True, slots=True)
class Chunker:
    """Cuts articles into passages of whole sentences and even size."""

    token_starts: TokenStarts
    passage_tokens: int  # at most

    def passages(self, article: Article) -> tuple[Passage, ...]:
        """Passages of `article` in order; together they hold every character that is not white space."""
        measure = _Measure(self.token_starts(article.text), self.passage_tokens)
        pieces = [piece for span in sentence_spans(article.text) for piece in _fit(article.text, span, measure)]
        spans = _pack(pieces, measure)
        return tuple(
            Passage(f"{article.id}#{position}", article.id, start, end, article.text[start:end])
            for position, (start, end) in enumerate(spans)
        )


@dataclass(frozen=True, slots=True)
class _Measure:
    """What fits a passage, in word-pieces and in characters."""

    starts: Sequence[int]
    tokens_at_most: int

    @property
    def characters_at_most(self) -> int:
        """The tokenizer takes a word of over 100 characters for one piece, and a script without spaces for words."""
        return self.tokens_at_most * _PIECE_CHARACTERS

    def tokens(self, span: Span) -> int:
        return bisect_left(self.starts, span[1]) - bisect_left(self.starts, span[0])

    def fits(self, span: Span) -> bool:
        return span[1] - span[0] <= self.characters_at_most and self.tokens(span) <= self.tokens_at_most

    def furthest_end(self, start: int) -> int:
        """Where a passage that begins at `start` must end at the latest."""
        beyond = bisect_left(self.starts, start) + self.tokens_at_most
        end = start + self.characters_at_most
        if beyond < len(self.starts):
            end = min(end, self.starts[beyond])
        return max(end, start + 1)  # one character can be more pieces than a passage holds


def _fit(text: str, span: Span, measure: _Measure) -> Iterator[Span]:
    """The sentence itself, or its parts when it alone is longer than a passage."""
    start, end = span
    while not measure.fits((start, end)):
        cut = _cut(text, start, measure.furthest_end(start))
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


def _pack(pieces: Sequence[Span], measure: _Measure) -> Iterator[Span]:
    """Runs of pieces of about equal size, so that no article ends in a scrap of a passage."""
    if not pieces:
        return
    total = sum(map(measure.tokens, pieces))
    target = total / -(-total // measure.tokens_at_most) if total else measure.tokens_at_most
    first, last = pieces[0]
    for start, end in pieces[1:]:
        # half of the new piece may stick out over the even share, never over the limit
        is_share = measure.tokens((first, end)) - measure.tokens((start, end)) / 2 <= target
        if not (is_share and measure.fits((first, end))):
            yield first, last
            first = start
        last = end
    yield first, last
