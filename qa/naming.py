"""Naming: whether an article speaks of those whom a question names."""

from collections.abc import Sequence

from index_store.article import Article
from index_store.store import ArticleStore
from qa.weights import TermWeights

_SHORTEST = 3  # letters of an index term: of "U.S." single letters are left, which any article holds or not by chance
_ALIKE = 5  # letters that two terms share at their beginning when they are relatives: "Guatemala" and "Guatemalan"


def named_share(names: Sequence[str], article: Article, store: ArticleStore) -> float:
    """Share of `names` that headline or text hold, the rarer the heavier, in [0, 1]; 1 without names."""
    weights = TermWeights.of(names, store).weights
    counted = {stem: weight for stem, weight in weights.items() if len(stem) >= _SHORTEST}
    if not counted:
        return 1.0
    held = store.terms(f"{article.title} {article.text}")
    beginnings = frozenset(term[:_ALIKE] for term in held if len(term) >= _ALIKE)
    found = [weight for stem, weight in counted.items() if stem in held or stem[:_ALIKE] in beginnings]
    return sum(found) / sum(counted.values())
