"""A recorded run: a run file read back, with the question set that it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index_store.errors import InputNotFoundError
from qa.errors import RunFileError
from qa.evaluation.comparison import Comparison
from qa.evaluation.question_hash import question_set_hash
from qa.evaluation.questions import Question, load_questions
from qa.evaluation.results import EvaluationRun
from qa.evaluation.run_file import read_header, read_rows
from qa.evaluation.run_header import RunHeader
from qa.evaluation.run_rows import RunRow


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """The rows of a run file and its header; None when it has none, as one of another program."""

    path: Path
    rows: tuple[RunRow, ...]
    header: RunHeader | None

    def questions(self) -> tuple[Question, ...]:
        """The question set that the header names, as it was.

        Raises:
            RunFileError: there is no header, or the question set has gone or changed since.
        """
        if self.header is None:
            raise RunFileError(f"{str(self.path)!r} has no header that names its question set; give --questions")
        path = self.path.parent / self.header.questions
        try:
            questions = load_questions(path)
        except InputNotFoundError as error:
            gone = f"the question set of {str(self.path)!r}, {str(path)!r}, is gone; give --questions"
            raise RunFileError(gone) from error
        if question_set_hash(questions) != self.header.questions_hash:
            raise RunFileError(
                f"the question set {str(path)!r} has changed since {str(self.path)!r} was made; give --questions"
            )
        return questions


def read_run(path: Path) -> RecordedRun:
    """The run that a run file keeps.

    Raises:
        RunFileError: there is no such file, or it is no run file.
    """
    return RecordedRun(path, read_rows(path), read_header(path))


def compare_rows(questions: Sequence[Question], before: Sequence[RunRow], after: Sequence[RunRow]) -> Comparison:
    """The comparison over the questions that both runs were asked, in the same words.

    Raises:
        RunFileError: there is none.
    """
    first, second = ({row.id: row for row in rows} for rows in (before, after))
    shared = answered(answered(questions, before), after)
    if not shared:
        raise RunFileError("the two runs answer no question of the set in common; give the right one with --questions")
    return Comparison(
        EvaluationRun(shared, tuple(first[question.id] for question in shared)),
        EvaluationRun(shared, tuple(second[question.id] for question in shared)),
    )


def answered(questions: Sequence[Question], rows: Sequence[RunRow]) -> tuple[Question, ...]:
    """The questions that were asked, in the same words, for these rows."""
    by_id = {row.id: row for row in rows}
    return tuple(question for question in questions if _answers(by_id.get(question.id), question))


def _answers(row: RunRow | None, question: Question) -> bool:
    return row is not None and row.question in ("", question.question)
