"""Relevance of sentences to a question: what the reader makes of them, the words they share, how they were found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index_store.search import SearchHit
from index_store.sentences import sentence_spans
from index_store.store import ArticleStore
from qa.corrections import is_retraction
from qa.question import ReadQuestion
from qa.reader import Reader, Reading
from qa.weights import TermWeights

# What a sentence is ranked by, in logits of the reader; fitted in docs/evaluation.md.
_RELEVANCE_WEIGHT = 0.5  # of the reader's logit that the passage answers
_RETRIEVAL_WEIGHT = 10.0  # of the passage's score
_WITHDRAWN = 15.0  # taken off a notice of correction, which tells what is no longer said
_SUPPORT_WEIGHT = 6.0  # of the share of the question's words that is found

# Shares of a question word's weight when it stands beside the sentence instead of in it.
_IN_NEIGHBOUR, _IN_TITLE = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of an article as a candidate answer."""

    hit: SearchHit
    start: int  # in the article
    end: int
    text: str
    support: float  # share of the question's words found in and around the sentence, by weight, in [0, 1]
    span: float  # logit of the best answer in the sentence minus the reader's logit for "no answer"
    relevance: float  # the reader's logit that the passage answers
    answer: tuple[int, int]  # the answering words in the article; the sentence where the reader finds none in it
    score: float  # what candidates are ranked by

    @property
    def fit(self) -> float:
        """The part of the score that is the sentence's own, without its passage's."""
        return self.span + _SUPPORT_WEIGHT * self.support

    @property
    def answer_text(self) -> str:
        """The answering words."""
        return self.text[self.answer[0] - self.start : self.answer[1] - self.start]


@dataclass(frozen=True, slots=True)
class SentenceScorer:
    """Scores the sentences of passages for one question."""

    question: ReadQuestion
    weights: TermWeights
    terms: Callable[[str], tuple[str, ...]]
    reader: Reader

    @classmethod
    def of(cls, question: ReadQuestion, store: ArticleStore, reader: Reader) -> "SentenceScorer":
        """A scorer that weighs the question's words by how rare they are in the store."""
        return cls(question, TermWeights.of(question.content_words, store), store.terms, reader)

    def score(self, hits: Sequence[SearchHit]) -> list[ScoredSentence]:
        """Every sentence of the passages, in their order."""
        passages = [(hit.stored.title, hit.stored.passage.text) for hit in hits]
        readings = self.reader.read_all(self.question.text, passages)
        return [sentence for hit, reading in zip(hits, readings, strict=True) for sentence in self._read(hit, reading)]

    def _read(self, hit: SearchHit, reading: Reading) -> list[ScoredSentence]:
        passage = hit.stored.passage
        spans = sentence_spans(passage.text)
        found = [frozenset(self.terms(passage.text[start:end])) for start, end in spans]
        title = frozenset(self.terms(hit.stored.title))
        passage_share = _RELEVANCE_WEIGHT * reading.relevance + _RETRIEVAL_WEIGHT * hit.score
        scored = []
        for position, judged in enumerate(reading.sentence_scores(spans)):
            beside = frozenset().union(*found[max(0, position - 1) : position], *found[position + 1 : position + 2])
            support = self.weights.found_in((1.0, found[position]), (_IN_NEIGHBOUR, beside), (_IN_TITLE, title))
            text = passage.text[judged.start : judged.end]
            withdrawn = _WITHDRAWN if is_retraction(text) and not is_retraction(self.question.text) else 0.0
            within = judged.start <= reading.start and reading.end <= judged.end
            marked = (reading.start, reading.end) if within else (judged.start, judged.end)
            scored.append(
                ScoredSentence(
                    hit=hit,
                    start=passage.start + judged.start,
                    end=passage.start + judged.end,
                    text=text,
                    support=support,
                    span=judged.span,
                    relevance=reading.relevance,
                    answer=(passage.start + marked[0], passage.start + marked[1]),
                    score=judged.span + passage_share + _SUPPORT_WEIGHT * support - withdrawn,
                )
            )
        return scored
