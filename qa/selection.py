"""Selection: which of the scored sentences make the answer."""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from qa.accounts import asks_for_account
from qa.copies import folded
from qa.events import Telling
from qa.explanation import Considered
from qa.gathering import is_within, names_member, whole_list
from qa.lists import asks_for_members
from qa.numbers import asks_for_number, numbers_in
from qa.relevance import ScoredSentence
from qa.sides import are_of_one_matter

_STATEMENTS = 3
_WORDS = 55  # of all statements together; a further sentence must fit
_MEMBERS, _MEMBER_WORDS = 5, 90  # the same where every member of a list is asked for
_NEARLY = 5.0  # how far behind the best sentence, in its score, a further one may be
_CONTINUES = 3.0  # what the next sentence gains as a further one where an account is asked for: why, or in what manner
_GAP = 4  # characters of white space between a sentence and the next, at most
_CUT = "The list goes on in the article."
_SAME = 0.8  # share of words that two sentences have in common when one is a copy of the other

_BARE_PRONOUN = re.compile(r"\W*(?:He|She|They)\b")
# Words of somebody whom another sentence names.
_PRONOUN_SPEAKS = re.compile(
    r"[,”\"’]\s*(?:he|she|they) [a-z]+|\b(?:he|she|they) (?:said|says|told|added)\b", re.IGNORECASE
)
_REFERS_BACK = re.compile(r"\W*(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its)\b")
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]+")


Stands = Callable[[ScoredSentence], bool]  # whether a sentence alone would be an answer


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
    note: str = ""  # what the sentences leave out


def select(question: str, scored: Sequence[ScoredSentence], stands: Stands) -> Selection:
    """The best sentence and what belongs beside it, best first; empty without sentences.

    Where every member of a list is asked for, sentences of other passages that `stands` finds likely enough to answer
    by themselves add theirs, and a list that the text tells in one go is given whole. Where a quantity is asked for
    and two articles give different ones, both stand side by side and nothing else. Otherwise further sentences follow
    that are nearly as good, while the answer stays short. Copies count once.
    """
    best = ranked(scored)
    other = _other_side(question, best) if asks_for_number(question) else None
    if other:
        why = "gives another number than a sentence of another article"
        fates = {id(best[0]): why, id(other): why}
        selected = tuple(Selected(sentence, _copies(sentence, best), disputed=True) for sentence in (best[0], other))
        return Selection(selected, tuple(consider(s, fates.get(id(s), "beside a dispute"), fates) for s in best))
    listed = whole_list(question, best)
    if listed:
        best = [listed.sentence, *(sentence for sentence in best if not is_within(sentence, listed.sentence))]
    chosen, fates = _gathered(question, best, stands)
    considered = tuple(replace(consider(s, fates[id(s)]), kept=s in chosen) for s in best)
    selected = tuple(Selected(sentence, _copies(sentence, best)) for sentence in chosen)
    return Selection(selected, considered, _CUT if listed and listed.is_cut else "")


def _other_side(question: str, best: Sequence[ScoredSentence]) -> ScoredSentence | None:
    """A sentence of another article that is nearly as good as the best one and gives another number of the same."""
    near = (sentence for sentence in best[1:] if sentence.fit >= best[0].fit - _NEARLY)
    return next((s for s in near if _disagree(best[0], s) and are_of_one_matter(question, best[0], s)), None)


