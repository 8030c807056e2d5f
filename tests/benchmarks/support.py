"""How well the support score tells supported statements from others, by cross-validation.

    python -m tests.benchmarks.support DATA

DATA holds `qags_xsum`, `polnear` and `realtimeqa_small_dev`. No article stands on both sides of a fold. The last line
is the regression over everything, which `qa/verification/support.py` holds.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index_store.embedding import MiniLMEmbedding
from index_store.sentences import sentence_spans
from qa.reader import Reader
from qa.verification.support import SupportScorer, SupportSigns
from qa.verification.support_words import content_words
from tests.benchmarks.support_statements import (
    SEED,
    Case,
    altered_sentences,
    judged_summaries,
    quiz_statements,
)

FOLDS, REPEATS, RIDGE, DRAWS = 10, 5, 3.0, 2000
FALSE_ALARMS = 0.05

Floats = NDArray[np.float64]
SETS: dict[str, Callable[[Path], list[Case]]] = {
    "judged summaries": judged_summaries,
    "altered sentences": altered_sentences,
    "quiz statements": quiz_statements,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Cases with what was measured of each, a row a case."""

    cases: tuple[Case, ...]
    signs: Floats  # the columns are those of SupportSigns
    token_overlap: Floats  # share of the statement's content stems that the passage holds
    cosine: Floats  # of the statement and the best sentence of the passage

    @property
    def supported(self) -> NDArray[np.bool_]:
        return np.array([case.supported for case in self.cases])


def measured(cases: Sequence[Case], embedding: MiniLMEmbedding, reader: Reader) -> Measured:
    """The signs of each case, and the two baselines."""
    scorer = SupportScorer(embedding, reader)
    signs = []
    for case in cases:
        found = scorer.signs(case.statement, case.passage)
        signs.append(astuple(found[0]) if found else (0.0,) * len(SupportSigns.__slots__))
    overlaps = [token_overlap(case) for case in cases]
    cosines = [best_cosine(case, embedding) for case in cases]
    return Measured(tuple(cases), np.array(signs), np.array(overlaps), np.array(cosines))


def token_overlap(case: Case) -> float:
    said = {word.stem for word in content_words(case.statement)}
    held = {word.stem for word in content_words(case.passage)}
    return len(said & held) / max(len(said), 1)


def best_cosine(case: Case, embedding: MiniLMEmbedding) -> float:
    statement = np.array(embedding.get_text_embedding(case.statement))
    sentences = [case.passage[start:end] for start, end in sentence_spans(case.passage)]
    return max(float(np.array(embedding.get_text_embedding(sentence)) @ statement) for sentence in sentences)


def cross_validated(parts: Sequence[Measured]) -> tuple[Floats, ...]:
    """Logit of each case by regressions that saw no case of its article, averaged over repeats, a row of each part."""
    signs = np.concatenate([part.signs for part in parts])
    supported = np.concatenate([part.supported for part in parts])
    weights = np.concatenate([case_weights(part) for part in parts])
    articles = [case.article_id for part in parts for case in part.cases]
    logits = np.zeros(len(signs))
    for repeat in range(REPEATS):
        folds = folds_of(articles, supported, np.random.default_rng(SEED + repeat))
        for fold in range(FOLDS):
            inside = folds == fold
            fitted = regression(signs[~inside], supported[~inside], weights[~inside])
            logits[inside] += with_offset(signs[inside]) @ fitted / REPEATS
    ends = np.cumsum([len(part.cases) for part in parts])[:-1]
    return tuple(np.split(logits, ends))


def case_weights(part: Measured) -> Floats:
    """Every part weighs the same, and in it the supported as much as the others."""
    supported = part.supported
    return np.where(supported, 100 / supported.sum(), 100 / (~supported).sum())


def folds_of(articles: Sequence[str], supported: NDArray[np.bool_], chance: np.random.Generator) -> NDArray[np.int64]:
    """The fold of each case, the same for all cases of an article; articles with and without support are spread."""
    of_article: dict[str, list[bool]] = {}
    for article, holds in zip(articles, supported, strict=True):
        of_article.setdefault(article, []).append(bool(holds))
    order = [*of_article]
    chance.shuffle(order)
    order.sort(key=lambda article: sum(of_article[article]) / len(of_article[article]))
    fold = {article: at % FOLDS for at, article in enumerate(order)}
    return np.array([fold[article] for article in articles])


