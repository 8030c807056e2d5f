"""Wire copies: passages of several articles that say the same in nearly the same words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index_store.article import Article
from index_store.search import SearchHit

_SHINGLE = 4  # words in a row that are compared
_SHARE = 0.8  # of the shorter passage's shingles that the other holds when it is a copy: articles are cut differently
_FEWEST = 8  # shingles; a shorter passage may be alike by chance
# Outlets set the same words in quotation marks of their own kind.
_TYPED = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚‹›", "'"))


@dataclass(frozen=True, slots=True)
class Distinct:
    """Hits that say different things, best first, and those that repeat them."""

    hits: tuple[SearchHit, ...]
    copies: Mapping[int, tuple[SearchHit, ...]]  # by the key of the passage that they repeat

    def holding(self, sentence: str, hit: SearchHit) -> tuple[SearchHit, ...]:
        """The copies of `hit` that hold a sentence of it in the same `wording`."""
        told = wording(sentence)
        copies = self.copies.get(hit.stored.key, ())
        return tuple(copy for copy in copies if told in wording(copy.stored.passage.text))


def distinct(hits: Sequence[SearchHit]) -> Distinct:
    """Sorts out which of the hits, best first, repeat a better one of another article."""
    kept: list[tuple[SearchHit, frozenset[str]]] = []
    copies: dict[int, list[SearchHit]] = {}
    for hit in hits:
        shingles = _shingles(hit.stored.passage.text)
        original = next((other for other, held in kept if _repeats(hit, shingles, other, held)), None)
        if original is None:
            kept.append((hit, shingles))
        else:
            copies.setdefault(original.stored.key, []).append(hit)
    return Distinct(tuple(hit for hit, _ in kept), {key: tuple(found) for key, found in copies.items()})


def also_in(articles: Sequence[Article], cited: Article) -> tuple[Article, ...]:
    """The articles, each once, without the one that is cited."""
    return tuple({article.id: article for article in articles if article.id != cited.id}.values())


def wording(text: str) -> str:
    """`text` without what outlets set in their own way: white space, and whether quotation marks are curly."""
    return " ".join(text.translate(_TYPED).split())


def _repeats(hit: SearchHit, shingles: frozenset[str], other: SearchHit, held: frozenset[str]) -> bool:
    fewer = min(len(shingles), len(held))
    elsewhere = hit.stored.passage.article_id != other.stored.passage.article_id
    return elsewhere and fewer >= _FEWEST and len(shingles & held) >= _SHARE * fewer


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))
