"""How much each word of a question counts: the rarer in the articles, the more."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index_store.store import ArticleStore


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Index terms with their weights, which sum to 1; empty when there is nothing to weigh."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, words: Iterable[str], store: ArticleStore) -> "TermWeights":
        """Weights of the stems of `words` by inverse document frequency over the store's passages."""
        passages = max(store.counts().passages, 1)
        stems = dict.fromkeys(stem for word in words for stem in store.terms(word))
        rarity = {stem: math.log(1 + passages / (store.document_frequency(stem) + 0.5)) for stem in stems}
        total = sum(rarity.values()) or 1.0
        return cls({stem: value / total for stem, value in rarity.items()})

    def found_in(self, *places: tuple[float, Iterable[str]]) -> float:
        """Share of the weight that is found, in [0, 1]: each place is a share and its terms, the best one counts."""
        shares = [(share, frozenset(terms)) for share, terms in places]
        return sum(
            weight * max((share for share, terms in shares if stem in terms), default=0.0)
            for stem, weight in self.weights.items()
        )
