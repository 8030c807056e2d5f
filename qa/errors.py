"""The errors that only questions and answers can meet; each is an `ArticleQAError`.

ArticleQAError               index_store/errors.py
├── RequestError             a question's dates contradict each other
├── QuestionSetError         a question set cannot be read as one
├── RunFileError             a run file cannot be written or read
├── UnansweredError          a model had to answer and did not; the passages are there
└── ModelError               index_store/errors.py, as are those below it that are not listed here
    ├── ReplyFilteredError       the model or its server would not write about this
    └── ReplyInterruptedError    a reply broke off; what had come is kept
"""

from typing import TYPE_CHECKING

from index_store.errors import (
    ArticleQAError,
    ModelAccessError,
    ModelBusyError,
    ModelError,
    ModelNotFoundError,
    ModelRefusedError,
    ModelReplyError,
    ModelSettingsError,
    ModelTimeoutError,
    ModelUnavailableError,
    TextTooLongError,
)

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.llm.usage import Usage

__all__ = [
    "ArticleQAError",
    "ModelAccessError",
    "ModelBusyError",
    "ModelError",
    "ModelNotFoundError",
    "ModelRefusedError",
    "ModelReplyError",
    "ModelSettingsError",
    "ModelTimeoutError",
    "ModelUnavailableError",
    "QuestionSetError",
    "ReplyFilteredError",
    "ReplyInterruptedError",
    "RequestError",
    "RunFileError",
    "TextTooLongError",
    "UnansweredError",
]


class RequestError(ArticleQAError):
    """A question's dates contradict each other."""

    exit_code = 2


class QuestionSetError(ArticleQAError):
    """A question set cannot be read as one; the message lists every fault with file, row and field."""

    exit_code = 2


class RunFileError(ArticleQAError):
    """A run file cannot be written, or a row of it cannot be read."""

    exit_code = 2


class UnansweredError(ArticleQAError):
    """A model had to answer and did not, for the reason of its `__cause__`; `answer` holds what was retrieved."""

    def __init__(self, message: str, answer: "Answer") -> None:
        super().__init__(message)
        self.answer = answer


class ReplyFilteredError(ModelError):
    """The model declined to write, or a filter of its server stopped it; what had come until then is not to be used."""


class ReplyInterruptedError(ModelError):
    """A reply broke off before its end, or reached its greatest length; `partial` is what had come until then."""

    def __init__(self, message: str, partial: str, usage: "Usage", *, at_limit: bool = False) -> None:
        super().__init__(message)
        self.partial = partial
        self.usage = usage
        self.at_limit = at_limit  # it reached the length that it was given, and nothing went wrong
