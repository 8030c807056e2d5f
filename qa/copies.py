"""Copies: passages that repeat what is found in a copy of their article."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from index_store.copies import Wording
from index_store.search import SearchHit
from index_store.sentences import sentence_spans

_HALF = 0.5  # of a passage: one that repeats less is another part of the story
_PARTS = 2  # passages of a group that repeat more and are kept for a sentence of their own

Terms = Callable[[str], Sequence[str]]


def without_copies(
    hits: Sequence[SearchHit], groups: Mapping[int, int], asked: frozenset[str], terms: Terms
) -> tuple[SearchHit, ...]:
    """The hits, best first, without those that repeat better ones from copies of their article.

    `groups` are those of `ArticleStore.copy_groups`. Of passages that repeat most of what is kept already a few stay
    for a sentence of their own, as an update has, that holds one of the `asked` terms.
    """
    kept: list[SearchHit] = []
    parts: dict[int, int] = {}
    for hit in hits:
        group = groups.get(hit.stored.key)
        told = [other for other in kept if group is not None and groups.get(other.stored.key) == group]
        told = [other for other in told if other.stored.passage.article_id != hit.stored.passage.article_id]
        if group is not None and told and _repeats(hit, told):
            if parts.get(group, 0) == _PARTS or not any(asked.intersection(terms(own)) for own in _own(hit, told)):
                continue
            parts[group] = parts.get(group, 0) + 1
        kept.append(hit)
    return tuple(kept)


def _repeats(hit: SearchHit, told: Sequence[SearchHit]) -> bool:
    runs = Wording(hit.stored.passage.text).runs
    known = frozenset().union(*(Wording(other.stored.passage.text).runs for other in told))
    return len(runs & known) > _HALF * len(runs)


def _own(hit: SearchHit, told: Sequence[SearchHit]) -> Iterator[str]:
    """The sentences of a hit that none of the others holds word for word."""
    known = [folded(other.stored.passage.text) for other in told]
    text = hit.stored.passage.text
    sentences = (text[start:end] for start, end in sentence_spans(text))
    return (sentence for sentence in sentences if not any(folded(sentence) in other for other in known))


def folded(text: str) -> str:
    """The words alone, in lower case, each between blanks: what stands in a text however it is set."""
    return f" {' '.join(Wording(text).words)} "
