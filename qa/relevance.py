"""Relevance of sentences to a question: what the reader makes of them, the words they share, how they were found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index_store.search import SearchHit
from index_store.sentences import sentence_spans
from index_store.store import ArticleStore
from qa.corrections import asks_for_correction, is_retraction
from qa.events import AskedEvent, Telling, read_event
from qa.offices import AskedOffice, read_office
from qa.question import ReadQuestion
from qa.reader import Reader, Reading
from qa.reader.reading import SentenceScore
from qa.reasons import Reason, asks_for_reason, reason_in
from qa.silences import leaves_open
from qa.weights import TermWeights

# What a sentence is ranked by, in logits of the reader; fitted in docs/evaluation.md.
_RELEVANCE_WEIGHT = 0.5  # of the reader's logit that the passage answers
_RETRIEVAL_WEIGHT = 10.0  # of the passage's score
_WITHDRAWN = 15.0  # taken off a notice of correction, which tells what is no longer said
_OF_ANOTHER = 4.0  # taken off a sentence that tells the event of something else
_REASON_WEIGHTS = {Reason.GIVEN: 2.5, Reason.NONE: 0.0, Reason.TURNED: -6.0}  # where the question asks why
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
    event: Telling  # what the sentence and those beside it say of what the question takes to have happened
    answer: tuple[int, int]  # the answering words in the article; the sentence where the reader finds none in it
    score: float  # what candidates are ranked by

    @property
    def fit(self) -> float:
        """The part of the score that is the sentence's own, without its passage's."""
        return self.span + _SUPPORT_WEIGHT * self.support

    @property
    def is_marked(self) -> bool:
        """Whether the reader found the best answer of the passage in this sentence."""
        return self.answer != (self.start, self.end)

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
    event: AskedEvent | None = None  # None: the question names none
    office: AskedOffice | None = None  # the same, where its holder is asked for

    @classmethod
    def of(cls, question: ReadQuestion, store: ArticleStore, reader: Reader) -> "SentenceScorer":
        """A scorer that weighs the question's words by how rare they are in the store."""
        weights = TermWeights.of(question.content_words, store)
        event, office = read_event(question.text, store.terms), read_office(question.text)
        return cls(question, weights, store.terms, reader, event, office)

    def score(self, hits: Sequence[SearchHit]) -> list[ScoredSentence]:
        """Every sentence of the passages, in their order."""
        passages = [(hit.stored.title, hit.stored.passage.text) for hit in hits]
        readings = self.reader.read_all(self.question.text, passages)
        return [sentence for hit, reading in zip(hits, readings, strict=True) for sentence in self._read(hit, reading)]

    def _read(self, hit: SearchHit, reading: Reading) -> list[ScoredSentence]:
        passage, title = hit.stored.passage, hit.stored.title
        spans = sentence_spans(passage.text)
        texts = [passage.text[start:end] for start, end in spans]
        scores = reading.sentence_scores(spans)
        judged = zip(scores, self._supports(texts, title), self._tellings(texts, passage.text, title), strict=True)
        return [self._scored(hit, reading, score, support, event) for score, support, event in judged]

    def _scored(
        self, hit: SearchHit, reading: Reading, judged: SentenceScore, support: float, event: Telling
    ) -> ScoredSentence:
        passage = hit.stored.passage
        text = passage.text[judged.start : judged.end]
        share = _RELEVANCE_WEIGHT * reading.relevance + _RETRIEVAL_WEIGHT * hit.score
        within = judged.start <= reading.start and reading.end <= judged.end
        marked = (reading.start, reading.end) if within else (judged.start, judged.end)
        return ScoredSentence(
            hit=hit,
            start=passage.start + judged.start,
            end=passage.start + judged.end,
            text=text,
            support=support,
            span=judged.span,
            relevance=reading.relevance,
            event=event,
            answer=(passage.start + marked[0], passage.start + marked[1]),
            score=judged.span + share + _SUPPORT_WEIGHT * support + self._reason(text) - self._doubt(text, event),
        )

    def _supports(self, texts: Sequence[str], title: str) -> list[float]:
        """The share of the question's words found in and around each sentence."""
        found = [frozenset(self.terms(text)) for text in texts]
        headline = self.terms(title)
        supports = []
        for position, own in enumerate(found):
            beside = frozenset().union(*found[max(0, position - 1) : position], *found[position + 1 : position + 2])
            supports.append(self.weights.found_in((1.0, own), (_IN_NEIGHBOUR, beside), (_IN_TITLE, headline)))
        return supports

    def _tellings(self, texts: Sequence[str], passage: str, title: str) -> list[Telling]:
        """What each sentence says of the event; where it is silent, what its neighbours or the headline say.

        Who holds an office has to be told in the sentence itself.
        """
        if self.office is not None:
            return self.office.tellings(texts, passage, title)
        if self.event is None:
            opens = [leaves_open(text, self.question.text) for text in texts]
            return [Telling.OTHERWISE if is_open else Telling.TOLD for is_open in opens]
        told = [self.event.told_at(texts, position, title) for position in range(len(texts))]
        headline = self.event.told_in(title)
        return [
            own if own is not Telling.SILENT else _told_beside((*told[max(0, k - 1) : k + 2], headline))
            for k, own in enumerate(told)
        ]

    def _reason(self, text: str) -> float:
        if self.event is None or not asks_for_reason(self.question.text):
            return 0.0
        return _REASON_WEIGHTS[reason_in(text, self.event)]

    def _doubt(self, text: str, event: Telling) -> float:
        """What is taken off a sentence that tells of something else, or is withdrawn."""
        elsewhere = _OF_ANOTHER if event is Telling.ELSEWHERE else 0.0
        withdrawn = _WITHDRAWN if is_retraction(text) and not asks_for_correction(self.question.text) else 0.0
        return elsewhere + withdrawn


def _told_beside(around: Sequence[Telling]) -> Telling:
    return next((telling for telling in (Telling.TOLD, Telling.OTHERWISE) if telling in around), Telling.SILENT)
