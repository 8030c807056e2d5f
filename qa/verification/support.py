"""Support: how likely it is that a cited passage says what a paraphrased sentence says."""

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from numpy.typing import NDArray

from index_store.sentences import Span, sentence_spans
from qa.numbers import numbers_in
from qa.reader import Reader
from qa.verification.support_words import ContentWord, content_words

_WINDOW_SENTENCES = 3  # what one sentence sums up mostly stands in so many
_EXTRA_SENTENCE = 0.02  # that a longer window must be better by
_IN_ORDER = 0.95  # share of the words that stand in one sentence in the same order: it is said in these words
_PASSAGES_KEPT = 64  # a citation is often checked for several statements
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Support:
    """How far a passage supports a statement, and where."""

    score: float  # probability that it does, in [0, 1], where half of all statements are supported
    start: int  # the sentences of the passage that support it best, characters of the passage
    end: int
    names_missing: float = 0.0  # share of the statement's names that neither these nor the headline hold


@dataclass(frozen=True, slots=True)
class SupportSigns:
    """What the score is computed from."""

    nouns: float  # share of the statement's content words, verbs left out, that the passage or its headline holds
    numbers_missing: float  # 1 where a number of the statement is not in the best window, else 0
    names_missing: float  # share of its names that neither the best window nor the headline holds
    negation: float  # 1 where only one of the statement and the best sentence is negated, else 0
    relevance: float  # the reader's logit that the passage answers, with the statement as the question
    in_order: float  # 1 where one sentence holds the statement's content words in their order, else 0


# A logistic regression over three kinds of statements, each kind weighing the same; docs/support.md has the figures.
WEIGHTS = SupportSigns(2.179, -1.129, -1.916, -1.071, 0.362, 0.709)
OFFSET = -1.218


@dataclass(frozen=True, slots=True)
class _Sentences:
    """A passage, made ready to be compared."""

    spans: tuple[Span, ...]
    stems: tuple[tuple[str, ...], ...]  # of the content words of each sentence, in order
    vectors: NDArray[np.float32]  # shape `(sentences, dimension)`, unit-length rows


class SupportScorer:
    """Scores statements against the passages they cite. Serves any number of threads if the models do."""

    def __init__(self, embedding: BaseEmbedding, reader: Reader) -> None:
        """Reads nothing yet: a model loads at its first use."""
        self._embedding = embedding
        self._reader = reader
        self._sentences = lru_cache(maxsize=_PASSAGES_KEPT)(self._split)

    def score(self, statement: str, passage: str, title: str = "") -> Support:
        """The support of `passage`, under its headline; 0 where either has no words or no word is in both."""
        found = self.signs(statement, passage, title)
        if found is None:
            return Support(0.0, 0, 0)
        signs, span = found
        return Support(probability(signs), *span, signs.names_missing)

    def signs(self, statement: str, passage: str, title: str = "") -> tuple[SupportSigns, Span] | None:
        """The signs and the best window; None where either has no words or no word is in both."""
        said = content_words(statement)
        sentences = self._sentences(passage)
        if not said or not sentences.spans:
            return None
        vector = _unit(np.array(self._embedding.get_text_embedding(statement), np.float32))
        found = _found(said, sentences.stems)
        headline = _among(said, frozenset(word.stem for word in content_words(title)))
        if not found.any() and not headline.any():
            return None
        first, last = _best_window(found, sentences.vectors, vector)
        span = (sentences.spans[first][0], sentences.spans[last - 1][1])
        window = passage[slice(*span)]
        closest = passage[slice(*sentences.spans[_closest(found, sentences.vectors @ vector)])]
        signs = SupportSigns(
            nouns=_share_found(found.any(axis=0) | headline, [not word.verb for word in said]),
            numbers_missing=float(not numbers_in(statement) <= numbers_in(window)),
            names_missing=1 - _share_found(found[first:last].any(axis=0) | headline, [w.name for w in said]),
            negation=float(bool(_NEGATION.search(statement)) != bool(_NEGATION.search(closest))),
            relevance=self._reader.read(statement, title, passage).relevance,
            in_order=float(_share_in_order(said, sentences.stems) >= _IN_ORDER),
        )
        return signs, span

    def _split(self, passage: str) -> _Sentences:
        spans = tuple(span for span in sentence_spans(passage) if content_words(passage[slice(*span)]))
        texts = [passage[slice(*span)] for span in spans]
        stems = tuple(tuple(word.stem for word in content_words(text)) for text in texts)
        vectors = np.array(self._embedding.get_text_embedding_batch(texts), np.float32)
        return _Sentences(spans, stems, np.array([_unit(vector) for vector in vectors], np.float32))


def probability(signs: SupportSigns) -> float:
    """What the signs amount to, in [0, 1]."""
    logit = OFFSET + sum(weight * sign for weight, sign in zip(astuple(WEIGHTS), astuple(signs), strict=True))
    return 1 / (1 + math.exp(-logit))


def _found(said: Sequence[ContentWord], stems: Sequence[tuple[str, ...]]) -> NDArray[np.bool_]:
    """Which sentence holds which word, shape `(sentences, words)`."""
    return np.array([_among(said, frozenset(sentence)) for sentence in stems], bool)


def _among(said: Sequence[ContentWord], stems: frozenset[str]) -> NDArray[np.bool_]:
    return np.array([word.stands_among(stems) for word in said], bool)


def _best_window(
    found: NDArray[np.bool_], vectors: NDArray[np.float32], vector: NDArray[np.float32]
) -> tuple[int, int]:
    """The neighbouring sentences, first and one past the last, that are nearest in meaning and hold most words."""
    windows = (
        (first, last)
        for first in range(len(found))
        for last in range(first + 1, min(first + _WINDOW_SENTENCES, len(found)) + 1)
    )

    def nearness(window: tuple[int, int]) -> float:
        inside = slice(*window)
        share = float(found[inside].any(axis=0).mean())
        cosine = float(_unit(vectors[inside].sum(axis=0)) @ vector)
        return cosine + share - _EXTRA_SENTENCE * (window[1] - window[0])

    return max(windows, key=nearness)


def _closest(found: NDArray[np.bool_], cosines: NDArray[np.float32]) -> int:
    return int((cosines + found.mean(axis=1)).argmax())


def _share_found(found: NDArray[np.bool_], counted: Sequence[bool]) -> float:
    """Share of the counted words that are found; 1 where none counts."""
    those = [bool(is_found) for is_found, counts in zip(found, counted, strict=True) if counts]
    return sum(those) / len(those) if those else 1.0


def _share_in_order(said: Sequence[ContentWord], stems: Sequence[tuple[str, ...]]) -> float:
    """Share of the words that one sentence holds in the order of the statement, the best sentence counting."""
    wanted = tuple(word.stem for word in said)
    return max(_common_subsequence(wanted, sentence) for sentence in stems) / len(wanted)


def _common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    lengths = [0] * (len(other) + 1)
    for item in one:
        row = [0]
        for at, candidate in enumerate(other):
            row.append(lengths[at] + 1 if item == candidate else max(row[-1], lengths[at + 1]))
        lengths = row
    return lengths[-1]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