def regression(signs: Floats, supported: NDArray[np.bool_], weights: Floats) -> Floats:
    """Weights and offset of a logistic regression whose standardised weights a ridge keeps small."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    rows = with_offset((signs - mean) / spread)
    ridge = np.diag([*[RIDGE] * signs.shape[1], 0.0])
    fitted = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ fitted))
        slope = rows.T @ (weights * (chance - supported)) + ridge @ fitted
        curve = rows.T @ (rows * (weights * chance * (1 - chance))[:, None]) + ridge
        fitted -= np.linalg.solve(curve, slope)
    scaled = fitted[:-1] / spread
    return np.append(scaled, fitted[-1] - scaled @ mean)


def with_offset(signs: Floats) -> Floats:
    return np.column_stack([signs, np.ones(len(signs))])


def area(scores: Floats, supported: NDArray[np.bool_]) -> float:
    """ROC AUC: how often a supported statement scores above another, ties counting half."""
    above = scores[supported][:, None] - scores[~supported][None]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def area_with_interval(scores: Floats, supported: NDArray[np.bool_]) -> str:
    """The area and its 95 % bootstrap interval."""
    chance = np.random.default_rng(SEED)
    draws = (chance.integers(0, len(scores), len(scores)) for _ in range(DRAWS))
    low, high = np.percentile([area(scores[drawn], supported[drawn]) for drawn in draws], (2.5, 97.5))
    return f"{area(scores, supported):.3f} ({low:.3f} to {high:.3f})"


def found_out(scores: Floats, supported: NDArray[np.bool_]) -> str:
    """How many unsupported statements lie under the threshold that 5 % of the supported are under."""
    threshold = np.sort(scores[supported])[int(FALSE_ALARMS * supported.sum())]
    below = scores[~supported] < threshold
    return f"{below.sum()} of {len(below)} (score < {1 / (1 + np.exp(-threshold)):.2f})"


def table(parts: dict[str, Measured], logits: Sequence[Floats]) -> Iterator[str]:
    yield "| | statements | support score | token overlap | cosine | unsupported found |\n|---|---|---|---|---|---|"
    for (name, part), logit in zip(parts.items(), logits, strict=True):
        columns = (logit, part.token_overlap, part.cosine)
        areas = (area_with_interval(column, part.supported) for column in columns)
        yield f"| {name} | {len(logit)} | {' | '.join(areas)} | {found_out(logit, part.supported)} |"
        kinds = np.array([case.kind for case in part.cases])
        for kind in sorted(set(kinds)):
            chosen = kinds == kind
            if part.supported[chosen].all():
                continue
            chosen |= part.supported & (not part.supported[chosen].any())
            areas = (f"{area(column[chosen], part.supported[chosen]):.3f}" for column in columns)
            yield f"| — {kind} | {chosen.sum()} | {' | '.join(areas)} | |"


def milliseconds(cases: Sequence[Case], embedding: MiniLMEmbedding, reader: Reader) -> str:
    """Processor time of one statement, the passage being new and being known; everything runs in this thread."""
    scorer, times = SupportScorer(embedding, reader), []
    for case in cases * 2:
        start = time.thread_time()
        scorer.score(case.statement, case.passage)
        times.append(1000 * (time.thread_time() - start))
    new, known = np.median(times[: len(cases)]), np.median(times[len(cases) :])
    return f"{new:.0f} ms where the passage is new, {known:.0f} ms where it is known (medians of {len(cases)})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    embedding, reader = MiniLMEmbedding(threads=1), Reader()
    parts = {name: measured(cases(data), embedding, reader) for name, cases in SETS.items()}
    print(*table(parts, cross_validated([*parts.values()])), sep="\n")
    print(milliseconds(parts["altered sentences"].cases[:60], embedding, reader))
    for left_out in parts:
        others = [part for name, part in parts.items() if name != left_out]
        fitted = fitted_over(others)
        left = parts[left_out]
        print(f"fitted without {left_out}:", area_with_interval(with_offset(left.signs) @ fitted, left.supported))
    print(SupportSigns.__slots__, "offset", np.round(fitted_over([*parts.values()]), 3).tolist())


def fitted_over(parts: Sequence[Measured]) -> Floats:
    """The regression over all cases of the parts."""
    signs, supported = (np.concatenate([getattr(part, name) for part in parts]) for name in ("signs", "supported"))
    return regression(signs, supported, np.concatenate([case_weights(part) for part in parts]))


if __name__ == "__main__":
    main()
