"""Gathering: sentences that are part of an answer because the question wants every member of a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from qa.events import Telling
from qa.lists import Enumeration, asks_for_members, enumerations, wants_things
from qa.offices import read_office
from qa.reading.word_forms import is_function_word
from qa.relevance import ScoredSentence

_BESIDE = 5.0  # how far behind the best sentence of its passage one may be whose list answers instead
_BEHIND = 8.0  # how far behind the best a sentence of another passage may be that names another member
_NOT_TOLD = (Telling.OTHERWISE, Telling.ELSEWHERE)
_MOST_WORDS = 100  # of a list that is told in one go; what follows is left to be read in its place


@dataclass(frozen=True, slots=True)
class WholeList:
    """A list that a text tells in one go, as one sentence."""

    sentence: ScoredSentence
    is_cut: bool  # more items follow than are shown


def told(question: str, scored: list[ScoredSentence]) -> list[ScoredSentence]:
    """The sentences; where members are asked for, none that denies being about one, unless all do.

    Of sentences that tell who holds the office asked for, those alone.
    """
    if read_office(question):
        return [sentence for sentence in scored if sentence.event is Telling.TOLD] or scored
    if not asks_for_members(question):
        return scored
    return [sentence for sentence in scored if sentence.event not in _NOT_TOLD] or scored


def whole_list(question: str, best: Sequence[ScoredSentence]) -> WholeList | None:
    """The list that the best of the sentences begins; None where there is none.

    Where all members are asked for, a list that it belongs to or that stands beside it will do.
    """
    if not best or not wants_things(question):
        return None
    passage = sorted((s for s in best if _passage_id(s) == _passage_id(best[0])), key=lambda s: s.start)
    for run in _runs(passage):
        gaps = [_between(one, other) for one, other in pairwise(run)]
        for found in enumerations(question, [sentence.text for sentence in run], gaps):
            if _is_asked_for(question, run, found, best[0]):
                return _merged(run, found, best[0])
    return None


def _is_asked_for(question: str, run: Sequence[ScoredSentence], found: Enumeration, best: ScoredSentence) -> bool:
    if asks_for_members(question):
        return any(run[position].score >= best.score - _BESIDE for position in found.whole)
    return found.lead is not None and run[found.lead] is best


def is_within(sentence: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether a sentence is part of a list that was made one."""
    return _passage_id(sentence) == _passage_id(other) and other.start <= sentence.start and sentence.end <= other.end


def names_member(sentence: ScoredSentence, chosen: Sequence[ScoredSentence]) -> bool:
    """Whether a sentence of a passage of its own tells the same of somebody or something not yet named."""
    elsewhere = all(_passage_id(sentence) != _passage_id(other) for other in chosen)
    near = sentence.score >= max(other.score for other in chosen) - _BEHIND
    told = sentence.is_marked and sentence.event is Telling.TOLD
    return elsewhere and near and told and _names_another(sentence, chosen)


def _names_another(sentence: ScoredSentence, chosen: Sequence[ScoredSentence]) -> bool:
    said = [word for word in _words(sentence.answer_text) if not is_function_word(word)]
    named = [word for word in said if word[0].isupper()] or said
    return not set(named) <= {word for other in chosen for word in _words(other.text)}


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def _runs(passage: Sequence[ScoredSentence]) -> list[list[ScoredSentence]]:
    """The sentences, in order, parted where one between them is no candidate."""
    breaks = [0]
    for one, other in pairwise(passage):
        breaks.append(breaks[-1] + bool(_between(one, other).strip()))
    return [[s for _, s in run] for _, run in groupby(zip(breaks, passage, strict=True), key=lambda pair: pair[0])]


def _between(one: ScoredSentence, other: ScoredSentence) -> str:
    passage = one.hit.stored.passage
    return passage.text[one.end - passage.start : other.start - passage.start]


def _merged(run: Sequence[ScoredSentence], found: Enumeration, best: ScoredSentence) -> WholeList:
    members = [run[position] for position in found.whole]
    shown = list(members)
    while len(shown) > 1 and shown[-1] is not best and sum(len(s.text.split()) for s in shown) > _MOST_WORDS:
        shown.pop()
    start, end = shown[0].start, shown[-1].end
    passage = best.hit.stored.passage
    text = passage.text[start - passage.start : end - passage.start]
    items = shown[1:] if found.lead is not None and len(shown) > 1 else shown
    whole = replace(best, start=start, end=end, text=text, answer=(items[0].start, end))
    return WholeList(whole, is_cut=len(shown) < len(members))


def _passage_id(sentence: ScoredSentence) -> str:
    return sentence.hit.stored.passage.id
