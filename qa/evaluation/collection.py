"""The collection: a question set that grows while people ask, one question at a time."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import QuestionSetError
from qa.evaluation.question_file import as_jsonl
from qa.evaluation.questions import Question, load_questions

_PATIENCE_S = 5.0  # whoever else writes holds the lock for a moment


@dataclass(frozen=True, slots=True)
class QuestionCollection:
    """A .jsonl file that any number of people add to; `eval run` takes it as it is. There is none while it is empty."""

    path: Path

    def questions(self) -> tuple[Question, ...]:
        """What was collected, oldest first.

        Raises:
            QuestionSetError: the file is no question set any more.
        """
        return load_questions(self.path) if self.path.exists() else ()

    def add(self, question: Question) -> None:
        """Adds a question under an id of its own; `QuestionSetError` where that cannot be written."""
        self._change(lambda before: (*before, question))

    def remove(self, question_id: str) -> None:
        """Takes a question out, where it is still there; `QuestionSetError` where that cannot be written."""
        self._change(lambda before: tuple(each for each in before if each.id != question_id))

    def _change(self, changed: Callable[[Sequence[Question]], tuple[Question, ...]]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=_PATIENCE_S):
                self._write(changed(self.questions()))
        except Timeout as error:
            raise QuestionSetError(f"{str(self.path)!r} is being written by somebody else; try again") from error
        except OSError as error:
            raise QuestionSetError(f"cannot write {str(self.path)!r}: {error.strerror}") from error

    def _write(self, questions: tuple[Question, ...]) -> None:
        if not questions:
            self.path.unlink(missing_ok=True)
            return
        fresh = self.path.with_suffix(".new")
        try:
            fresh.write_text(as_jsonl(questions), encoding="utf-8", newline="\n")
            fresh.replace(self.path)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
