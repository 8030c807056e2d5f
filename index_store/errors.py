"""The one tree of errors a caller can meet.

ArticleQAError
├── InputNotFoundError       a path that was named is not there
├── UnreadableInputError     one file or row cannot be taken; the others can
├── DataDirError             the data directory cannot be read or written
├── IndexNotFoundError       nothing has been indexed there yet
├── IndexLockedError         another process is writing the index
├── IndexMismatchError       the index was built with another embedding model or recipe, or keeps its vectors elsewhere
├── IndexDamagedError        parts of the index are missing or do not belong together
├── ModelFileError           a bundled model file is missing or not the one that was shipped
├── ArticleNotFoundError     no article has that id
├── ChromaServerError        the Chroma server that holds the vectors did not do what it was asked
│   ├── ChromaServerSettingsError     an option, variable or field that names it holds what cannot be used
│   ├── ChromaServerAccessError       it refused the headers
│   └── ChromaServerUnavailableError  nobody answered, not in time, or only with faults of the server
└── ModelError               a model behind a server did not do what it was asked
    ├── ModelSettingsError       a variable or field that names the server holds what cannot be used
    ├── ModelAccessError         the key was refused
    ├── ModelNotFoundError       the server does not have the model, or is no model server
    ├── ModelRefusedError        the server did not take the request
    │   └── TextTooLongError         because it is longer than the model reads
    ├── ModelBusyError           a limit of requests or of money was reached
    ├── ModelUnavailableError    nobody answered, not in time, or only with faults of the server
    │   └── ModelTimeoutError        because nothing came in the time that was given
    └── ModelReplyError          what came back cannot be used
"""

from typing import Any

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
    """The index was built with another embedding model, recipe or version, or keeps its vectors elsewhere."""


class IndexDamagedError(ArticleQAError):
    """Parts of the index are missing, cannot be read or do not belong together."""


class ModelFileError(ArticleQAError):
    """A bundled model file is missing or is not the file that was shipped."""


class ArticleNotFoundError(ArticleQAError):
    """No article has that id."""


class ChromaServerError(ArticleQAError):
    """The Chroma server that holds the vectors is none, or did not do what it was asked."""


class ChromaServerSettingsError(ChromaServerError):
    """An option, variable or field that names a Chroma server holds a value that cannot be used."""

    exit_code = 2


class ChromaServerAccessError(ChromaServerError):
    """The server refused the headers, or they may not use the database."""


class ChromaServerUnavailableError(ChromaServerError):
    """The server cannot be reached, does not answer in time, or is too busy; later the same request may pass."""


class ModelError(ArticleQAError):
    """A model behind a server did not do what it was asked."""

    usage: Any = None  # what was spent until then; a `Usage` of qa.llm, and only on errors of models that write


class ModelSettingsError(ModelError):
    """A variable or field that names a model or its server holds a value that cannot be used."""

    exit_code = 2


class ModelAccessError(ModelError):
    """The server refused the key, or the key may not use the model."""


class ModelNotFoundError(ModelError):
    """The server does not have the model, or has no models at that address."""


class ModelRefusedError(ModelError):
    """The server did not take the request; the same request will fail again."""


class TextTooLongError(ModelRefusedError):
    """What was sent is longer than the model reads."""


class ModelBusyError(ModelError):
    """A limit was reached, of requests in a time or of money; later the same request may pass."""


class ModelUnavailableError(ModelError):
    """The server cannot be reached, does not answer in time, or only with faults of its own."""


class ModelTimeoutError(ModelUnavailableError):
    """The server took the request, and nothing came in the time that was given."""


class ModelReplyError(ModelError):
    """What came back is not what was asked for and cannot be used."""
