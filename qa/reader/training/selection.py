"""From readings to sentences and a refusal: the formula that was fitted, and its figures."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = dict[str, Any]  # a question with the passages read for it, as `evaluate` writes them

RELEVANCE_WEIGHT = 0.5
RETRIEVAL_WEIGHT = 12.0  # for choosing only: it compares passages of one question, not questions
COVERAGE_WEIGHT = 4.0  # for refusing only
_WORDS_COUNTED = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence chosen to answer."""

    text: str
    score: float  # what sentences are ranked by
    evidence: float  # what the answer stands on; compares between questions
    passage: int  # place of its passage among those read


def chosen(row: Row, sentences: int) -> list[Chosen]:
    """The best distinct sentences over all passages read for a question, best first."""
    best: dict[str, Chosen] = {}
    for place, passage in enumerate(row["passages"]):
        for text, span in passage["sentences"]:
            folded = " ".join(text.split())
            evidence = span + RELEVANCE_WEIGHT * passage["relevance"]
            one = Chosen(folded, evidence + RETRIEVAL_WEIGHT * passage["retrieval"], evidence, place)
            best[folded] = max(best.get(folded, one), one, key=lambda candidate: candidate.score)
    return sorted(best.values(), key=lambda candidate: -candidate.score)[:sentences]


def contains(rows: Sequence[Row], sentences: int) -> float:
    """Share of answerable questions with an accepted answer in the first 60 words of the chosen sentences."""
    hits = []
    for row in rows:
        if row["answerable"]:
            given = words_of(" ".join(one.text for one in chosen(row, sentences)))[:_WORDS_COUNTED]
            hits.append(any(_holds(given, words_of(answer)) for answer in row["answers"]))
    return float(np.mean(hits))


def curve(rows: Sequence[Row]) -> dict[str, float]:
    """Refusal of the unanswerable at given shares of the answerable refused, by evidence and coverage."""
    texts = {passage["text"] for row in rows for passage in row["passages"]}
    spread = Counter(word for text in texts for word in set(words_of(text)))
    scores = []
    for row in rows:
        best = chosen(row, 1)
        scores.append(
            best[0].evidence + COVERAGE_WEIGHT * _coverage(row, best[0], spread, len(texts)) if best else -1e9
        )
    return refusal_figures(np.array(scores), np.array([bool(row["answerable"]) for row in rows]))


def _coverage(row: Row, best: Chosen, spread: Counter[str], texts: int) -> float:
    """Share of the question's words, weighted by rarity, that its chosen passage or headline holds."""
    passage = row["passages"][best.passage]
    held = set(words_of(f"{passage['title']} {passage['text']}"))
    weights = {word: math.log(1 + texts / (spread[word] + 0.5)) for word in words_of(row["question"])}
    return sum(weight for word, weight in weights.items() if word in held) / (sum(weights.values()) or 1.0)


def refusal_figures(scores: NDArray[np.float64], answered: NDArray[np.bool_]) -> dict[str, float]:
    """Area under the curve, refusal recall at 5, 10 and 20 % false refusals, and the best refusal F1."""
    if answered.all() or not answered.any():
        return {}
    order = np.argsort(np.argsort(scores))
    positives, negatives = int(answered.sum()), int((~answered).sum())
    figures = {"auc": float(order[answered].sum() - positives * (positives - 1) / 2) / (positives * negatives)}
    for share in (0.05, 0.1, 0.2):
        threshold = np.sort(scores[answered])[int(share * positives)]
        figures[f"threshold@{share:.2f}"] = float(threshold)
        figures[f"refusal_recall@{share:.2f}"] = float((scores[~answered] < threshold).mean())
    best = 0.0
    for threshold in scores:
        refused = scores < threshold
        right = int((refused & ~answered).sum())
        best = max(best, 2 * right / (int(refused.sum()) + negatives))
    figures["refusal_f1_best"] = best
    at_zero = scores < 0
    figures["refusal_f1_at_0"] = 2 * int((at_zero & ~answered).sum()) / (int(at_zero.sum()) + negatives)
    return {name: round(value, 3) for name, value in figures.items()}


def words_of(text: str) -> list[str]:
    """Lower-case words without accents, punctuation and articles."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9$%]+", plain.replace("'s", " ").replace(",", ""))
    return [word for word in found if word not in ("a", "an", "the")]


def _holds(text: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return size > 0 and any(text[at : at + size] == phrase for at in range(len(text) - size + 1))
