"""Selection: which of the scored sentences make the answer."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from qa.explanation import Considered
from qa.numbers import asks_for_number, numbers_in
from qa.relevance import ScoredSentence

_STATEMENTS = 3
_WORDS = 55  # of all statements together; a further sentence must fit
_NEARLY = 5.0  # how far behind the best sentence, in its score, a further one may be
_SAME = 0.8  # share of words that two sentences have in common when one is a copy of the other


@dataclass(frozen=True, slots=True)
class Selected:
    """A sentence of the answer."""

    sentence: ScoredSentence
    copies: tuple[ScoredSentence, ...]  # the same sentence in other articles
    disputed: bool = False  # another selected sentence gives another number


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences of the answer, and the fate of each candidate, best first."""

    selected: tuple[Selected, ...]
    considered: tuple[Considered, ...]


def select(question: str, scored: Sequence[ScoredSentence]) -> Selection:
    """The best sentence and what belongs beside it, best first; empty without sentences.

    Where a quantity is asked for and two articles give different ones, both stand side by side and nothing else.
    Otherwise further sentences follow that are nearly as good, while the answer stays short. Copies count once.
    """
    best = ranked(scored)
    other = next((s for s in best[1:] if s.fit >= best[0].fit - _NEARLY and _disagree(best[0], s)), None)
    if other and asks_for_number(question):
        why = "gives another number than a sentence of another article"
        fates = {id(best[0]): why, id(other): why}
        selected = tuple(Selected(sentence, _copies(sentence, best), disputed=True) for sentence in (best[0], other))
        return Selection(selected, tuple(consider(s, fates.get(id(s), "beside a dispute"), fates) for s in best))
    chosen: list[ScoredSentence] = []
    considered = []
    for sentence in best:
        obstacle = _obstacle(sentence, chosen, best)
        if not obstacle:
            chosen.append(sentence)
        why = obstacle or ("answers best" if sentence is best[0] else "is nearly as good")
        considered.append(replace(consider(sentence, why), kept=not obstacle))
    return Selection(tuple(Selected(sentence, _copies(sentence, best)) for sentence in chosen), tuple(considered))


def ranked(scored: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The sentences, best first."""
    return sorted(scored, key=lambda sentence: -sentence.score)


def consider(sentence: ScoredSentence, why: str, kept: Container[int] = ()) -> Considered:
    """The sentence as the explanation shows it."""
    scores = {
        "score": sentence.score,
        "reader": sentence.span,
        "relevance": sentence.relevance,
        "words": sentence.support,
        "passage": sentence.hit.score,
    }
    article_id = _article_id(sentence)
    return Considered(article_id, sentence.start, sentence.end, sentence.text, scores, why, kept=id(sentence) in kept)


def _obstacle(sentence: ScoredSentence, chosen: Sequence[ScoredSentence], best: Sequence[ScoredSentence]) -> str:
    """Why a sentence does not stand beside those already chosen; empty when it does."""
    if not chosen:
        return ""
    if any(is_copy(sentence.text, other.text) for other in chosen):
        return "says the same as a better one"
    if not _is_near(sentence, best):
        return "is too far behind the best"
    if len(chosen) == _STATEMENTS or sum(len(s.text.split()) for s in (*chosen, sentence)) > _WORDS:
        return "would make the answer too long"
    return ""


def _is_near(sentence: ScoredSentence, best: Sequence[ScoredSentence]) -> bool:
    return sentence.score >= best[0].score - _NEARLY


def is_copy(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    first, second = (frozenset(text.casefold().split()) for text in (one, other))
    return len(first & second) >= _SAME * len(first | second)


def _copies(sentence: ScoredSentence, others: Sequence[ScoredSentence]) -> tuple[ScoredSentence, ...]:
    found = {
        _article_id(other): other
        for other in reversed(others)
        if _article_id(other) != _article_id(sentence) and is_copy(sentence.text, other.text)
    }
    return tuple(found.values())


def _disagree(one: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether the answering words of two articles hold different numbers."""
    first, second = numbers_in(one.answer_text), numbers_in(other.answer_text)
    return _article_id(one) != _article_id(other) and bool(first) and bool(second) and not first & second


def _article_id(sentence: ScoredSentence) -> str:
    return sentence.hit.stored.passage.article_id
