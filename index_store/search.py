"""Search results, and the fusion of dense and lexical scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index_store.catalog import StoredPassage


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage that was found; a higher score is better."""

    stored: StoredPassage
    score: float  # fused, in [0, 1]: 1 is best in both kinds of search
    lexical: float  # BM25, 0 when no word is shared
    dense: float  # cosine similarity


def fuse(lexical: Mapping[int, float], dense: Mapping[int, float], *, dense_weight: float) -> dict[int, float]:
    """Weighted sum of normalised scores over the keys of both, each in [0, 1].

    Both are divided by their best, so that 0 stays "no word shared" and "unrelated", whatever else was found: a
    floor at the lowest cosine would make a passage's score depend on how many others are candidates.
    """
    words, meaning = _shares(lexical), _shares(dense)
    return {
        key: dense_weight * meaning.get(key, 0.0) + (1 - dense_weight) * words.get(key, 0.0)
        for key in words.keys() | meaning.keys()
    }


def ranked(scores: Mapping[int, float], limit: int) -> Iterable[int]:
    """Keys of the `limit` highest scores; equal scores in the order they were indexed."""
    return sorted(scores, key=lambda key: (-scores[key], key))[:limit]


def _shares(scores: Mapping[int, float]) -> dict[int, float]:
    best = max(scores.values(), default=0.0)
    return {key: max(score, 0.0) / best if best > 0 else 0.0 for key, score in scores.items()}
