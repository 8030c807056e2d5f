"""Fit the fusion: retrieval figures over weights of meaning, headline and nearness in time.

    python -m tests.benchmarks.fusion DATA_DIR QUESTIONS

DATA_DIR is an index of the articles that QUESTIONS (a question set with gold article ids) is about. Prints one
line a setting: hit@1, hit@5 and MRR@10 of distinct articles. The chosen weights are in docs/retrieval.md.
"""

import argparse
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index_store.embedding import MiniLMEmbedding
from index_store.search import SearchHit, fuse
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from qa.evaluation import Question, load_questions
from qa.nearness import nearness

DENSE_WEIGHTS = (0.0, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8, 1.0)
NEARNESS_WEIGHTS = (0.0, 0.15, 0.3, 0.5, 0.8, 1.2)
NEARNESS_DAYS = (3.0, 7.0, 14.0, 30.0)


@dataclass(frozen=True)
class Searched:
    """A question with everything that either kind of search found."""

    question: Question
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True)
class Weights:
    """One setting of the fusion."""

    dense: float
    nearness: float
    days: float


def ranked_articles(searched: Searched, weights: Weights) -> list[str]:
    """Distinct article ids, best first."""
    lexical = {hit.stored.key: hit.lexical for hit in searched.hits if hit.lexical}
    dense = {hit.stored.key: hit.dense for hit in searched.hits}
    fused = fuse(lexical, dense, dense_weight=weights.dense)
    asked = searched.question.asked_on or date.today()

    def score(hit: SearchHit) -> float:
        return fused[hit.stored.key] + weights.nearness * nearness(hit.stored.published, asked, days=weights.days)

    return list(dict.fromkeys(hit.stored.passage.article_id for hit in sorted(searched.hits, key=score, reverse=True)))


def figures(ranks: Iterable[int | None]) -> str:
    """Figures of the ranks of the first gold article, None where it was not found."""
    found = [rank or 10**9 for rank in ranks]
    hit = [sum(rank <= k for rank in found) / len(found) for k in (1, 5)]
    mrr = sum(1 / rank for rank in found if rank <= 10) / len(found)
    return f"hit@1 {hit[0]:.3f}  hit@5 {hit[1]:.3f}  mrr@10 {mrr:.3f}"


def rank(searched: Searched, weights: Weights) -> int | None:
    """Rank of the first gold article."""
    articles = ranked_articles(searched, weights)
    return min((articles.index(gold) + 1 for gold in searched.question.gold if gold in articles), default=None)


def search_all(store: ArticleStore, questions: Sequence[Question]) -> list[Searched]:
    """Every answerable question with gold, searched once."""
    asked = [question for question in questions if question.answerable and question.gold]
    return [Searched(question, store.search(question.question, limit=10**6)) for question in asked]


def show(name: str, searched: list[Searched], weights: Weights, out: Callable[[str], None] = print) -> None:
    """Prints one line."""
    out(f"{name:32} {figures(rank(item, weights) for item in searched)}")


def main() -> None:
    """Runs the grid."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("questions", type=Path)
    args = parser.parse_args()
    questions = load_questions(args.questions)
    for boost in (0.0, 0.25, 0.5, 0.75, 1.0):
        settings = StoreSettings(title_boost=boost)
        with ArticleStore(args.data_dir, MiniLMEmbedding(), settings) as store:
            searched = search_all(store, questions)
        show(f"headline {boost}, words only", searched, Weights(0.0, 0.0, 1.0))
        if boost == StoreSettings().title_boost:
            grid(searched)


def grid(searched: list[Searched]) -> None:
    """Weights of meaning alone, then all three together."""
    for dense in DENSE_WEIGHTS:
        show(f"dense {dense}", searched, Weights(dense, 0.0, 1.0))
    for dense, near, days in itertools.product(DENSE_WEIGHTS[1:6], NEARNESS_WEIGHTS[1:], NEARNESS_DAYS):
        show(f"dense {dense} near {near} days {days:.0f}", searched, Weights(dense, near, days))


if __name__ == "__main__":
    main()
