"""Relevance of a sentence to a question, by its words and its form."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from index_store.search import SearchHit
from index_store.sentences import Span, sentence_spans
from index_store.store import ArticleStore
from qa.lexicon import words
from qa.question import ReadQuestion, Wanted
from qa.weights import TermWeights

_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]+")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|dozen|half|hundreds?|thousands?|millions?|billions?)\b",
    re.I,
)
_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|march|april|may|june|july|aug|sept?|oct|nov|dec|january|february"
    r"|august|september|october|november|december|today|yesterday|tomorrow|week|month|year|\d{4})\b",
    re.I,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|outside|off) (?:the )?[A-Z]")
_QUOTED = re.compile(r"[“\"]")
_FORMS = {Wanted.PERSON: _NAME, Wanted.NUMBER: _NUMBER, Wanted.TIME: _TIME, Wanted.PLACE: _PLACE}

# Shares of a question word's weight when it stands beside the sentence instead of in it.
_IN_NEIGHBOUR, _IN_TITLE = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of an article as a candidate answer."""

    article_id: str
    start: int
    end: int
    text: str
    support: float  # share of the question's weight found in and around the sentence, in [0, 1]
    score: float  # what candidates are ranked by


@dataclass(frozen=True, slots=True)
class SentenceScorer:
    """Scores sentences for one question."""

    question: ReadQuestion
    weights: TermWeights
    terms: Callable[[str], tuple[str, ...]]

    @classmethod
    def of(cls, question: ReadQuestion, store: ArticleStore) -> "SentenceScorer":
        """A scorer that weighs the question's words by how rare they are in the store."""
        return cls(question, TermWeights.of(question.content_words, store), store.terms)

    def score(self, hit: SearchHit) -> list[ScoredSentence]:
        """The sentences of a passage, each with its score."""
        passage = hit.stored.passage
        spans = sentence_spans(passage.text)
        found = [frozenset(self.terms(passage.text[start:end])) for start, end in spans]
        title = frozenset(self.terms(hit.stored.title))
        scored = []
        for position, span in enumerate(spans):
            beside = frozenset().union(*found[max(0, position - 1) : position], *found[position + 1 : position + 2])
            support = self.weights.found_in((1.0, found[position]), (_IN_NEIGHBOUR, beside), (_IN_TITLE, title))
            score = support + self._form(passage.text[slice(*span)]) + 0.3 * hit.score
            scored.append(_sentence(hit, span, support, score))
        return scored

    def _form(self, text: str) -> float:
        """Whether the sentence holds the kind of thing that is asked for."""
        if self.question.wanted is Wanted.STATEMENT:
            return self._speech(text)
        form = _FORMS.get(self.question.wanted)
        if form is None:
            return 0.0
        asked = {word.lower() for word in self.question.content_words}
        return 0.2 if any(found.group().lower() not in asked for found in form.finditer(text)) else 0.0

    def _speech(self, text: str) -> float:
        named = not self.question.names or any(name in text for name in self.question.names)
        speaks = any(word.strip(".,:").lower() in words("speech_verbs") for word in text.split())
        if not (named and speaks):
            return -0.2
        return 0.3 if _QUOTED.search(text) else 0.1


def _sentence(hit: SearchHit, span: Span, support: float, score: float) -> ScoredSentence:
    passage = hit.stored.passage
    start, end = passage.start + span[0], passage.start + span[1]
    return ScoredSentence(passage.article_id, start, end, passage.text[slice(*span)], support, score)
