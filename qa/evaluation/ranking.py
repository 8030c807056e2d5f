"""Ranking measures of one question, from the ranks its gold items were found at.

A rank starts at 1 and is infinite for an item that was not found. Two gold items may share a rank, where one passage
holds both; the ranks of whole articles are distinct.
"""

import math
from collections.abc import Sequence


def hit(ranks: Sequence[float], k: int) -> float:
    """1 when a gold item is among the first `k`, else 0.

    Source: the top-k accuracy of Karpukhin et al., Dense Passage Retrieval (2020).
    """
    return float(min(ranks, default=math.inf) <= k)


def reciprocal_rank(ranks: Sequence[float], k: int) -> float:
    """1 / rank of the first gold item, 0 past `k`.

    Source: Voorhees, The TREC-8 Question Answering Track Report (1999).
    """
    first = min(ranks, default=math.inf)
    return 1 / first if first <= k else 0.0


def recall(ranks: Sequence[float], k: int) -> float:
    """Share of the gold items that are among the first `k`.

    Source: Manning et al., Introduction to Information Retrieval, ch. 8.
    """
    return sum(rank <= k for rank in ranks) / len(ranks)


def precision(ranks: Sequence[float], k: int) -> float:
    """Share of the first `k` places that hold a gold item; places that nothing was retrieved for hold none.

    Source: Manning et al., Introduction to Information Retrieval, ch. 8.
    """
    return len({rank for rank in ranks if rank <= k}) / k


def average_precision(ranks: Sequence[float]) -> float:
    """Mean over the gold items of the precision down to where each was found; 0 for one that was not.

    Source: Manning et al., Introduction to Information Retrieval, ch. 8.
    """
    places = sorted({rank for rank in ranks if rank < math.inf})
    precision_at = {rank: number / rank for number, rank in enumerate(places, start=1)}
    return sum(precision_at.get(rank, 0.0) for rank in ranks) / len(ranks)


def ndcg(ranks: Sequence[float], k: int) -> float:
    """Sum of 1 / log2(1 + rank) over the gold items among the first `k`, over that of the best order; 1 at most.

    Source: Järvelin and Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques (2002), with equal gains.
    """
    best = sum(1 / math.log2(1 + place) for place in range(1, min(len(ranks), k) + 1))
    return min(1.0, sum(1 / math.log2(1 + rank) for rank in ranks if rank <= k) / best)
