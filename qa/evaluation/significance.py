"""Significance: is a difference between two runs of the same questions more than chance?"""

LEVEL = 0.05  # a difference that chance alone would make less often counts


def mcnemar(better: int, worse: int) -> float:
    """Two-sided p that so uneven a split of the questions that changed comes about by chance; 1 where none changed.

    Exact: of `better + worse` tosses of a coin, as few or fewer fall on the rarer side, twice.

    Source: McNemar, Note on the Sampling Error of the Difference Between Correlated Proportions (1947), with the
    binomial distribution in place of chi-squared.
    """
    changed, rarer = better + worse, min(better, worse)
    tail = ways = 1  # in which none of the tosses falls on the rarer side
    for count in range(rarer):
        ways = ways * (changed - count) // (count + 1)
        tail += ways
    return min(1.0, float(2 * tail / 2**changed))
