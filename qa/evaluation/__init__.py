"""Evaluation: a question set is asked, and what comes back is put into figures."""

from qa.evaluation.figures import Figures, compute_figures
from qa.evaluation.indexed_articles import ArticleStore, lookups_in, unknown_gold
from qa.evaluation.marks import ArticleLookups, Marks, mark_run
from qa.evaluation.questions import Question, load_questions
from qa.evaluation.run import EvaluationRun, QuestionEngine, evaluate
from qa.evaluation.run_rows import RunCitation, RunRow, row_writer

__all__ = [
    "ArticleLookups",
    "ArticleStore",
    "EvaluationRun",
    "Figures",
    "Marks",
    "Question",
    "QuestionEngine",
    "RunCitation",
    "RunRow",
    "compute_figures",
    "evaluate",
    "load_questions",
    "lookups_in",
    "mark_run",
    "row_writer",
    "unknown_gold",
]
