"""Measure what each part is worth: a question set put to the engine whole, and without one part after the other.

    python -m tests.benchmarks.ablations DATA_DIR QUESTIONS
    python -m tests.benchmarks.ablations DATA_DIR QUESTIONS --strictness

DATA_DIR is an index of the articles that QUESTIONS is about. Prints one Markdown table: a row for each engine, or
with `--strictness` for each strictness, asked once. Figures are those of `qa.evaluation`. Behind a share stands its
95 % interval: percentiles over sets of as many questions, drawn from this one with replacement; seeded, so that every
row is drawn alike.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from index_store.embedding import MiniLMEmbedding
from index_store.search import SearchHit
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.engine import ArticleQueryEngine
from qa.evaluation import EvaluationRun, Question, RunRow, evaluate, load_questions
from qa.extractive import Extract, ExtractiveSynthesizer
from qa.reader import Reader, Reading
from qa.reader.reading import SentenceScore
from qa.request import Request
from qa.settings import QASettings
from qa.speech.synthesizer import SpeechSynthesizer
from tests.benchmarks.tables import header, table_row

STRICTNESS = (0.1, 0.2, 0.32, 0.4, 0.5, 0.6)


class NeutralReading(Reading):
    """A reading that prefers no sentence and marks no words."""

    __slots__ = ()

    def sentence_scores(self, sentences: Sequence[tuple[int, int]]) -> tuple[SentenceScore, ...]:
        return tuple(SentenceScore(start, end, 0.0) for start, end in sentences)


class NoReader(Reader):
    """Reads nothing: whatever is asked, every passage and every sentence gets the same."""

    __slots__ = ()

    def read(self, question: str, title: str, passage: str) -> Reading:
        nothing = np.zeros(0, np.float32)
        offsets = np.zeros((0, 2), np.int64)
        return NeutralReading(-1, -1, 0.0, 0.0, offsets, nothing, nothing)  # -1: in no sentence

    def read_all(self, question: str, passages: Sequence[tuple[str, str]]) -> tuple[Reading, ...]:
        return tuple(self.read(question, title, passage) for title, passage in passages)


class NoSpeech(SpeechSynthesizer):
    """Takes no question for one about speech, so that sentences answer all of them."""

    __slots__ = ()

    def synthesize(self, request: Request, hits: Sequence[SearchHit]) -> Extract | None:
        return None


class AblatedEngine(ArticleQueryEngine):
    """The engine, with parts exchanged."""

    def __init__(self, store: ArticleStore, settings: QASettings, *, reads: bool = True, quotes: bool = True) -> None:
        super().__init__(store, settings)
        reader = Reader() if reads else NoReader()
        self._answers = replace(
            self._answers,
            speech=(SpeechSynthesizer if quotes else NoSpeech)(store, settings, reader),
            extractive=ExtractiveSynthesizer(store, settings, reader),
        )


@dataclass
class EvidenceKeeper:
    """An engine that keeps the evidence of each answer beside it; None where quotations answered."""

    engine: ArticleQueryEngine
    evidence: list[float | None] = field(default_factory=list)

    def query(self, question: str, /, *, asked_on: date | None = None, history: Sequence[str] = ()) -> Answer:
        answer = self.engine.query(question, asked_on=asked_on, history=history)
        self.evidence.append(answer.explanation.evidence if answer.explanation else None)
        return answer


@dataclass(frozen=True)
class Ablation:
    """The engine without one part."""

    name: str
    store: StoreSettings = field(default_factory=StoreSettings)
    settings: QASettings = field(default_factory=QASettings)
    parts: tuple[tuple[str, bool], ...] = ()


ABLATIONS = (
    Ablation("everything"),
    Ablation("words only", store=StoreSettings(dense_weight=0.0)),
    Ablation("meaning only", store=StoreSettings(dense_weight=1.0)),
    Ablation("without time", settings=QASettings(nearness_weight=0.0)),
    Ablation("without the reader", parts=(("reads", False),)),
    Ablation("without quotations", parts=(("quotes", False),)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--strictness", action="store_true", help="one row for each strictness instead")
    options = parser.parse_args()
    questions = load_questions(options.questions)
    measure = by_strictness if options.strictness else by_ablation
    print(*header("strictness" if options.strictness else "engine"), sep="\n")
    for name, run in measure(options.data_dir, questions):
        print(table_row(name, run), flush=True)


def by_ablation(data_dir: Path, questions: Sequence[Question]) -> Iterator[tuple[str, EvaluationRun]]:
    """What each engine makes of the questions; the models are loaded before the first, so that no latency counts it."""
    for ablation in ABLATIONS:
        with ArticleStore(data_dir, MiniLMEmbedding(), ablation.store) as store:
            engine = AblatedEngine(store, ablation.settings, **dict(ablation.parts))
            engine.query(questions[0].question)
            yield ablation.name, evaluate(engine, questions)


def by_strictness(data_dir: Path, questions: Sequence[Question]) -> Iterator[tuple[str, EvaluationRun]]:
    """The questions at each strictness, of answers that were given at none."""
    with ArticleStore(data_dir, MiniLMEmbedding()) as store:
        engine = EvidenceKeeper(ArticleQueryEngine(store, QASettings(strictness=0.0)))
        rows = evaluate(engine, questions).rows
        for strictness in STRICTNESS:
            strict = [judged(row, sure, strictness) for row, sure in zip(rows, engine.evidence, strict=True)]
            yield f"{strictness:g}", EvaluationRun(tuple(questions), tuple(strict))


def judged(row: RunRow, evidence: float | None, strictness: float) -> RunRow:
    """The row, refused where its evidence is too weak."""
    return replace(row, refused=row.refused or (evidence is not None and evidence < strictness))


if __name__ == "__main__":
    main()
