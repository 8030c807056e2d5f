"""Gathering: sentences that are part of an answer because the question wants every member of a list."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from qa.events import Telling
from qa.lists import Enumeration, asks_for_members, enumerations, wants_things
from qa.relevance import ScoredSentence

_BESIDE = 5.0  # how far behind the best sentence of its passage one may be whose list answers instead
_BEHIND = 8.0  # how far behind the best a sentence of another passage may be that names another member
_WORDS = 100  # of a list that is told in one go; what follows is left to be read in its place


def whole_list(question: str, best: Sequence[ScoredSentence]) -> ScoredSentence | None:
    """The list, as one sentence, that the best of the sentences begins or belongs to; None where there is none.

    Where all members are asked for, a list beside the best sentence will do.
    """
    if not best or not wants_things(question):
        return None
    passage = sorted((s for s in best if _passage_id(s) == _passage_id(best[0])), key=lambda s: s.start)
    reach = _BESIDE if asks_for_members(question) else 0.0
    near = {id(sentence) for sentence in passage if sentence.score >= best[0].score - reach}
    for run in _runs(passage):
        gaps = [_between(one, other) for one, other in pairwise(run)]
        for found in enumerations(question, [sentence.text for sentence in run], gaps):
            if any(id(run[position]) in near for position in found.whole):
                return _merged(run, found, best[0])
    return None


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
    said = sentence.answer_text.split()
    named = [word for word in said if word[0].isupper()] or said
    known = " ".join(other.text for other in chosen)
    return any(word.strip(".,;:’'\"“”") not in known for word in named)


def _runs(passage: Sequence[ScoredSentence]) -> list[list[ScoredSentence]]:
    """The sentences, in order, parted where one between them is no candidate."""
    breaks = [0]
    for one, other in pairwise(passage):
        breaks.append(breaks[-1] + bool(_between(one, other).strip()))
    return [[s for _, s in run] for _, run in groupby(zip(breaks, passage, strict=True), key=lambda pair: pair[0])]


def _between(one: ScoredSentence, other: ScoredSentence) -> str:
    passage = one.hit.stored.passage
    return passage.text[one.end - passage.start : other.start - passage.start]


def _merged(run: Sequence[ScoredSentence], found: Enumeration, best: ScoredSentence) -> ScoredSentence:
    members = [run[position] for position in found.whole]
    while len(members) > 1 and sum(len(member.text.split()) for member in members) > _WORDS:
        members.pop()
    start, end = members[0].start, members[-1].end
    passage = best.hit.stored.passage
    text = passage.text[start - passage.start : end - passage.start]
    first = run[found.first] if found.lead is None or len(members) == 1 else members[1]
    return replace(best, start=start, end=end, text=text, answer=(first.start, end))


def _passage_id(sentence: ScoredSentence) -> str:
    return sentence.hit.stored.passage.id