def _gathered(
    question: str, best: Sequence[ScoredSentence], stands: Stands
) -> tuple[list[ScoredSentence], dict[int, str]]:
    """The sentences that stand together in the answer, in reading order, and the fate of each."""
    chosen = list(best[:1])
    fates = {id(sentence): "answers best" for sentence in chosen}
    referent = next((s for s in best[1:] if _names_referent(s, best[0])), None)
    if referent and _fits((referent, best[0])):
        chosen.insert(0, referent)
        fates[id(referent)] = "says who is meant"
    for sentence in best if asks_for_members(question) else ():
        if id(sentence) not in fates and _adds_member(sentence, chosen, stands):
            chosen.append(sentence)
            fates[id(sentence)] = "names another member"
    gains = {id(s): _CONTINUES if asks_for_account(question) and _follows(s, best[0]) else 0.0 for s in best}
    for sentence in sorted(best, key=lambda s: -s.score - gains[id(s)]):
        if id(sentence) in fates:
            continue
        behind = best[0].score - sentence.score - gains[id(sentence)]
        obstacle = _obstacle(sentence, chosen, behind)
        if not obstacle:
            chosen.append(sentence)
        fates[id(sentence)] = obstacle or "is nearly as good"
    return chosen, fates


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


def _obstacle(sentence: ScoredSentence, chosen: Sequence[ScoredSentence], behind: float) -> str:
    """Why a sentence does not stand beside those already chosen; empty when it does."""
    if any(is_copy(sentence.text, other.text) for other in chosen):
        return "says the same as a better one"
    if sentence.event in (Telling.OTHERWISE, Telling.ELSEWHERE):
        return "tells otherwise of what is asked about"
    if behind > _NEARLY:
        return "is too far behind the best"
    if not any(_follows(sentence, other) for other in chosen):
        if _PRONOUN_SPEAKS.search(sentence.text):
            return "does not say who speaks"
        if _REFERS_BACK.match(sentence.text):
            return "does not say what is meant"
    if len(chosen) >= _STATEMENTS or not _fits((*chosen, sentence)):
        return "would make the answer too long"
    return ""


def _adds_member(sentence: ScoredSentence, chosen: Sequence[ScoredSentence], stands: Stands) -> bool:
    """Whether a sentence belongs into a list, still has room there and can be understood alone."""
    room = len(chosen) < _MEMBERS and _words((*chosen, sentence)) <= _MEMBER_WORDS
    alone = not _PRONOUN_SPEAKS.search(sentence.text) and not _BARE_PRONOUN.match(sentence.text)
    new = not any(is_copy(sentence.text, other.text) for other in chosen)
    return room and alone and new and names_member(sentence, chosen) and stands(sentence)


def _fits(sentences: Sequence[ScoredSentence]) -> bool:
    return _words(sentences) <= _WORDS


def _words(sentences: Sequence[ScoredSentence]) -> int:
    return sum(len(sentence.text.split()) for sentence in sentences)


def _names_referent(sentence: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether a sentence stands before one that begins with a bare "he", "she" or "they", and names somebody itself."""
    return bool(
        _follows(other, sentence)
        and _BARE_PRONOUN.match(other.text)
        and not _BARE_PRONOUN.match(sentence.text)
        and _NAME.search(sentence.text)
    )


def _follows(sentence: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether a sentence is the next one after another in its passage."""
    gap = sentence.start - other.end
    return sentence.hit.stored.passage.id == other.hit.stored.passage.id and 0 <= gap <= _GAP


def is_copy(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    first, second = (frozenset(folded(text).split()) for text in (one, other))
    return len(first & second) >= _SAME * len(first | second)


def prints(other: str, sentence: str) -> bool:
    """Whether another sentence can be named as a source of one: a copy with the same numbers."""
    return is_copy(sentence, other) and numbers_in(sentence) == numbers_in(other)


def _copies(sentence: ScoredSentence, others: Sequence[ScoredSentence]) -> tuple[ScoredSentence, ...]:
    found = {
        _article_id(other): other
        for other in reversed(others)
        if _article_id(other) != _article_id(sentence) and prints(other.text, sentence.text)
    }
    return tuple(found.values())


def _disagree(one: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether the answering words of two articles hold different numbers."""
    first, second = numbers_in(one.answer_text), numbers_in(other.answer_text)
    return _article_id(one) != _article_id(other) and bool(first) and bool(second) and not first & second


def _article_id(sentence: ScoredSentence) -> str:
    return sentence.hit.stored.passage.article_id
