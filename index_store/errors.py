"""The one tree of errors a caller can meet.

ArticleQAError
├── InputNotFoundError       a path that was named is not there
├── UnreadableInputError     one file or row cannot be taken; the others can
├── DataDirError             the data directory cannot be read or written
├── IndexNotFoundError       nothing has been indexed there yet
├── IndexLockedError         another process is writing the index
├── IndexMismatchError       the index was built with another embedding model or by another recipe
├── IndexDamagedError        parts of the index are missing or do not belong together
├── ModelFileError           a bundled model file is missing or not the one that was shipped
└── ArticleNotFoundError     no article has that id
"""

REBUILD = "delete the folder and index the articles again"  # what to do with an index that cannot be used


class ArticleQAError(Exception):
    """Any expected fault; its message says what is wrong and what to do next."""

    exit_code = 1


class InputNotFoundError(ArticleQAError):
    """A path that was named is not there."""

    exit_code = 2


class UnreadableInputError(ArticleQAError):
    """One file or row cannot be taken; the message is the reason, without the input's name."""


class DataDirError(ArticleQAError):
    """The data directory cannot be read or written."""


class IndexNotFoundError(ArticleQAError):
    """Nothing has been indexed in the data directory yet."""


class IndexLockedError(ArticleQAError):
    """Another process is writing the index."""


class IndexMismatchError(ArticleQAError):
    """The index was built with another embedding model, by another recipe, or by another version."""


class IndexDamagedError(ArticleQAError):
    """Parts of the index are missing, cannot be read or do not belong together."""


class ModelFileError(ArticleQAError):
    """A bundled model file is missing or is not the file that was shipped."""


class ArticleNotFoundError(ArticleQAError):
    """No article has that id."""
