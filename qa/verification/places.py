"""Places: the narrowest run of sentences in a passage that carries a statement."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from index_store.sentences import sentence_spans
from qa.reading import word_forms as forms
from qa.verification.passages import CitedPassage

Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]{3,}")
_FACT = 4.0  # worth of a number or date that a run holds, a shared word being worth 1
_SENTENCE = 1.5  # price of each sentence of a run: one that adds a single word is not worth it


def narrowest(passage: CitedPassage, text: str, quoted: Sequence[Span], facts: Callable[[str], frozenset[int]]) -> Span:
    """The sentences of the passage to show for a statement; the whole passage where nothing is shared.

    `quoted` are spans of the article that must be shown whole; `facts` numbers those of the statement's numbers and
    dates that a text holds.
    """
    spans = [(s + passage.start, e + passage.start) for s, e in sentence_spans(passage.text)]
    article, wanted = passage.article.text, _stems(text)
    held = [(facts(article[s:e]), _stems(article[s:e]) & wanted) for s, e in spans]
    best, chosen = 0.0, (passage.start, passage.end)
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            run = (spans[first][0], spans[last][1])
            numbers = frozenset().union(*(fact for fact, _ in held[first : last + 1]))
            shared = frozenset().union(*(found for _, found in held[first : last + 1]))
            inside = sum(run[0] <= start and end <= run[1] for start, end in quoted)
            worth = 50.0 * inside + _FACT * len(numbers) + len(shared) - _SENTENCE * (last - first)
            if worth > best:
                best, chosen = worth, run
    within = [span for span in quoted if passage.start <= span[0] and span[1] <= passage.end]
    starts, ends = zip(*(() if quoted and not within else (chosen,)), *quoted, strict=True)
    return min(starts), max(ends)


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    tokens = (token.lower() for token in _WORD.findall(text))
    return frozenset(re.sub(r"(?:ing|ed|es|s)$", "", token) for token in tokens if not forms.is_function_word(token))
