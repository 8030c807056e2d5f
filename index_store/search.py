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

    BM25 is divided by its best, so that 0 stays "no word shared"; cosines, which have no such zero, are spread
    between the lowest and the highest found.
    """
    words = _spread(lexical, floor=0.0)
    meaning = _spread(dense, floor=min(dense.values(), default=0.0))
    return {
        key: dense_weight * meaning.get(key, 0.0) + (1 - dense_weight) * words.get(key, 0.0)
        for key in words.keys() | meaning.keys()
    }


def ranked(scores: Mapping[int, float], limit: int) -> Iterable[int]:
    """Keys of the `limit` highest scores; equal scores in the order they were indexed."""
    return sorted(scores, key=lambda key: (-scores[key], key))[:limit]


def _spread(scores: Mapping[int, float], *, floor: float) -> dict[int, float]:
    span = max(scores.values(), default=0.0) - floor
    return {key: (score - floor) / span if span > 0 else 1.0 for key, score in scores.items()}
