"""Evaluation: a question set is asked, and what comes back is put into figures."""

from qa.evaluation.bootstrap import Interval
from qa.evaluation.catalogue import FIGURES, Figure, is_share
from qa.evaluation.checked import ArticleLookups, Checked, SpokenSpan
from qa.evaluation.collection import QuestionCollection
from qa.evaluation.comparison import GUARDED, Change, Comparison, FigureChange
from qa.evaluation.figures import Figures, compute_figures
from qa.evaluation.groups import Group
from qa.evaluation.indexed_articles import ArticleStore, lookups_in, unknown_gold
from qa.evaluation.marks import Marks, mark_run
from qa.evaluation.outcomes import Outcome, QuestionResult
from qa.evaluation.question_hash import question_set_hash
from qa.evaluation.questions import Question, load_questions
from qa.evaluation.recorded_run import RecordedRun, compare_rows, read_run
from qa.evaluation.results import EvaluationRun
from qa.evaluation.run import QuestionEngine, evaluate
from qa.evaluation.run_file import in_order, read_header, read_rows, row_writer, rows_to_keep, write_header, write_rows
from qa.evaluation.run_header import RunHeader, describe_run
from qa.evaluation.run_rows import RunCitation, RunRow
from qa.evaluation.spans import Span
from qa.evaluation.usage import RowUsage

__all__ = [
    "FIGURES",
    "GUARDED",
    "ArticleLookups",
    "ArticleStore",
    "Change",
    "Checked",
    "Comparison",
    "EvaluationRun",
    "Figure",
    "FigureChange",
    "Figures",
    "Group",
    "Interval",
    "Marks",
    "Outcome",
    "Question",
    "QuestionCollection",
    "QuestionEngine",
    "QuestionResult",
    "RecordedRun",
    "RowUsage",
    "RunCitation",
    "RunHeader",
    "RunRow",
    "Span",
    "SpokenSpan",
    "compare_rows",
    "compute_figures",
    "describe_run",
    "evaluate",
    "in_order",
    "is_share",
    "load_questions",
    "lookups_in",
    "mark_run",
    "question_set_hash",
    "read_header",
    "read_rows",
    "read_run",
    "row_writer",
    "rows_to_keep",
    "unknown_gold",
    "write_header",
    "write_rows",
]
