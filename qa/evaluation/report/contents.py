"""What a report is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from index_store.article import Article
from index_store.errors import ArticleNotFoundError
from qa.evaluation.comparison import Comparison
from qa.evaluation.indexed_articles import ArticleStore
from qa.evaluation.outcomes import Outcome, QuestionResult
from qa.evaluation.results import EvaluationRun
from qa.evaluation.run_header import RunHeader

Articles: TypeAlias = Callable[[str], Article | None]  # the article with that id; None where it is not at hand

# what a reader looks at first: the worse the fault, the earlier
WORST_FIRST = (
    Outcome.FAILED,
    Outcome.GUESSED,
    Outcome.WRONG,
    Outcome.MISSED,
    Outcome.UNJUDGED,
    Outcome.CORRECT,
    Outcome.REFUSED_RIGHTLY,
    Outcome.UNCOUNTED,
)


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run; `header` is None where nothing is known of how it was made."""

    run: EvaluationRun
    name: str
    header: RunHeader | None
    articles: Articles
    cost: float | None = None  # of all answers, in the currency of the prices; None where there are none
    judge_cost: float | None = None  # of judging them

    @property
    def results(self) -> Sequence[QuestionResult]:
        """Every question, the worst outcome first, else in the order of the set."""
        return sorted(self.run.results, key=lambda result: WORST_FIRST.index(result.outcome))


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Two runs of the same questions; `made_differently` says in what, in words."""

    comparison: Comparison
    names: tuple[str, str]
    made_differently: str
    articles: Articles


def articles_in(store: ArticleStore) -> Articles:
    """The articles of an index."""

    def found(article_id: str) -> Article | None:
        try:
            return store.article(article_id)
        except ArticleNotFoundError:
            return None

    return found


def no_articles(_: str) -> None:
    """No article: what is shown where there is no index."""
