"""Exchanging: an answerable question becomes one that no article answers, by another article's name in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index_store.article import Article
from qa.evaluation.drafting.draft import Draft
from qa.lexicon import words
from qa.reading.word_forms import WORD, is_function_word

_TOLD_SHARE = 0.7  # of the other words of a question in an article that names who was put in: then it may answer
_SHORTEST = 4  # letters of a word that is looked for


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with a name exchanged; `name` was put in."""

    draft: Draft
    name: str
    question: str

    @property
    def others(self) -> frozenset[str]:
        """The beginnings of the other words of substance."""
        rest = self.question.replace(self.name, " ")
        found = (word.lower() for word in WORD.findall(rest))
        asked = words("asked_speech_verbs") | words("speech_verbs")
        return frozenset(
            word[:5] for word in found if len(word) >= _SHORTEST and not is_function_word(word) and word not in asked
        )

    def may_be_told_by(self, article: Article) -> bool:
        """Whether an article that names the name also speaks of most of the rest."""
        if self.name.split()[-1] not in article.text:
            return False
        lower = article.text.lower()
        told = sum(bool(re.search(rf"\b{re.escape(word)}", lower)) for word in self.others)
        return not self.others or told >= _TOLD_SHARE * len(self.others)


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names that may be put in: of people, and of other things by their last word ("Bridge", "Dam")."""

    people: tuple[str, ...]
    things: tuple[str, ...]  # with "the" where a sentence has it

    def exchanges(self, draft: Draft, persons: Iterable[str], things: Iterable[str]) -> Sequence[Exchange]:
        """The draft with each name of its question exchanged for each that is of its kind, people first."""
        if "“" in draft.question:  # a quotation is somebody's own, whatever name stands beside it
            return ()
        return [
            Exchange(draft, other, _put(other, name, draft.question))
            for names, pool in ((persons, self.people), (things, self.things))
            for name in sorted(names, key=lambda each: (-len(each), each))
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", draft.question)
            for other in pool
            if _is_alike(name, other, anything=pool is self.people or draft.kind == "quotation")
        ]


def _put(other: str, name: str, question: str) -> str:
    return re.sub(rf"(?<!\w)(?:the )?{re.escape(name)}(?!\w)", other, question)


def _is_alike(name: str, other: str, *, anything: bool) -> bool:
    if set(name.split()) & set(other.split()[:-1]) or name == other:
        return False
    return anything or (" " in name and name.split()[-1] == other.split()[-1])


def untold(exchanges: Sequence[Exchange], articles: Iterable[Article]) -> tuple[Exchange, ...]:
    """Those that no article may answer; one pass over all of them."""
    left = list(exchanges)
    for article in articles:
        left = [exchange for exchange in left if not exchange.may_be_told_by(article)]
    return tuple(left)
