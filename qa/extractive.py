"""The extractive synthesizer: passages become an answer of verbatim sentences, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index_store.catalog import StoredQuotation
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.answer import Statement
from qa.citation import Citation
from qa.days import in_time
from qa.events import read_event
from qa.evidence import evidence
from qa.explanation import Considered
from qa.gathering import told
from qa.namesakes import find_namesakes
from qa.naming import named_share
from qa.offices import read_office
from qa.question import ReadQuestion, read_question
from qa.reader import Reader
from qa.reading import Period
from qa.relevance import ScoredSentence, SentenceScorer
from qa.request import Request
from qa.retriever import Found
from qa.selection import Selected, consider, ranked, select
from qa.settings import QASettings
from qa.speech.kinds import is_deed
from qa.speech.reading import asked_in
from qa.speech.speakers import is_name, read_speaker


@dataclass(frozen=True, slots=True)
class Extract:
    """What the passages yield: cited sentences, or the reason why they do not answer."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    reason: str  # empty when there are statements
    considered: tuple[Considered, ...] = ()  # best first
    evidence: float | None = None  # probability that the best sentence answers
    note: str = ""  # what the statements leave out: who is not quoted, that a list goes on


@dataclass(frozen=True, slots=True)
class ExtractiveSynthesizer:
    """Selects the sentences that answer, word for word."""

    store: ArticleStore
    settings: QASettings
    reader: Reader

    def synthesize(self, request: Request, found: Found) -> Extract:
        """The sentences among the best passages that answer the question."""
        read = read_question(request.question, found.period)
        scored = self._scored(request, found.period, found.hits[: self.settings.passages_read])
        scored = told(request.question, in_time(scored, request.question, found.period))
        sure = self._evidence(read, scored, found)
        if not scored or sure < self.settings.strictness:
            refused = f"the evidence, {sure:.2f}, is below {self.settings.strictness:.2f}"
            considered = tuple(consider(sentence, refused) for sentence in ranked(scored))
            return Extract((), (), self._reason(read, request, found.hits), considered, sure)
        namesakes = find_namesakes(request.question, map(found.article, found.hits[: self.settings.passages_read]))
        if namesakes:
            best = _article_id(ranked(scored)[0])
            scored = [s for s in scored if namesakes.may_stand_beside(_article_id(s), best)]
        selection = select(request.question, scored, lambda sentence: self._stands(read, sentence, found))
        extract = _cite(selection.selected, found)
        several = namesakes.note_for(extract.statements) if namesakes else ""
        note = " ".join(filter(None, (selection.note, several)))
        return replace(extract, considered=selection.considered, evidence=sure, note=note)

    def _evidence(self, read: ReadQuestion, scored: Sequence[ScoredSentence], found: Found) -> float:
        if not (scored and read.content_words):
            return 0.0
        article = found.article(ranked(scored)[0].hit)
        event = read_event(read.text, self.store.terms)
        named = named_share(read.names, article, self.store)
        return evidence(scored, named=named, asks_detail=event is not None and event.asks_detail)

    def _stands(self, read: ReadQuestion, sentence: ScoredSentence, found: Found) -> bool:
        """Whether a sentence alone would be an answer."""
        return self._evidence(read, [sentence], found) >= self.settings.strictness

    def _scored(self, request: Request, period: Period | None, hits: Sequence[SearchHit]) -> list[ScoredSentence]:
        """The sentences of the hits, passage by passage; those told at the time asked for are not asked for it."""
        scored: list[ScoredSentence] = []
        for is_then in (True, False):
            group = [hit for hit in hits if is_then == bool(period and period.is_told_on(hit.stored.published))]
            if group:
                read = read_question(request.question, period, is_then=is_then)
                scored += self._read(SentenceScorer.of(read, self.store, self.reader), group, request)
        return scored

    def _read(self, scorer: SentenceScorer, hits: Sequence[SearchHit], request: Request) -> list[ScoredSentence]:
        """The sentences of the hits; where words are asked for, those that name who spoke and are nobody else's."""
        asked = asked_in(request)
        if asked is None or not asked.speaker or is_deed(asked.kind):
            return scorer.score(hits)
        speaker = read_speaker(asked.speaker)
        described = speaker.words[-1:] if speaker.surname else speaker.words  # "former mayor" is not any mayor
        heads = frozenset(self.store.terms(" ".join(described)))
        hits = [hit for hit in hits if heads.issubset(self.store.terms(hit.stored.passage.text))]
        quotations = self.store.quotations_in({hit.stored.passage.article_id for hit in hits})
        # A name may be behind "he said"; for a role or body the words of whoever is described otherwise are not theirs
        sure = [q for q in quotations if is_name(q.quotation.speaker) or not speaker.surname]
        foreign = [q for q in sure if not speaker.said(q.quotation)]
        return [
            sentence
            for sentence in scorer.score(hits)
            if heads.issubset(self.store.terms(_paragraph_up_to(sentence)))
            and not any(_overlaps(sentence, quotation) for quotation in foreign)
        ]

    def _reason(self, read: ReadQuestion, request: Request, hits: Sequence[SearchHit]) -> str:
        if not read.content_words:
            return "The question names nothing to look for."
        if not hits:
            return f"There is no article{request.limits}."
        texts = " ".join(f"{hit.stored.title} {hit.stored.passage.text}" for hit in hits)
        terms = frozenset(self.store.terms(texts))
        absent = [name for name in read.names if not terms.intersection(self.store.terms(name))]
        if absent:
            return f"The articles do not answer this: nothing that was found mentions {_listed(absent)}."
        if office := read_office(read.text):
            return f"The articles do not answer this: nothing that was found names {office.written}."
        return "The articles do not answer this: what was found is near the question, but does not say."


def _cite(selected: Sequence[Selected], found: Found) -> Extract:
    """Statements that are the sentences themselves, each with its citation."""
    citations = tuple(_citation(number, chosen, found) for number, chosen in enumerate(selected, 1))
    statements = tuple(
        Statement(_told(citation) if chosen.disputed else fold(citation.quote), (citation.number,))
        for citation, chosen in zip(citations, selected, strict=True)
    )
    return Extract(statements, citations, "")


def _citation(number: int, chosen: Selected, found: Found) -> Citation:
    sentence = chosen.sentence
    copies = tuple(found.article(copy.hit) for copy in chosen.copies)
    return Citation(number, found.article(sentence.hit), sentence.start, sentence.end, sentence.answer, copies)


def _paragraph_up_to(sentence: ScoredSentence) -> str:
    """What stands before a sentence in its paragraph, and the sentence."""
    passage = sentence.hit.stored.passage
    told = passage.text[: sentence.end - passage.start]
    return told[told.rfind("\n", 0, sentence.start - passage.start) + 1 :]


def fold(text: str) -> str:
    """`text` with each run of white space as one blank, for reading and comparing."""
    return " ".join(text.split())


def _overlaps(sentence: ScoredSentence, stored: StoredQuotation) -> bool:
    span = stored.quotation
    same = sentence.hit.stored.passage.article_id == stored.article_id
    return same and span.start < sentence.end and sentence.start < span.end


def _told(citation: Citation) -> str:
    """The sentence under its outlet and date, for articles that disagree."""
    article = citation.article
    parts = (article.source or article.title or article.id, article.published)
    heading = ", ".join(str(part) for part in parts if part)
    return f"{heading}: {fold(citation.quote)}"


def _article_id(sentence: ScoredSentence) -> str:
    return sentence.hit.stored.passage.article_id


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
