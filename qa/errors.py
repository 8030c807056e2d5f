"""The errors that only questions and answers can meet; each is an `ArticleQAError`.

ArticleQAError               index_store/errors.py
├── RequestError             a question's dates contradict each other
├── QuestionSetError         a question set cannot be read as one
└── RunFileError             a run file cannot be written or read
"""

from index_store.errors import ArticleQAError


class RequestError(ArticleQAError):
    """A question's dates contradict each other."""

    exit_code = 2


class QuestionSetError(ArticleQAError):
    """A question set cannot be read as one; the message lists every fault with file, row and field."""

    exit_code = 2


class RunFileError(ArticleQAError):
    """A run file cannot be written, or a row of it cannot be read."""

    exit_code = 2
