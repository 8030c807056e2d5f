"""The extractive synthesizer: passages become an answer of verbatim sentences, or a refusal."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index_store.article import Article
from index_store.search import SearchHit
from index_store.store import ArticleStore
from qa.answer import Citation, Statement
from qa.question import ReadQuestion, read_question
from qa.relevance import ScoredSentence, SentenceScorer
from qa.settings import QASettings

# A further sentence is given only when it is nearly as good as the first.
_NEARLY = 0.85


@dataclass(frozen=True, slots=True)
class Extract:
    """What the passages yield: cited sentences, or the reason why they do not answer."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    reason: str  # empty when there are statements


@dataclass(frozen=True, slots=True)
class ExtractiveSynthesizer:
    """Selects the sentences that answer, word for word."""

    store: ArticleStore
    settings: QASettings

    def synthesize(self, question: str, hits: Sequence[SearchHit]) -> Extract:
        """The sentences among the best `hits` that answer `question`."""
        read = read_question(question)
        scorer = SentenceScorer.of(read, self.store)
        scored = [sentence for hit in hits[: self.settings.passages_read] for sentence in scorer.score(hit)]
        chosen = choose(scored, limit=self.settings.statements, support=self.settings.support)
        if not chosen:
            return Extract((), (), self._reason(read, hits))
        return cite(chosen, self.store.article)

    def _reason(self, read: ReadQuestion, hits: Sequence[SearchHit]) -> str:
        if not read.content_words:
            return "The question names nothing to look for."
        if not hits:
            return "No article lies within the dates and outlets that were asked for."
        absent = [
            word for word in read.content_words if not any(map(self.store.document_frequency, self.store.terms(word)))
        ]
        if absent:
            return f"The articles do not answer this: none of them mentions {_listed(absent)}."
        return "The articles do not answer this: no passage holds what is asked for."


def choose(scored: Iterable[ScoredSentence], *, limit: int, support: float) -> tuple[ScoredSentence, ...]:
    """At most `limit` distinct sentences, best first; none when the best is not supported enough."""
    best = sorted((s for s in scored if s.support >= support), key=lambda s: -s.score)
    chosen: list[ScoredSentence] = []
    for sentence in best:
        if len(chosen) == limit or sentence.score < _NEARLY * best[0].score:
            break
        if fold(sentence.text) not in {fold(other.text) for other in chosen}:
            chosen.append(sentence)
    return tuple(chosen)


def cite(sentences: Sequence[ScoredSentence], article: Callable[[str], Article]) -> Extract:
    """Statements that are the sentences themselves, each with its citation."""
    citations = tuple(
        Citation(number, article(sentence.article_id), sentence.start, sentence.end)
        for number, sentence in enumerate(sentences, 1)
    )
    return Extract(tuple(Statement(fold(c.quote), (c.number,)) for c in citations), citations, "")


def fold(text: str) -> str:
    """`text` with each run of white space as one blank, for reading and comparing."""
    return " ".join(text.split())


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
